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
import type { Level, TraceModel } from '../trace/model.ts';
import {
  atMoment,
  atNumber,
  atRow,
  neighbour,
  nextOf,
  type Cursor,
} from './cursor.ts';
import { beatRows, lineOf, momentOf, sought } from './places.ts';
import type { Beat, Command, State, Way, World } from './state.ts';

/** The state before anything is known but which scenario to show. */
export function initialState(scenario: string): State {
  return {
    scenario,
    status: 'loading',
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
    case 'projector':
      return { ...state, projector: !state.projector };
    case 'close':
      return {
        ...state,
        help: false,
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

type Move = Extract<
  Command,
  {
    type:
      | 'step'
      | 'back'
      | 'first'
      | 'last'
      | 'play'
      | 'pause'
      | 'tick'
      | 'seek'
      | 'row'
      | 'moment'
      | 'address'
      | 'level'
      | 'toBeat'
      | 'toVisit'
      | 'toChange'
      | 'toOwn';
  }
>;

/** Commands that need an open trace. */
function moved(
  state: State,
  command: Move,
  model: TraceModel,
  world: World,
): State {
  const { level, n } = state;
  const go = (to: Cursor | undefined): State =>
    to ? { ...taken(state), ...to, notice: '' } : taken(state);
  switch (command.type) {
    case 'step':
      return go(atNumber(model, level, n + 1));
    case 'back':
      return go(atNumber(model, level, n - 1));
    case 'first':
      return go(atNumber(model, level, 1));
    case 'last':
      return go(atNumber(model, level, model.count(level)));
    case 'seek':
      return go(atNumber(model, level, command.n));
    case 'row':
      return go(atRow(model, level, command.row));
    case 'moment':
      return go(atMoment(model, level, command.row));
    case 'address':
      return {
        ...taken(state),
        ...sought(command.address, state, model, world),
      };
    case 'level':
      return {
        ...state,
        level: command.level,
        ...atRow(model, command.level, state.row),
      };
    case 'play':
      return started(state, model);
    case 'pause':
      return still(state);
    case 'tick':
      return ticked(state, model);
    case 'toBeat':
      return go(
        neighbour(
          model,
          level,
          state.row,
          beatRows(model, state.scenario, world.beats),
          command.way,
        ),
      );
    case 'toVisit':
      return go(visited(state, model, command.way));
    case 'toChange':
      return go(changed(state, model, command.way));
    case 'toOwn':
      return go(owned(state, model, command.way));
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

function started(state: State, model: TraceModel): State {
  const count = model.count(state.level);
  if (count < 2) return state;
  const from = state.n >= count ? atNumber(model, state.level, 1) : {};
  return { ...taken(state), ...from, playing: true, notice: '' };
}

function ticked(state: State, model: TraceModel): State {
  if (!state.playing) return state;
  const next = { ...state, ...atNumber(model, state.level, state.n + 1) };
  return next.n >= model.count(state.level) ? still(next) : next;
}

function visited(
  state: State,
  model: TraceModel,
  way: Way,
): (Cursor & { level: Level }) | undefined {
  const line = state.line ?? lineOf(state, model);
  if (!line) return undefined;
  const visit = nextOf(model.visits(line.file, line.line), state.row, way);
  return visit === undefined ? undefined : atMoment(model, state.level, visit);
}

function changed(
  state: State,
  model: TraceModel,
  way: Way,
): Cursor | undefined {
  const thing =
    state.thing ??
    model
      .things(momentOf(model, state.level, state.n))
      .find((one) => one.touched)?.id;
  if (thing === undefined) return undefined;
  return neighbour(model, state.level, state.row, model.changesOf(thing), way);
}

function owned(state: State, model: TraceModel, way: Way): Cursor | undefined {
  const lane =
    state.lane ?? (state.n > 0 ? model.step(state.level, state.n).lane : -1);
  if (lane < 0) return undefined;
  return neighbour(
    model,
    state.level,
    state.row,
    model.stepsOf(lane, state.level),
    way,
  );
}

function still(state: State): State {
  return state.playing ? { ...state, playing: false } : state;
}

/** The reader acts: playing stops, and the prose no longer drives. */
function taken(state: State): State {
  return { ...still(state), driver: 'reader' };
}
