/** Commands that move the cursor of an open trace. */
import type { Level, TraceModel } from '../trace/model.ts';
import {
  atMoment,
  atNumber,
  atRow,
  atTold,
  neighbour,
  nextOf,
  type Cursor,
} from './cursor.ts';
import { beatRows, lineOf, momentsOf, sought } from './places.ts';
import type { Command, State, Way, World } from './state.ts';

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

/** The state after a command that needs an open trace. */
export function moved(
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
      return go(atTold(model, level, command.row));
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
      .things(momentsOf(model, state.level, state.n).objects)
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

/** Playing stops. */
export function still(state: State): State {
  return state.playing ? { ...state, playing: false } : state;
}

/** The reader acts: playing stops, and the prose no longer drives. */
export function taken(state: State): State {
  return { ...still(state), driver: 'reader' };
}
