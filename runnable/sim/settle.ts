/**
 * Waits until every pending promise reaction has run.
 *
 * The virtual clock may only move when nobody can act at the present time.
 * A message posted to oneself arrives after all microtasks, in Node and in a
 * browser's worker alike. This is the one file that touches `MessageChannel`.
 *
 * @differs Go's scheduler has no such moment: its clock moves on by itself
 */

interface Port {
  onmessage: ((event: unknown) => void) | null;
  postMessage(message: unknown): void;
  ref?(): void;
  unref?(): void;
}

const channel = new MessageChannel();
const inbox = channel.port1 as unknown as Port;
const outbox = channel.port2 as unknown as Port;
let waiting: (() => void)[] = [];

inbox.onmessage = () => {
  const ready = waiting;
  waiting = [];
  inbox.unref?.();
  for (const resume of ready) resume();
};
inbox.unref?.();
outbox.unref?.();

/** Resolves after all microtasks that are queued now or by one another. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    inbox.ref?.();
    outbox.postMessage(0);
  });
}
