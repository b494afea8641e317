/**
 * Go's `select`: waits for several channels and takes from one that is ready.
 *
 * When more than one is ready, Go picks at random; nothing gives the first
 * case priority. Here the run's seed picks, and the trace says so.
 */
import type { Channel, Receiver, Sender } from './channel.ts';
import type { Instant, Milliseconds, Timer } from './clock.ts';
import type { Sim, Suspension } from './sim.ts';

/** One `case` of a select. `T` is what it yields when it is chosen. */
export interface Case<T> {
  readonly label: string;
  ready(): boolean;
  /** Carries the case out; only after `ready` said true. */
  take(): T;
  /**
   * Carries the case out later, if no other case came first. `claim` says
   * whether it still may, and forbids the others when it does.
   */
  enlist(claim: () => boolean, task: Suspension<unknown>, since: Instant): void;
  withdraw(): void;
}

/** `case v := <-channel`. */
export function receive<V>(sim: Sim, channel: Channel<V>): Case<V | undefined> {
  let receiver: Receiver<V> | undefined;
  return {
    label: channel.name,
    ready: () => channel.canRecv(),
    take: () => channel.take(),
    enlist(claim, task, since) {
      receiver = {
        accept: (value, cause) => {
          if (!claim()) return false;
          const waited = sim.now() - since;
          channel.received(value, cause, { waited }, task.place);
          task.resume(value);
          return true;
        },
      };
      channel.enlistReceiver(receiver);
    },
    withdraw() {
      if (receiver !== undefined) channel.withdrawReceiver(receiver);
    },
  };
}

/** `case channel <- value`. */
export function sendTo<V>(channel: Channel<V>, value: V): Case<undefined> {
  let sender: Sender<V> | undefined;
  return {
    label: channel.name,
    ready: () => channel.canSend(),
    take() {
      channel.trySend(value);
      return undefined;
    },
    enlist(claim, task) {
      sender = {
        offer: () => {
          if (!claim()) return undefined;
          task.resume(undefined);
          return { value, place: task.place };
        },
        fail: (error) => {
          if (claim()) task.fail(error);
        },
      };
      channel.enlistSender(sender);
    },
    withdraw() {
      if (sender !== undefined) channel.withdrawSender(sender);
    },
  };
}

/** `case <-time.After(delay)`. Yields the moment at which it fired. */
export function after(sim: Sim, delay: Milliseconds): Case<Instant> {
  let timer: Timer | undefined;
  return {
    label: `${String(delay)} ms`,
    ready: () => false,
    take: () => sim.now(),
    enlist(claim, task) {
      timer = sim.clock.after(delay, () => {
        if (!claim()) return;
        sim.emit('clock.wake', '', { ms: delay }, { place: task.place });
        task.resume(sim.now());
      });
    },
    withdraw() {
      timer?.stop();
    },
  };
}

/** Which case was chosen, and what it yielded. */
export type Chosen<Cases> = {
  [Name in keyof Cases]: {
    readonly which: Name;
    readonly value: Cases[Name] extends Case<infer T> ? T : never;
  };
}[keyof Cases];

/**
 * Waits for the first case that can be carried out, and carries it out.
 *
 * @param at the function this select stands in, as the trace shall name it
 */
export async function select<Cases extends Record<string, Case<unknown>>>(
  sim: Sim,
  at: string,
  cases: Cases,
): Promise<Chosen<Cases>> {
  const entries = Object.entries(cases);
  const ready = entries.filter(([, one]) => one.ready());
  if (ready.length > 0) {
    const [which, one] =
      ready.length === 1 ? first(ready) : sim.chance.pick(ready);
    const kind = ready.length === 1 ? 'select.one' : 'select.many';
    sim.emit(kind, at, {
      n: ready.length === 1 ? entries.length : ready.length,
      chan: one.label,
      ready: ready.map(([, other]) => other.label),
    });
    return { which, value: one.take() } as Chosen<Cases>;
  }
  const task = sim.suspend<unknown>(
    `for ${entries.map(([, one]) => one.label).join(' or ')}`,
  );
  sim.emit('select.block', at, { cases: entries.map(([, one]) => one.label) });
  let which = '';
  const since = sim.now();
  for (const [name, one] of entries) {
    const claim = (): boolean => {
      if (which !== '') return false;
      which = name;
      for (const [other, rival] of entries) {
        if (other !== name) rival.withdraw();
      }
      return true;
    };
    one.enlist(claim, task, since);
  }
  const value = await task.promise;
  return { which, value } as Chosen<Cases>;
}

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new RangeError('Cannot take the first: none');
  return item;
}
