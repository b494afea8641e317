/**
 * A thread beside a student's code, which ends the process when a check uses
 * more of the processor than it may. It counts work and not time, so that a
 * busy machine fails nobody.
 */
import { isMainThread, Worker, workerData } from 'node:worker_threads';

/** How often it looks, in milliseconds. */
const pause = 200;

interface Leash {
  /** What a check may use, in milliseconds. */
  readonly limit: number;
  /** What the process had used when the check began; 0 between checks. */
  readonly begun: Int32Array;
}

/** Milliseconds of processor time that this process has used. */
function used(): number {
  const { system, user } = process.cpuUsage();
  return Math.round((system + user) / 1000);
}

/** Counts from a check's beginning to its end. */
export interface Watch {
  begin(): void;
  end(): void;
}

/** Starts the thread. */
export function startWatchdog(limit: number): Watch {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const leash: Leash = { limit, begun };
  new Worker(new URL(import.meta.url), { workerData: leash }).unref();
  return {
    begin: () => void Atomics.store(begun, 0, Math.max(1, used())),
    end: () => void Atomics.store(begun, 0, 0),
  };
}

function guard({ begun, limit }: Leash): void {
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    Atomics.wait(never, 0, 0, pause);
    const start = Atomics.load(begun, 0);
    if (start > 0 && used() - start > limit)
      process.kill(process.pid, 'SIGKILL');
  }
}

if (!isMainThread) guard(workerData as Leash);
