/**
 * The running player: the state, and what the state asks for.
 *
 * `core.ts` decides; this file fetches traces when the state waits for one and
 * ticks while it plays. The stage watches it and is drawn again after every
 * change; views read what they show and send commands.
 */
import type { Row, Step, TraceModel } from '../trace/model.ts';
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

const nowhere: Moments = { objects: 0, states: 0, slots: 0, wire: 0 };

const all: Filter = { hidden: [], folded: [], thing: undefined };

/** Commands that lead to a place of the whole trace, or of another one. */
const leads = new Set<Command['type']>(['beat', 'scenario', 'address']);

/** Two seconds a step at speed 1. */
const pace = 2000;

export class Player {
  readonly setup: PlayerSetup;
  readonly #models = new Map<string, TraceModel>();
  readonly #listeners = new Set<() => void>();
  #state: State;
  #names: readonly ScenarioName[];
  #filter = all;
  #part: TraceModel | undefined;

  /**
   * A player at rest.
   *
   * @param opened a trace that is already here, for its scenario
   */
  constructor(setup: PlayerSetup, scenario: string, opened?: TraceModel) {
    this.setup = setup;
    this.#state = initialState(scenario);
    this.#names = setup.scenarios;
    if (opened) this.receive(scenario, opened);
  }

  get state(): State {
    return this.#state;
  }

  get model(): TraceModel | undefined {
    return this.#part ?? this.whole;
  }

  /** The whole trace, when the reader sees a part of it. */
  get whole(): TraceModel | undefined {
    return this.#models.get(this.#state.scenario);
  }

  get filter(): Filter {
    return this.#filter;
  }

  /** The scenarios to choose from: the chapter's, and the reader's own. */
  get names(): readonly ScenarioName[] {
    return this.#names;
  }

  /** The cursor's step; undefined while no trace is open. */
  get step(): Step | undefined {
    return this.#step(this.model, this.#state.level, this.#state.n);
  }

  readonly #step = kept((model: TraceModel | undefined, ...at: Place) =>
    at[1] > 0 ? model?.step(...at) : undefined,
  );

  /** The rows at which objects, states, slots and bytes are shown. */
  get moments(): Moments {
    return this.#moments(this.model, this.#state.level, this.#state.n);
  }

  readonly #moments = kept((model: TraceModel | undefined, ...at: Place) =>
    model ? momentsOf(model, ...at) : nowhere,
  );

  /** The rows of the scenario's beats. */
  get beatRows(): readonly Row[] {
    return this.#beatRows(this.model, this.#state.scenario);
  }

  readonly #beatRows = kept((model: TraceModel | undefined, of: string) =>
    model ? beatRows(model, of, this.setup.beats) : [],
  );

  /** Calls `listener` after every change, until the answer is called. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  send(command: Command): void {
    const { beats } = this.setup;
    if (leads.has(command.type) && this.#part) this.narrow(all, undefined);
    let next = update(this.#state, command, { model: this.model, beats });
    const here = this.#models.get(next.scenario);
    if (next.status === 'loading' && here)
      next = update(next, { type: 'open' }, { model: here, beats });
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  /** Shows a part of the trace instead of all; undefined for all again. */
  narrow(filter: Filter, part: TraceModel | undefined): void {
    this.#filter = filter;
    this.#part = part;
    this.send({ type: 'lane', lane: undefined });
    // The cursor goes to the step of what is left that it lies in.
    this.send({ type: 'row', row: this.#state.row });
  }

  /** Puts one more run on the stage. */
  add(name: ScenarioName, model: TraceModel): void {
    this.#names = [...this.#names.filter(({ id }) => id !== name.id), name];
    this.#models.set(name.id, model);
    this.send({ type: 'scenario', scenario: name.id });
  }

  /** Takes the trace of a scenario. */
  receive(id: string, model: TraceModel): void {
    this.#models.set(id, model);
    if (this.#state.scenario === id) this.send({ type: 'open' });
  }

  /** Begins to fetch and to tick; the picture at build time needs neither. */
  start(): void {
    for (const begin of [fetchWhenWanted, tickWhilePlaying]) {
      const look = begin(this);
      this.watch(look);
      look();
    }
  }
}

type Place = Parameters<TraceModel['step']>;

/** Keeps the last answer for as long as the same is asked. */
function kept<Key extends readonly unknown[], Answer>(
  make: (...key: Key) => Answer,
): (...key: Key) => Answer {
  let last: { readonly key: Key; readonly answer: Answer } | undefined;
  return (...key) => {
    if (!last?.key.every((part, i) => part === key[i]))
      last = { key, answer: make(...key) };
    return last.answer;
  };
}

function fetchWhenWanted(player: Player): () => void {
  let last: string | undefined;
  return () => {
    const { status, scenario: id } = player.state;
    const wanted = status === 'loading' ? id : undefined;
    if (wanted === last) return;
    last = wanted;
    if (wanted === undefined) return;
    const progress = (part: number): void => {
      if (player.state.scenario === id) player.send({ type: 'progress', part });
    };
    player.setup.load(id, progress).then(
      (model) => {
        player.receive(id, model);
      },
      (error: unknown) => {
        if (player.state.scenario === id)
          player.send({
            type: 'fail',
            why: error instanceof Error ? error.message : String(error),
          });
      },
    );
  };
}

function tickWhilePlaying(player: Player): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let last = 0;
  return () => {
    const { playing, speed } = player.state;
    const every = playing ? pace / speed : 0;
    if (every === last) return;
    last = every;
    clearInterval(timer);
    if (every > 0)
      timer = setInterval(() => {
        player.send({ type: 'tick' });
      }, every);
  };
}
