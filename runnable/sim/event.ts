/**
 * What the primitives report: the vocabulary of every trace.
 *
 * Channels, clocks, byte pipes and the API store say what happened to them as
 * plain data. Whoever listens (the recorder, a test) is an `Observer`; without
 * one a run costs nothing extra and behaves the same.
 */

/** The kinds that primitives emit. The recorder derives the others. */
export type EventKind =
  | 'task.start'
  | 'task.end'
  | 'task.die'
  | 'clock.sleep'
  | 'clock.wake'
  | 'chan.send'
  | 'chan.recv'
  | 'chan.close'
  | 'select.one'
  | 'select.many'
  | 'select.block'
  | 'bytes.connect'
  | 'bytes.write'
  | 'bytes.read'
  | 'bytes.block'
  | 'bytes.close'
  | 'store.create'
  | 'store.update'
  | 'store.updateStatus'
  | 'store.patch'
  | 'store.delete'
  | 'store.conflict'
  | 'store.get'
  | 'store.list'
  | 'watch.deliver';

/** The number an observer gave an event; another event may name it as cause. */
export type EventId = number;

export interface SimEvent {
  readonly kind: EventKind;
  /** Which channel, object, task or stream: the second word of an address. */
  readonly subject: string;
  /** A variant of the kind, such as `full` for a send that had to wait. */
  readonly case?: string;
  /** Named values, recorded as they are at this moment. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The send this receive takes, the write this delivery brings. */
  readonly cause?: EventId | undefined;
}

/** Where a task stands; opaque to everyone but the observer. */
export type Place = object;

export interface Observer {
  /** The place of the running task, to be handed back with a later event. */
  place(): Place | undefined;
  /** Takes an event that happens now, at `on` or at the running task. */
  emit(event: SimEvent, on?: Place): EventId;
  /**
   * Runs `body` as the task `name`, so that what it does is attributed to it.
   * Calls `body` at once, as a plain call would.
   */
  spawn(name: string, body: () => Promise<void>): Promise<void>;
  /** The task that stands at `place` goes on; told right before it does. */
  acts?(place: Place): void;
  /** `file:line` of a place, for the report of a run that cannot go on. */
  describe(place: Place): string;
}
