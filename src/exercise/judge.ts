/**
 * Judges students' work in processes of its own, which are stopped when they
 * take too long or too much memory.
 *
 * A process is used again as long as it behaves: the code that records is
 * loaded and warm then, and a small exercise is judged in a fraction of a
 * second.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job, Report, TracePair } from './child.ts';
import type { Exercise } from './exercise.ts';
import { stopped, summed } from './result.ts';
import type {
  CheckFault,
  CheckHead,
  CheckResult,
  ExerciseResult,
} from './result.ts';

export interface Judged {
  readonly result: ExerciseResult;
  readonly pairs: readonly TracePair[];
}

export interface JudgeOptions {
  /** Whether the checks that students do not have are judged too. */
  readonly hidden?: boolean;
  /** Whether the runs are wanted. */
  readonly traces?: boolean;
}

export interface Limits {
  /** How much of the processor one check may use, in milliseconds. */
  readonly checkMs: number;
  readonly memoryMb: number;
}

/**
 * How long, in real time, a process may say nothing: it waits for something
 * that never comes, or the machine does nothing for us.
 */
const silenceMs = 60_000;

const defaultLimits: Limits = { checkMs: 5000, memoryMb: 400 };

/** Modules of past runs stay in memory, so a process is not used for ever. */
const jobsOfProcess = 25;

const childPath = fileURLToPath(new URL('child.ts', import.meta.url));

/** One process that judges, and its replacements. */
export class Judge {
  readonly #limits: Limits;
  #child: ChildProcess | undefined;
  #jobs = 0;
  /** Work is judged one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(limits: Partial<Limits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  /** Starts the process, so that it is warm when it is needed. */
  warm(): void {
    this.#child ??= this.#start();
  }

  /** Judges a student's file. */
  judge(
    exercise: Exercise,
    text: string,
    options: JudgeOptions = {},
  ): Promise<Judged> {
    const turn = this.#last.then(() => this.#judge(exercise, text, options));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #judge(
    exercise: Exercise,
    text: string,
    { hidden = false, traces = false }: JudgeOptions,
  ): Promise<Judged> {
    const state = new State(exercise);
    for (;;) {
      const done = [...state.results.keys()];
      const end = await this.#once(
        { exercise, text, hidden, done, traces },
        state,
      );
      if (end === undefined) break;
      this.close();
      if (!state.stop(end)) break;
    }
    return state.judged();
  }

  close(): void {
    this.#child?.removeAllListeners();
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#jobs = 0;
  }

  /** Lets the process work; how it had to be stopped, if it had to be. */
  #once(job: Job, state: State): Promise<CheckFault | undefined> {
    if (this.#jobs >= jobsOfProcess) this.close();
    this.#jobs += 1;
    this.warm();
    const child = this.#child;
    return new Promise((resolve, reject) => {
      let timer = setTimeout(expire, silenceMs);
      function expire(): void {
        finish('timeout');
      }
      const finish = (end: CheckFault | undefined): void => {
        clearTimeout(timer);
        child?.removeAllListeners();
        child?.stdout?.removeAllListeners();
        child?.unref();
        resolve(end);
      };
      child?.ref();
      child?.stdout?.on('data', (text: Buffer) => state.print(String(text)));
      child?.on('exit', (code, signal) => {
        finish(faultOfExit(code, signal));
      });
      child?.on('message', (report: Report) => {
        clearTimeout(timer);
        timer = setTimeout(expire, silenceMs);
        if (report.type === 'broken') {
          reject(
            new Error(`Cannot judge ${job.exercise.id}: ${report.message}`),
          );
          finish(undefined);
        } else if (report.type === 'done') finish(undefined);
        else state.hear(report);
      });
      child?.send(job);
    });
  }

  #start(): ChildProcess {
    const child = fork(childPath, [String(this.#limits.checkMs)], {
      execArgv: [
        `--max-old-space-size=${this.#limits.memoryMb}`,
        '--disable-warning=ExperimentalWarning',
      ],
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
      env: {},
    });
    child.unref();
    child.channel?.unref();
    return child;
  }
}

/** The watchdog kills; the engine aborts when there is no memory left. */
function faultOfExit(
  code: number | null,
  signal: NodeJS.Signals | null,
): CheckFault {
  if (signal === 'SIGKILL') return 'timeout';
  return code === 134 || signal === 'SIGABRT' ? 'memory' : 'crash';
}

/** What is known of a submission so far. */
class State {
  readonly #exercise: Exercise;
  #heads: readonly CheckHead[] = [];
  #current: string | undefined;
  #printed = '';
  #pairs: readonly TracePair[] = [];
  readonly results = new Map<string, CheckResult>();

  constructor(exercise: Exercise) {
    this.#exercise = exercise;
  }

  hear(report: Exclude<Report, { readonly type: 'broken' | 'done' }>): void {
    switch (report.type) {
      case 'checks':
        this.#heads = report.heads;
        break;
      case 'begin':
        this.#current = report.id;
        this.#printed = '';
        break;
      case 'end':
        this.#end(report.result);
        break;
      case 'traces':
        this.#pairs = report.pairs;
        break;
    }
  }

  print(text: string): void {
    if (this.#printed.length < 2000) this.#printed += text;
  }

  /** Ends what was under way; whether the rest can still be judged. */
  stop(fault: CheckFault): boolean {
    const head = this.#heads.find(({ id }) => id === this.#current);
    if (head === undefined) {
      if (this.#heads.length > 0) return false;
      throw new Error(
        `Cannot judge ${this.#exercise.id}: ${sentences[fault] ?? fault}`,
      );
    }
    this.#end(stopped(head, fault, sentences[fault] ?? fault));
    return this.results.size < this.#heads.length;
  }

  #end(result: CheckResult): void {
    const output = this.#printed.trimEnd();
    this.results.set(result.id, output === '' ? result : { ...result, output });
    this.#current = undefined;
  }

  judged(): Judged {
    const results = this.#heads.map(
      (head) =>
        this.results.get(head.id) ??
        stopped(head, 'crash', sentences.crash ?? ''),
    );
    return { result: summed(this.#exercise, results), pairs: this.#pairs };
  }
}

const sentences: Partial<Record<CheckFault, string>> = {
  timeout:
    'The code was stopped because it took too long; a loop that never comes to an end, perhaps?',
  memory: 'The code was stopped because it took too much memory.',
  crash: 'The process in which the code ran ended without a word.',
};
