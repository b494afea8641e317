/**
 * Go's channels: values handed from one task to another, in order.
 *
 * A channel of capacity 0 makes the sender wait for a receiver; one of
 * capacity n keeps up to n values that nobody has received yet.
 *
 * @differs receiving from a closed, empty channel gives `undefined` where Go
 *   gives the zero value and false
 */
import type { EventId, Place } from './event.ts';
import type { Sim, Suspension } from './sim.ts';

/** A task, or a select, that waits for a value. */
export interface Receiver<V> {
  /** Takes the value; false when it no longer wants one. */
  accept(value: V | undefined, cause: EventId): boolean;
}

/** A task, or a select, that waits for room. */
export interface Sender<V> {
  /** Gives up its value; undefined when it no longer offers one. */
  offer(): { readonly value: V; readonly place: Place | undefined } | undefined;
  /** Learns that the channel was closed under it. */
  fail(error: Error): void;
}

interface Held<V> {
  readonly value: V;
  readonly sent: EventId;
}

/** A channel: made with `new` where Go writes `make`. */
/** A queue between tasks; a sender waits when it is full. */
export class Channel<V> {
  readonly name: string;
  readonly capacity: number;
  readonly #sim: Sim;
  readonly #held: Held<V>[] = [];
  readonly #receivers: Receiver<V>[] = [];
  readonly #senders: Sender<V>[] = [];
  #closed = false;

  constructor(sim: Sim, name: string, capacity = 0) {
    this.#sim = sim;
    this.name = name;
    this.capacity = capacity;
  }

  /** How many values wait in the channel, like Go's `len`. */
  get length(): number {
    return this.#held.length;
  }

  /** The values that wait in the channel, oldest first. */
  get contents(): readonly V[] {
    return this.#held.map((held) => held.value);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Puts `value` into the channel, waiting while there is no room.
   *
   * @throws {Error} when the channel is closed
   */
  send(value: V): Promise<void> {
    if (this.trySend(value, 'block')) return Promise.resolve();
    const task: Suspension<undefined> = this.#sim.suspend(
      `to send to ${this.name}`,
    );
    this.#senders.push({
      offer: () => {
        task.resume(undefined);
        return { value, place: task.place };
      },
      fail: (error) => {
        task.fail(error);
      },
    });
    return task.promise;
  }

  /**
   * Puts `value` into the channel if that needs no waiting: a `select` with
   * this one case and a `default`.
   *
   * @throws {Error} when the channel is closed
   */
  trySend(value: V, policy: 'block' | 'drop' = 'drop'): boolean {
    if (this.#closed) throw new Error('send on closed channel');
    if (!this.canSend()) {
      const fields = { value, policy, held: this.length };
      this.#sim.emit('chan.send', this.name, fields, { case: 'full' });
      return false;
    }
    this.#enter(value);
    return true;
  }

  /** Waits for a value; `undefined` once the channel is closed and empty. */
  recv(): Promise<V | undefined> {
    if (this.canRecv()) return Promise.resolve(this.take());
    const task: Suspension<V | undefined> = this.#sim.suspend(
      `to receive from ${this.name}`,
    );
    const since = this.#sim.now();
    this.#sim.emit('chan.recv', this.name, { held: 0 }, { case: 'block' });
    this.enlistReceiver({
      accept: (value, cause) => {
        const waited = this.#sim.now() - since;
        this.received(value, cause, { waited }, task.place);
        task.resume(value);
        return true;
      },
    });
    return task.promise;
  }

  /**
   * Closes the channel. What it holds can still be received; everybody who
   * waits for a value gets `undefined`, and everybody who waits for room an
   * error.
   *
   * @throws {Error} when it is closed already
   */
  close(): void {
    if (this.#closed) throw new Error('close of closed channel');
    this.#closed = true;
    const id = this.#sim.emit('chan.close', this.name, { held: this.length });
    for (const receiver of this.#receivers.splice(0)) {
      receiver.accept(undefined, id);
    }
    for (const sender of this.#senders.splice(0)) {
      sender.fail(new Error('send on closed channel'));
    }
  }

  /** Whether a send would not have to wait; when closed, it throws at once. */
  canSend(): boolean {
    const room = this.#receivers.length > 0 || this.length < this.capacity;
    return this.#closed || room;
  }

  /** Whether a receive would not have to wait. */
  canRecv(): boolean {
    return this.length > 0 || this.#senders.length > 0 || this.#closed;
  }

  /** Receives what `canRecv` promised. */
  take(): V | undefined {
    if (this.length === 0) this.#admit();
    const held = this.#held.shift();
    this.received(held?.value, held?.sent ?? -1, {}, undefined);
    if (this.length < this.capacity) this.#admit();
    return held?.value;
  }

  enlistReceiver(receiver: Receiver<V>): void {
    this.#receivers.push(receiver);
  }

  withdrawReceiver(receiver: Receiver<V>): void {
    const index = this.#receivers.indexOf(receiver);
    if (index >= 0) this.#receivers.splice(index, 1);
  }

  enlistSender(sender: Sender<V>): void {
    this.#senders.push(sender);
  }

  withdrawSender(sender: Sender<V>): void {
    const index = this.#senders.indexOf(sender);
    if (index >= 0) this.#senders.splice(index, 1);
  }

  /** Reports a receive at `place`, or at the running task. */
  received(
    value: V | undefined,
    cause: EventId,
    fields: Readonly<Record<string, unknown>>,
    place: Place | undefined,
  ): void {
    this.#sim.emit(
      'chan.recv',
      this.name,
      { value, held: this.length, ...fields },
      { cause, place, ...(value === undefined ? { case: 'closed' } : {}) },
    );
  }

  /** Hands a value to a waiting receiver, or keeps it. */
  #enter(value: V, place?: Place): void {
    const direct = this.#receivers.length > 0;
    const held = this.length + (direct ? 0 : 1);
    const fields = { value, held, capacity: this.capacity };
    const sent = this.#sim.emit('chan.send', this.name, fields, { place });
    for (;;) {
      const receiver = this.#receivers.shift();
      if (receiver === undefined) break;
      if (receiver.accept(value, sent)) return;
    }
    this.#held.push({ value, sent });
  }

  /** Lets the sender that has waited longest put its value in. */
  #admit(): void {
    for (;;) {
      const sender = this.#senders.shift();
      if (sender === undefined) return;
      const offered = sender.offer();
      if (offered === undefined) continue;
      this.#enter(offered.value, offered.place);
      return;
    }
  }
}
