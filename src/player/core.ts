/**
 * The player as a state machine: commands in, state out.
 *
 * Knows nothing of pages, clocks or pixels, so every rule about the cursor can
 * be tried without a browser. `update` never throws and always leaves a valid
 * cursor: `n` is a step of the level, `row` is that step's row, and both are 0
 * while no trace is open.
 *
 * Legal transitions, by `status`:
 *   loading → ready    `open`: the scenario's trace is here
 *   loading → loading  `progress`: so much of it is open
 *   loading → failed   `fail`: it could not be had; `notice` says why
 *   ready, failed → loading   `scenario`, or a beat of another scenario
 * Within ready, `playing`:
 *   paused → playing   `play` (from the last step it starts at the first)
 *   playing → paused   `pause`, any other action of the reader, the last step
 * And `driver`, in every status:
 *   prose → reader     any action of the reader that moves the cursor
 *   reader → prose     `beat` (the reader pressed a beat: back to the text)
 * While the reader drives, `prose` commands change nothing.
 */
import { atNumber } from './cursor.ts';
import { moved, still, taken } from './moves.ts';
import { sought } from './places.ts';
import type { Beat, Command, State, World } from './state.ts';

/** The state before anything is known but which scenario to show. */
export function initialState(scenario: string): State {
  return {
    scenario,
    status: 'loading',
    progress: 0,
    level: 'story',
    view: 'all',
    n: 0,
    row: 0,
    playing: false,
    speed: 1,
    driver: 'prose',
    lane: undefined,
    thing: undefined,
    line: undefined,
    wanted: '',
    notice: '',
    help: false,
    choosing: false,
    letters: true,
    projector: false,
  };
}

/** The state after a command. */
export function update(state: State, command: Command, world: World): State {
  switch (command.type) {
    case 'open':
      return opened(state, world);
    case 'fail':
      return state.status === 'loading'
        ? { ...state, status: 'failed', notice: command.why }
        : state;
    case 'progress':
      return state.status === 'loading'
        ? { ...state, progress: command.part }
        : state;
    case 'tell':
      return { ...still(state), notice: command.notice };
    case 'prose':
      return state.driver === 'reader'
        ? state
        : toBeat(state, command.beat, world);
    case 'beat':
      return toBeat({ ...state, driver: 'prose' }, command.beat, world);
    case 'scenario':
      return other(
        taken(state),
        command.scenario,
        command.address ?? '',
        world,
      );
    case 'speed':
      return { ...state, speed: command.speed };
    case 'view':
      return { ...state, view: command.view };
    case 'lane':
      return { ...state, lane: command.lane };
    case 'thing':
      return { ...state, thing: command.thing };
    case 'line':
      return { ...state, line: { file: command.file, line: command.line } };
    case 'help':
      return { ...state, help: !state.help };
    case 'choose':
      return { ...state, choosing: !state.choosing };
    case 'letters':
      return { ...state, letters: !state.letters };
    case 'projector':
      return { ...state, projector: !state.projector };
    case 'close':
      return {
        ...state,
        help: false,
        choosing: false,
        thing: undefined,
        line: undefined,
        notice: '',
      };
    default:
      return world.model && state.status === 'ready'
        ? moved(state, command, world.model, world)
        : state;
  }
}

function opened(state: State, world: World): State {
  if (!world.model) return state;
  const ready: State = { ...state, status: 'ready', wanted: '', notice: '' };
  const to = state.wanted
    ? sought(state.wanted, state, world.model, world)
    : atNumber(world.model, state.level, 1);
  return { ...ready, ...to };
}

/** Shows another scenario, or another step of the same one. */
function other(
  state: State,
  scenario: string,
  address: string,
  world: World,
): State {
  if (scenario !== state.scenario || state.status !== 'ready' || !world.model)
    return {
      ...still(state),
      scenario,
      status: 'loading',
      progress: 0,
      wanted: address,
      n: 0,
      row: 0,
      lane: undefined,
      thing: undefined,
      line: undefined,
      notice: '',
    };
  const to = address
    ? sought(address, state, world.model, world)
    : atNumber(world.model, state.level, 1);
  return { ...still(state), ...to };
}

function toBeat(state: State, beat: Beat, world: World): State {
  return other(state, beat.scenario, beat.address, world);
}
