/**
 * The file of a step, around its line.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../source/files.ts';
import { hashOf } from '../../trace/hash.ts';
import type { Step, TraceModel } from '../../trace/model.ts';
import type { Stage } from './stage.ts';
import { line } from './text.ts';
import type { Line } from './text.ts';

/** Far more than a file of ours has. */
const mostBytes = 1024 * 1024;

/** The title and the lines around a step's own, at most `rows`. */
export function sourceLines(
  { setup, state }: Stage,
  model: TraceModel,
  step: Step,
  rows: number,
): Line[] {
  const { file, line: at } = step;
  if (file === undefined || at === undefined) {
    return [line('This step comes from outside the teaching code.', 'faint')];
  }
  const visits = model.visits(file, at);
  const visit = visits.filter((row) => row <= state.row).length;
  const ran =
    visits.length > 1
      ? `  visit ${String(visit)} of ${String(visits.length)}`
      : '';
  const title = line(`${file}:${String(at)}${ran}`, 'faint');
  const text = setup.source(model, file);
  if (text === undefined) {
    return [
      title,
      line(
        'The file is not here, or is another one than was recorded.',
        'faint',
      ),
    ];
  }
  const room = Math.max(1, rows - 1);
  const last = Math.max(1, text.length - room + 1);
  const from = Math.max(1, Math.min(at - (room >> 1), last));
  const digits = String(from + room).length;
  const shown = text.slice(from - 1, from - 1 + room).map((content, index) => {
    const number = from + index;
    const sign = number === at ? '▶' : ' ';
    const head = `${sign} ${String(number).padStart(digits)} `;
    const look = number === at ? 'strong' : 'plain';
    return line(head + content.replaceAll('\t', '  '), look);
  });
  return [title, ...shown];
}

/** The text of a step's line; '' when there is none. */
export const lineText = (
  { setup }: Stage,
  model: TraceModel,
  { file = '', line: at = 0 }: Step,
): string => setup.source(model, file)?.[at - 1] ?? '';

/**
 * Reads recorded files. A path comes from a trace, which may come from
 * anybody: only TypeScript below the project is read, and only when it is the
 * text that was recorded.
 *
 * @param folder where a student's file may lie that took the place of a real
 *   one
 */
export function sourceReader(
  folder?: string,
): (model: TraceModel, path: string) => readonly string[] | undefined {
  const known = new Map<string, readonly string[] | undefined>();
  return ({ trace }, path) => {
    const hash = trace.files.find((file) => file.path === path)?.hash ?? '';
    const key = `${hash} ${path}`;
    if (!known.has(key)) known.set(key, read(path, hash, folder));
    return known.get(key);
  };
}

function read(
  path: string,
  hash: string,
  folder: string | undefined,
): readonly string[] | undefined {
  const safe = /^[\w-][\w./-]*\.ts$/u.test(path) && !path.includes('..');
  if (!safe || hash === '') return undefined;
  const own =
    folder === undefined
      ? []
      : [pathToFileURL(join(folder, path.slice(path.lastIndexOf('/') + 1)))];
  return [new URL(path, projectRoot), ...own]
    .map((url) => textOf(url))
    .find((text) => text !== undefined && hashOf(text) === hash)
    ?.split('\n');
}

function textOf(url: URL): string | undefined {
  if (!existsSync(url)) return undefined;
  const stat = statSync(url);
  if (!stat.isFile() || stat.size > mostBytes) return undefined;
  return readFileSync(url, 'utf8');
}
