/** Runs Astro over the pages, and says plainly why it failed. */
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './project.ts';

/**
 * Renders every page into a folder; Astro's own report is shown only when it
 * fails.
 *
 * @throws {Error} with what Astro said, its stack frames left out
 */
export async function renderPages(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const words = [astro, 'build', '--outDir', folder];
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => said.push(chunk));
  }
  const code = await new Promise<number | null>((settle, fail) => {
    child.once('error', fail).once('close', settle);
  });
  if (code !== 0) throw new Error(reasonIn(Buffer.concat(said).toString()));
}

/** What an author needs of Astro's report: its message, not its frames. */
function reasonIn(report: string): string {
  const lines = report
    .split('\n')
    .filter((line) => !/^\s+at |[├└]─|^\s*$|Stack trace:/.test(line));
  const from = lines.findIndex((line) => /\bERROR\b|^Cannot/.test(line));
  const said = (from < 0 ? lines.slice(-12) : lines.slice(from))
    .map((line) =>
      line.replaceAll('**', '').replace(/^[\d:]+ (?:\[\w+\] )*/, ''),
    )
    .filter((line, index, all) => all.indexOf(line) === index);
  return `failed\n${said.slice(0, 12).join('\n')}`;
}
