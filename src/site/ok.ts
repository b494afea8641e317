/**
 * `npm run ok`: every check, two at a time, for most of them use one core.
 *
 * What a check says is shown whole when it has ended, so that no two of them
 * speak at once. The first that fails ends the others.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { root } from './project.ts';

/** A script of `package.json`, and the scripts that it has to wait for. */
interface Check {
  readonly name: string;
  readonly after: readonly string[];
}

/**
 * In the order in which they are begun. Lint, types and the build write the
 * same generated types; the browser gets the machine for itself.
 */
const checks: readonly Check[] = [
  { name: 'lint', after: [] },
  { name: 'format:check', after: [] },
  { name: 'knip', after: [] },
  { name: 'typecheck', after: ['lint'] },
  { name: 'test:unit', after: [] },
  { name: 'build', after: ['typecheck'] },
  { name: 'test:site', after: ['build', 'knip', 'test:unit'] },
];

/** How a check ended: 0 is well. */
interface Ended {
  readonly name: string;
  readonly code: number;
}

const started = performance.now();
const running = new Map<string, ChildProcess>();
/** Whether what still runs does not matter any more. */
let isOver = false;

const secondsSince = (time: number): string =>
  `${((performance.now() - time) / 1000).toFixed(0)} s`;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function begin({ name }: Check): Promise<Ended> {
  const begun = performance.now();
  say(`${name} …`);
  const child = spawn('npm', ['run', '--silent', name], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    // A group of its own, to be ended whole.
    detached: process.platform !== 'win32',
  });
  running.set(name, child);
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => said.push(chunk));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      running.delete(name);
      if (isOver) return;
      process.stdout.write(Buffer.concat(said));
      const how = code === 0 ? 'is well' : `failed with ${String(code)}`;
      say(`${name} ${how} after ${secondsSince(begun)}\n`);
      resolve({ name, code: code ?? 1 });
    });
  });
}

/** Ends what still runs, and all that it started. */
function endAll(): void {
  isOver = true;
  for (const child of running.values()) {
    const { pid } = child;
    if (pid === undefined || process.platform === 'win32') child.kill();
    else process.kill(-pid, 'SIGTERM');
  }
}

/** @returns the check that failed, if one did */
async function checkAll(): Promise<Ended | undefined> {
  const left = new Set(checks);
  const done = new Set<string>();
  const ends = new Map<string, Promise<Ended>>();
  while (done.size < checks.length) {
    for (const check of left) {
      const isReady = check.after.every((name) => done.has(name));
      if (!isReady || ends.size === 2) continue;
      left.delete(check);
      ends.set(check.name, begin(check));
    }
    const ended = await Promise.race(ends.values());
    if (ended.code !== 0) return ended;
    ends.delete(ended.name);
    done.add(ended.name);
  }
  return undefined;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    endAll();
    process.exit(1);
  });
}

const failed = await checkAll();
endAll();
if (failed === undefined) {
  say(`Everything is well after ${secondsSince(started)}`);
} else {
  say(`npm run ${failed.name} failed with ${String(failed.code)}`);
  process.exitCode = failed.code;
}
