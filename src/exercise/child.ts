/**
 * The process in which a student's code runs. It is told what to judge, and
 * tells of each check when it begins and how it ends, so that whoever started
 * it knows which one was under way when it had to be stopped.
 */
import { projectRoot } from '../source/files.ts';
import { writeTrace } from '../trace/pack.ts';
import { checksOfAnswers } from './answers.ts';
import { failureIn, StudentBench } from './bench.ts';
import { BrokenRule, RunFailed } from './broken.ts';
import { isAnswered } from './exercise.ts';
import type { Exercise } from './exercise.ts';
import type { Check } from './kit.ts';
import { checksPath, givenOf, keyOf, runnableText } from './materials.ts';
import { passed, stopped, stumbled } from './result.ts';
import type { CheckHead, CheckResult } from './result.ts';
import { startWatchdog } from './watchdog.ts';

/** What the process is asked to do. */
export interface Job {
  readonly exercise: Exercise;
  /** The student's file. */
  readonly text: string;
  readonly hidden: boolean;
  /** Ids of checks that are judged already. */
  readonly done: readonly string[];
  /** Whether the traces are wanted. */
  readonly traces: boolean;
}

/** A run of the student's, and the same run with the real code. */
export interface TracePair {
  readonly scenario: string;
  readonly own: string;
  readonly reference: string;
}

/** What the process tells. */
export type Report =
  | { readonly type: 'checks'; readonly heads: readonly CheckHead[] }
  | { readonly type: 'begin'; readonly id: string }
  | { readonly type: 'end'; readonly result: CheckResult }
  | { readonly type: 'traces'; readonly pairs: readonly TracePair[] }
  | { readonly type: 'broken'; readonly message: string }
  | { readonly type: 'done' };

interface Loaded extends Check {
  readonly hidden: boolean;
}

/** What was rejected, and nobody listened, since the work began. */
const rejected: unknown[] = [];

process.on('unhandledRejection', (reason) => {
  rejected.push(reason);
});

/** How much of the processor a check may use, in milliseconds. */
const watchdog = startWatchdog(Number(process.argv[2]));

process.on('message', (job: Job) => {
  perform(job).then(
    () => tell({ type: 'done' }),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      tell({ type: 'broken', message });
    },
  );
});

function tell(report: Report): void {
  process.send?.(report);
}

async function perform(job: Job): Promise<void> {
  const { exercise, text } = job;
  rejected.length = 0;
  const overlay = isAnswered(exercise)
    ? givenOf(exercise)
    : new Map([[exercise.file ?? '', whole(exercise, text)]]);
  const checks = await load(job);
  tell({ type: 'checks', heads: checks.map(headOf) });
  let bench: StudentBench;
  try {
    bench = new StudentBench(exercise, overlay);
  } catch (error) {
    for (const check of checks) {
      tell({ type: 'end', result: await ended(check, error, overlay) });
    }
    return;
  }
  for (const check of checks) {
    if (job.done.includes(check.id)) continue;
    tell({ type: 'begin', id: check.id });
    bench.begin();
    const error = await errorOf(check, bench, overlay);
    // Of questions, the first difference would be the answer.
    const mine = isAnswered(exercise) ? undefined : bench;
    const result =
      error === undefined
        ? passed(headOf(check))
        : await ended(check, error, overlay, mine);
    tell({ type: 'end', result });
  }
  if (!job.traces) return;
  if (isAnswered(exercise)) await bench.run(undefined, { mayFail: true });
  tell({ type: 'traces', pairs: await pairsOf(bench) });
}

/** What cannot be parsed is run as it is, to say so. */
function whole(exercise: Exercise, text: string): string {
  try {
    return runnableText(exercise, text);
  } catch {
    return text;
  }
}

/** Why a check does not pass; undefined when it does. */
async function errorOf(
  check: Check,
  bench: StudentBench,
  overlay: ReadonlyMap<string, string>,
): Promise<unknown> {
  let found: unknown;
  watchdog.begin();
  try {
    await check.judge(bench);
  } catch (error) {
    found = error;
  } finally {
    watchdog.end();
  }
  // Rejections are announced when nothing else can act any more.
  await new Promise((resolve) => setImmediate(resolve));
  for (const reason of rejected) {
    const failure = failureIn(reason, overlay);
    if (failure?.place === undefined) continue;
    const { message, place } = failure;
    return new RunFailed('rejection', message, { place });
  }
  return found;
}

async function load({ exercise, text, hidden }: Job): Promise<Loaded[]> {
  const own = isAnswered(exercise)
    ? safeAnswers(exercise, text)
    : await checksIn(checksPath(exercise, 'own'));
  const secret = hidden ? await checksIn(checksPath(exercise, 'hidden')) : [];
  return [
    ...own.map((check) => ({ ...check, hidden: false })),
    ...secret.map((check) => ({ ...check, hidden: true })),
  ];
}

async function checksIn(path: string | undefined): Promise<Check[]> {
  if (path === undefined) return [];
  const url = new URL(path, projectRoot).href;
  const module = (await import(url)) as { readonly checks: readonly Check[] };
  return [...module.checks];
}

/** Questions stay what they are when the sheet cannot be read. */
function safeAnswers(exercise: Exercise, sheet: string): Check[] {
  const key = keyOf(exercise);
  try {
    return checksOfAnswers(exercise, key, sheet);
  } catch (error) {
    return checksOfAnswers(exercise, key, '').map((check) => ({
      ...check,
      judge: () => {
        throw error;
      },
    }));
  }
}

const headOf = ({ id, title, rule, points, hidden }: Loaded): CheckHead => ({
  id,
  title,
  rule,
  points,
  hidden,
});

/** What a check that did not pass says. */
async function ended(
  check: Loaded,
  error: unknown,
  overlay: ReadonlyMap<string, string>,
  bench?: StudentBench,
): Promise<CheckResult> {
  const head = headOf(check);
  if (error instanceof BrokenRule) {
    const { because, expected, seen } = error;
    const at = error.at ?? (await bench?.firstDifference());
    return {
      ...head,
      status: 'failed',
      score: 0,
      message: because ?? `Expected ${expected}, seen ${seen}`,
      expected,
      seen,
      ...(at === undefined ? {} : { at }),
    };
  }
  const failure = failureIn(error, overlay);
  if (failure === undefined) {
    return stopped(head, 'crash', `${stumbled}: ${String(error)}`);
  }
  const { at, fault, message, place } = failure;
  return {
    ...stopped(head, fault, message),
    ...(at === undefined ? {} : { at }),
    ...(place === undefined
      ? {}
      : { line: { file: place.path, line: place.line } }),
  };
}

/** The runs as files hold them; of each scenario the first. */
async function pairsOf(bench: StudentBench): Promise<TracePair[]> {
  const pairs = new Map<string, TracePair>();
  for (const { scenario, own, reference } of await bench.pairs()) {
    if (pairs.has(scenario)) continue;
    pairs.set(scenario, {
      scenario,
      own: writeTrace(own.trace),
      reference: writeTrace(reference.trace),
    });
  }
  return [...pairs.values()];
}
