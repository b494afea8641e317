/**
 * The running player: the state as a signal, and what the state asks for.
 *
 * `core.ts` decides; this file fetches traces when the state waits for one and
 * ticks while it plays. Views read the signals and send commands.
 */
import {
  batch,
  computed,
  effect,
  signal,
  type ReadonlySignal,
} from '@preact/signals';
import type { Step, TraceModel } from '../trace/model.ts';
import { initialState, update } from './core.ts';
import type { Filter } from './narrowed.ts';
import { beatRows, momentsOf, type Moments } from './places.ts';
import type { Beat, Command, State } from './state.ts';

export interface ScenarioName {
  readonly id: string;
  readonly title: string;
}

export interface PlayerSetup {
  readonly chapter: string;
  readonly scenarios: readonly ScenarioName[];
  readonly beats: readonly Beat[];
  /** Fetches and opens the trace of a scenario; fails with a clear sentence. */
  readonly load: (
    scenario: string,
    progress: (part: number) => void,
  ) => Promise<TraceModel>;
  /** Fetches a file's lines as HTML, for the source view. */
  readonly loadSource: (path: string) => Promise<string>;
}

export interface Player extends PlayerSetup {
  readonly state: ReadonlySignal<State>;
  readonly model: ReadonlySignal<TraceModel | undefined>;
  /** The cursor's step; undefined while no trace is open. */
  readonly step: ReadonlySignal<Step | undefined>;
  /** The rows at which objects, states, slots and bytes are shown. */
  readonly moments: ReadonlySignal<Moments>;
  /** The rows of the scenario's beats. */
  readonly beatRows: ReadonlySignal<readonly number[]>;
  readonly send: (command: Command) => void;
  /** The scenarios to choose from: the chapter's, and the reader's own. */
  readonly names: ReadonlySignal<readonly ScenarioName[]>;
  /** Puts one more run on the stage. */
  readonly add: (name: ScenarioName, model: TraceModel) => void;
  /** The whole trace, when the reader sees a part of it. */
  readonly whole: ReadonlySignal<TraceModel | undefined>;
  readonly filter: ReadonlySignal<Filter>;
  /** Shows a part of the trace instead of all; undefined for all again. */
  readonly narrow: (filter: Filter, part: TraceModel | undefined) => void;
  /** Begins to fetch and to tick; the picture at build time needs neither. */
  readonly start: () => void;
}

const nowhere: Moments = { objects: 0, states: 0, slots: 0, wire: 0 };

const all: Filter = { hidden: [], folded: [], thing: undefined };

/** Commands that lead to a place of the whole trace, or of another one. */
const leads = new Set<Command['type']>(['beat', 'scenario', 'address']);

/** Two seconds a step at speed 1. */
const pace = 2000;

/**
 * A player at rest.
 *
 * @param opened a trace that is already here, for its scenario
 */
export function createPlayer(
  setup: PlayerSetup,
  scenario: string,
  opened?: TraceModel,
): Player {
  const models = signal(new Map(opened ? [[scenario, opened]] : []));
  const state = signal(initialState(scenario));
  const whole = computed(() => models.value.get(state.value.scenario));
  const part = signal<TraceModel | undefined>(undefined);
  const filter = signal(all);
  const model = computed(() => part.value ?? whole.value);
  const narrow = (next: Filter, left: TraceModel | undefined): void => {
    batch(() => {
      filter.value = next;
      part.value = left;
      send({ type: 'lane', lane: undefined });
      // The cursor goes to the step of what is left that it lies in.
      send({ type: 'row', row: state.peek().row });
    });
  };
  const send = (command: Command): void => {
    const { beats } = setup;
    if (leads.has(command.type) && part.peek()) narrow(all, undefined);
    let next = update(state.peek(), command, { model: model.peek(), beats });
    const here = models.peek().get(next.scenario);
    if (next.status === 'loading' && here)
      next = update(next, { type: 'open' }, { model: here, beats });
    state.value = next;
  };
  if (opened) send({ type: 'open' });
  const receive = (id: string, trace: TraceModel): void => {
    batch(() => {
      models.value = new Map([...models.value, [id, trace]]);
      if (state.peek().scenario === id) send({ type: 'open' });
    });
  };
  const names = signal(setup.scenarios);
  const add = (name: ScenarioName, trace: TraceModel): void => {
    names.value = [...names.peek().filter(({ id }) => id !== name.id), name];
    models.value = new Map([...models.peek(), [name.id, trace]]);
    send({ type: 'scenario', scenario: name.id });
  };
  const start = (): void => {
    fetchWhenWanted(setup, state, receive, send);
    tickWhilePlaying(state, send);
  };
  const step = computed(() => {
    const { n, level } = state.value;
    return model.value && n > 0 ? model.value.step(level, n) : undefined;
  });
  const moments = computed((): Moments => {
    const { n, level } = state.value;
    return model.value ? momentsOf(model.value, level, n) : nowhere;
  });
  const rows = computed(() =>
    model.value ? beatRows(model.value, state.value.scenario, setup.beats) : [],
  );
  return {
    ...setup,
    state,
    model,
    step,
    moments,
    beatRows: rows,
    names,
    whole,
    filter,
    narrow,
    add,
    send,
    start,
  };
}

function fetchWhenWanted(
  setup: PlayerSetup,
  state: ReadonlySignal<State>,
  receive: (id: string, model: TraceModel) => void,
  send: Player['send'],
): void {
  const wanted = computed(() =>
    state.value.status === 'loading' ? state.value.scenario : undefined,
  );
  effect(() => {
    const id = wanted.value;
    if (id === undefined) return;
    const progress = (part: number): void => {
      if (state.peek().scenario === id) send({ type: 'progress', part });
    };
    setup.load(id, progress).then(
      (model) => {
        receive(id, model);
      },
      (error: unknown) => {
        if (state.peek().scenario === id)
          send({
            type: 'fail',
            why: error instanceof Error ? error.message : String(error),
          });
      },
    );
  });
}

function tickWhilePlaying(
  state: ReadonlySignal<State>,
  send: Player['send'],
): void {
  const every = computed(() =>
    state.value.playing ? pace / state.value.speed : 0,
  );
  effect(() => {
    if (every.value === 0) return undefined;
    const timer = setInterval(() => {
      send({ type: 'tick' });
    }, every.value);
    return () => {
      clearInterval(timer);
    };
  });
}
