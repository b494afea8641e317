/**
 * A scenario: one deterministic run of a chapter's code.
 *
 * It sets up a world, lets things happen in it, and says how the run is to be
 * looked at: who has a lane, what is a state machine, which values to watch.
 * A file `runnable/scenarios/<part>/NN-slug/<name>.ts` exports one as
 * `scenario`; the chapter's page lists them in order.
 */
import type { Ports } from '../ports.ts';
import type { Sim } from '../sim/sim.ts';

/** One column of the diagram: an actor that acts or is acted upon. */
export interface Lane {
  /** Short, lower case, as upstream would name it: `service`, `worker-1`. */
  readonly id: string;
  /** With its article, as a sentence uses it: "the service controller". */
  readonly noun: string;
  /** A word or two under the lane's name. */
  readonly role?: string;
  /** Who is played by the scenario, and is not the real code. */
  readonly played?: boolean;
  /** Names of the tasks that belong here; `*` at the end matches the rest. */
  readonly tasks?: readonly string[];
  /**
   * Symbols that act here whatever task runs them, such as an application's
   * endpoint; `*` at the end matches the rest.
   */
  readonly symbols?: readonly string[];
}

/** A state machine the reader follows: a value and the list of its states. */
export interface Machine {
  readonly name: string;
  /** In the order of upstream's declaration. */
  readonly states: readonly string[];
  /** The state before anything happened. */
  readonly initial: string;
  /** A local variable, as `Class.method#variable`; its writes are the steps. */
  readonly local?: string;
  /** Or a value to read after each event; undefined while there is none. */
  readonly read?: () => string | undefined;
  /** Several machines of one kind, by object: `connection-1` → its state. */
  readonly readEach?: () => ReadonlyMap<string, string>;
}

/** A value that becomes a step when it changes. */
export interface Watched {
  readonly name: string;
  /** Plain data; compared by value after each event. */
  readonly read: () => unknown;
}

/**
 * A thing of the diagram of objects that no API server keeps: a container, a
 * processor, a session. API objects are drawn without being declared.
 */
export interface Thing {
  readonly kind: string;
  readonly name: string;
  /** `Kind/name` of the thing it belongs to. */
  readonly owner?: string;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/** A queue, channel, buffer or timer that the reader sees filled and emptied. */
export interface Slot {
  /** What groups it: the queue or map it is part of. */
  readonly group: string;
  readonly name: string;
  /** Absent when it has no bound. */
  readonly capacity?: number;
  readonly contents: readonly string[];
  /** "due at 75.9 s", "locked: a kill". */
  readonly note?: string;
}

/** How a run is looked at. Everything is read after each event. */
export interface View {
  readonly machines?: readonly Machine[];
  readonly watched?: readonly Watched[];
  readonly things?: () => readonly Thing[];
  readonly slots?: () => readonly Slot[];
}

export interface Run {
  readonly view?: View;
  /** Lets it happen; what it returns is the run's result, plain data. */
  main(): Promise<unknown>;
}

export interface Scenario {
  readonly title: string;
  /** One sentence: what happens and what to look for. */
  readonly summary: string;
  readonly seed: number;
  /** Lines for the head of the story: delays, who is played, what is kept. */
  readonly notes: readonly string[];
  readonly cast: readonly Lane[];
  /** Paths below `runnable/` whose calls and lines the steps leave out. */
  readonly folded: readonly string[];
  /** Prefixes of addresses that stay steps though the rules would fold them. */
  readonly keep?: readonly string[];
  /** Prefixes of addresses that are folded though the rules would keep them. */
  readonly fold?: readonly string[];
  /** What `--input` may hold, such as `serving.knative.dev/v1alpha1 Service`. */
  readonly accepts?: string;
  /**
   * Builds the world.
   *
   * @param input a document of the reader's that was checked against the
   *   schema of `accepts`; undefined for the scenario's own
   */
  begin(sim: Sim, ports: Ports, input?: unknown): Run;
}
