/**
 * Finds the line of the student's file at which a run went wrong.
 */
import { rowKinds } from '../trace/format.ts';
import type { Row, TraceModel } from '../trace/model.ts';
import { RunFailed } from './broken.ts';
import type { Fault, Place } from './broken.ts';
import type { Run } from './run.ts';

export interface RunPlace {
  readonly fault: Fault;
  readonly place: Place | undefined;
  /** The step to look at. */
  readonly address: string | undefined;
}

/** Where and how a run that ended with an error did so. */
export function placeOfRun(run: Run, paths: readonly string[]): RunPlace {
  const { model } = run;
  const { error = '' } = run;
  const fault = faultOf(error);
  const row =
    fault === 'error' ? throwIn(model, paths) : lastLineIn(model, paths);
  if (row === undefined)
    return { fault, place: undefined, address: lastStep(model) };
  const waits = fault === 'deadlock' ? placeIn(error, paths) : undefined;
  const frame = model.stack(row).findLast(({ file }) => paths.includes(file));
  const place =
    waits ??
    (frame === undefined ? undefined : { path: frame.file, line: frame.line });
  return { fault, place, address: model.addressOf(row) };
}

/** The first place of these files that a report of who waits names. */
function placeIn(report: string, paths: readonly string[]): Place | undefined {
  for (const [, path = '', line = '0'] of report.matchAll(
    /(runnable\/\S+?\.ts):(\d+)/g,
  )) {
    if (paths.includes(path)) return { path, line: Number(line) };
  }
  return undefined;
}

/** What an error's text says about its nature. */
export function faultOf(message: string): Fault {
  if (/Cannot go on: every task waits/.test(message)) return 'deadlock';
  if (/goes on|calls inside one another/.test(message)) return 'endless';
  return 'error';
}

/** An error outside a recorded run, placed by its stack. */
export function placeOfError(
  error: Error,
  paths: readonly string[],
): RunFailed | undefined {
  const { message, stack = '' } = error;
  if (error instanceof SyntaxError) {
    const found = /^(?<path>\S+?):(?<line>\d+): (?<reason>.*)$/m.exec(message);
    const { path, line, reason } = found?.groups ?? {};
    if (path !== undefined && paths.includes(path)) {
      return new RunFailed('syntax', reason ?? message, {
        place: { path, line: Number(line) },
      });
    }
    const lost = lostExport(message, paths);
    if (lost !== undefined) return lost;
  }
  for (const [, file = '', line = '0'] of stack.matchAll(
    /(runnable\/\S+?\.ts)(?:\?\S+?)?:(\d+):\d+/g,
  )) {
    if (!paths.includes(file)) continue;
    return new RunFailed(faultOf(message), named(error), {
      place: { path: file, line: Number(line) },
    });
  }
  const fault = faultOf(message);
  return fault === 'error'
    ? undefined
    : new RunFailed(fault, message, { place: undefined });
}

/** Other files import by name what the student's file may no longer export. */
function lostExport(
  message: string,
  paths: readonly string[],
): RunFailed | undefined {
  const found = /module '(?<from>.+)' does not provide .* named '(?<name>.+)'/;
  const { from = '', name = '' } = found.exec(message)?.groups ?? {};
  const end = from.replace(/^(?:\.*\/)*/, '/');
  const path = paths.find((one) => `/${one}`.endsWith(end));
  if (from === '' || path === undefined) return undefined;
  const text = `Cannot find the export "${name}", which other files import`;
  return new RunFailed('error', text, { place: { path, line: 1 } });
}

/** Plain errors need no name before what they say. */
const named = ({ name, message }: Error): string =>
  name === 'Error' ? message : `${name}: ${message}`;

/** Where the error that ended the run was first thrown in these files. */
function throwIn(model: TraceModel, paths: readonly string[]): Row | undefined {
  const { events, error = '' } = model.trace;
  const thrown = rowKinds.indexOf('throw');
  for (let row = 0; row < model.rows; row++) {
    if (events.kind[row] !== thrown) continue;
    const said = model.show(events.a[row] ?? 0, row, 1000);
    const last = error.replace(/^\w*: /, '').slice(0, 60);
    if (!said.includes(last)) continue;
    if (model.stack(row).some(({ file }) => paths.includes(file))) return row;
  }
  return undefined;
}

/** The last line of these files that ran. */
function lastLineIn(
  model: TraceModel,
  paths: readonly string[],
): Row | undefined {
  for (let row = model.rows - 1; row >= 0; row--) {
    if (model.stack(row).some(({ file }) => paths.includes(file))) return row;
  }
  return undefined;
}

function lastStep(model: TraceModel): string | undefined {
  const count = model.count('story');
  return count === 0 ? undefined : model.step('story', count).address;
}
