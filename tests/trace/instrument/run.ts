/**
 * Runs instrumented code in a test, with a recorder of its own.
 */
import { formatName, formatVersion } from '../../../src/trace/format.ts';
import type { Trace } from '../../../src/trace/format.ts';
import { instrument } from '../../../src/trace/instrument/instrument.ts';
import { Recorder } from '../../../src/trace/recorder/recorder.ts';
import type { Budget } from '../../../src/trace/recorder/writer.ts';

/** What a module exported, and what was recorded of it. */
export interface Ran {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly recorder: Recorder;
  readonly trace: () => Trace;
}

/** Evaluates TypeScript without imports; recording has begun. */
export async function runText(text: string, budget: Budget = {}): Promise<Ran> {
  const { code, sites } = instrument(text, 'test.ts');
  const recorder = new Recorder({
    now: () => 0,
    files: new Map([['test.ts', { hash: 'h', sites }]]),
    ...budget,
  });
  const exports = await evaluate(code, recorder);
  recorder.begin(() => false);
  return { exports, recorder, trace: () => traceOf(recorder) };
}

let loaded = 0;

async function evaluate(
  code: string,
  recorder: Recorder,
): Promise<Readonly<Record<string, unknown>>> {
  const world = globalThis as { __t?: unknown };
  world.__t = recorder.probes;
  const marked = `${code}// ${++loaded}`;
  try {
    return (await import(
      `data:text/javascript,${encodeURIComponent(marked)}`
    )) as Record<string, unknown>;
  } finally {
    delete world.__t;
  }
}

function traceOf(recorder: Recorder): Trace {
  return {
    format: formatName,
    version: formatVersion,
    chapter: '',
    scenario: '',
    title: '',
    seed: 0,
    start: 0,
    notes: [],
    lanes: [],
    keep: [],
    fold: [],
    machines: [],
    ...recorder.end(),
    result: null,
  };
}
