/**
 * `npm run chapter step` as a user and as a script meet it.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../../src/chapter/failure.ts';
import { recordScenario } from '../../../src/chapter/record.ts';
import { targetOf } from '../../../src/chapter/step/target.ts';
import type { TargetFlags } from '../../../src/chapter/step/target.ts';
import { projectRoot } from '../../../src/source/files.ts';
import { writeTrace } from '../../../src/trace/pack.ts';
import { chapter, compiled, scratch } from '../command.ts';

const folder = join(scratch, 'workbook', 'kubelet', 'mine');
const inFolder = (name: string): string => join(folder, name);
const empty = join(scratch, 'workbook', 'empty');
const at = 'call PodWorkers.updatePod kill';

/** Expects that nothing can be stepped through, and one line that says why. */
async function refuses(
  word: string,
  message: string | RegExp,
  flags: TargetFlags = {},
): Promise<void> {
  await assert.rejects(targetOf(word, flags), (error) => {
    assert.ok(error instanceof Failure);
    assert.equal(error.code, 2);
    assert.ok(!error.message.includes('\n'));
    if (typeof message === 'string') assert.equal(error.message, message);
    else assert.match(error.message, message);
    return true;
  });
}

describe('npm run chapter step', { concurrency: 2 }, () => {
  before(async () => {
    mkdirSync(folder, { recursive: true });
    const run = async (scenario: string): Promise<string> =>
      writeTrace(
        await recordScenario({ chapter: 'kubelet/02-pod-workers', scenario }),
      );
    writeFileSync(inFolder('trace.json'), await run('two-kills'));
    writeFileSync(inFolder('reference.json'), await run('parked-kill'));
    writeFileSync(inFolder('bad.json'), '{"format":"inside-the-loop/trace"}');
    writeFileSync(inFolder('text.json'), 'kind: Service');
    writeFileSync(inFolder('huge.json'), '');
    truncateSync(inFolder('huge.json'), 200 * 1024 * 1024);
    mkdirSync(empty);
  });

  after(() => rmSync(scratch, { recursive: true }));

  test('without a terminal tells the story, and says why', async () => {
    const { code, stdout, stderr } = await chapter(['step', 'kubelet/02']);
    assert.equal(code, 0);
    assert.match(stderr, /^Not a terminal, so this is the story as text/);
    assert.match(stdout, /^# kubelet\/02-pod-workers · parked-kill/);
    assert.ok(!stdout.includes('\u001b'));
    const run = await chapter(['kubelet/02']);
    assert.equal(stdout, run.stdout);
  });

  test('--at without a terminal shows that step', async () => {
    const words = ['step', 'kubelet/02', '--at', at];
    const { code, stdout, stderr } = await chapter(words);
    assert.equal(code, 0);
    assert.match(stderr, /^Not a terminal, so this is the step as text/);
    assert.match(stdout, /\n▶ \d+ .*updatePod\(/);
    assert.match(stdout, /\n── call PodWorkers\.updatePod kill ─/);
    assert.match(stdout, /\nstack: .*PodWorkers\.updatePod/);
  });

  test('opens an exercise’s folder beside its reference', async () => {
    const { code, stdout } = await chapter(['step', folder, '--at', at]);
    assert.equal(code, 0);
    assert.match(stdout, / · two-kills /);
    assert.match(stdout, /\n {4}this run +│ the reference/);
    assert.match(stdout, /\n≠ /);
    const file = inFolder('trace.json');
    const against = ['--at', at, '--against', 'forgotten-kill'];
    const other = await chapter(['step', file, ...against]);
    assert.match(other.stdout, /\n {4}this run +│ forgotten-kill/);
    assert.match(other.stderr, /\nThe two runs part at step \d+: "call /);
  });

  test('sends no control characters of a trace to the terminal', async () => {
    const text = readFileSync(inFolder('trace.json'), 'utf8');
    const evil = text.replaceAll(
      'uid-web',
      String.raw`uid\u001b[31m-\u202eweb`,
    );
    assert.notEqual(evil, text);
    writeFileSync(inFolder('evil.json'), evil);
    const words = ['step', inFolder('evil.json')];
    const story = await chapter(words);
    const one = await chapter([...words, '--at', at]);
    for (const { code, stdout, stderr } of [story, one]) {
      assert.equal(code, 0, stderr);
      assert.match(stdout, /uid\[31m-web/);
      assert.doesNotMatch(stdout, /[\u001b\u202e]/u);
    }
  });

  test('reads no file that a trace names but the recorded ones', async () => {
    const text = readFileSync(inFolder('trace.json'), 'utf8');
    for (const path of ['../../etc/passwd', 'package.json']) {
      const evil = text.replaceAll('runnable/kubelet/pod-workers.ts', path);
      writeFileSync(inFolder('path.json'), evil);
      const words = ['step', inFolder('path.json'), '--at', at];
      const { stdout } = await chapter(words);
      assert.match(stdout, /\nThe file is not here, or is another one than/);
    }
  });

  test('refuses what is no trace, in one line', async () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      [
        'bad.json',
        /^Cannot read the trace: it has version nothing, and this reads version 2 \(in .*bad\.json\)$/,
      ],
      ['text.json', /^Cannot read .*text\.json: expected a trace in JSON$/],
      ['huge.json', /: expected at most 134217728 bytes, found 209715200$/],
      [
        'none.json',
        /none\.json: expected a trace, or a folder with trace\.json, found nothing of that name$/,
      ],
      ['', /: it has no trace\.json yet; check the exercise first$/],
    ];
    for (const [name, message] of cases) {
      await refuses(name === '' ? empty : inFolder(name), message);
    }
    await refuses(
      '/dev/null',
      'Cannot read /dev/null: expected a file, found something else',
    );
    await refuses(
      folder,
      /^Cannot use --seed with .*: a recorded run is as it was recorded$/,
      { seed: '3' },
    );
  });

  test('refuses wrong words, with the nearest', async () => {
    await refuses(
      'kubelet/pod-wrkers',
      'Cannot find chapter "kubelet/pod-wrkers": did you mean "kubelet/pod-workers"?',
    );
    await refuses(
      'kubelet/02',
      'Cannot find scenario "two-kill" of kubelet/02-pod-workers: did you mean "two-kills"?',
      { against: 'two-kill' },
    );
    const wrong = ['step', 'kubelet/02', '--at', `${at}s`];
    const { code, stdout, stderr } = await chapter(wrong);
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(
      stderr,
      `Cannot find step "${at}s" of parked-kill: did you mean "${at}"?\n`,
    );
  });
});

const script = '/usr/bin/script';

/** Runs a command line on a real terminal of 80 by 24; types keys, or kills. */
async function onTerminal(
  line: string,
  keys: readonly string[],
): Promise<string> {
  const shell = `stty rows 24 cols 80; ${line}; echo "code $?"; stty -a`;
  const child = spawn(script, ['-qefc', shell, '/dev/null'], {
    env: {
      ...process.env,
      ...compiled,
      TERM: 'xterm',
      WORKBOOK: scratch,
    },
  });
  let text = '';
  const left = [...keys];
  const press = (key: string | undefined): void => {
    if (key === undefined) return;
    const pid = /pid (?<pid>\d+)/.exec(text)?.groups?.['pid'];
    if (key === 'SIGTERM') process.kill(Number(pid), key);
    else child.stdin.write(key);
  };
  let waiting: NodeJS.Timeout | undefined;
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    if (!text.includes('q leave')) return;
    // Types when the picture is complete: nothing was written for a while.
    clearTimeout(waiting);
    waiting = setTimeout(() => press(left.shift()), 100);
  });
  const guard = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(guard);
  clearTimeout(waiting);
  return text;
}

describe('npm run chapter step on a real terminal', () => {
  const skip = process.platform !== 'linux' || !existsSync(script);
  const main = fileURLToPath(new URL('src/chapter/main.ts', projectRoot));
  const line = `'${process.execPath}' '${main}' step kubelet/02`;

  test('steps, and leaves the terminal as it was', { skip }, async () => {
    const text = await onTerminal(line, ['\u001b[C', 'q']);
    assert.match(text, /\u001b\[\?1049h/);
    assert.match(text, /story 1\/\d+/);
    assert.match(text, /story 2\/\d+/);
    const [, rest = ''] = text.split('\u001b[?25h\u001b[?1049l');
    assert.match(
      rest,
      /Come back with: npm run chapter step kubelet\/02-pod-workers -- --at "/,
    );
    assert.match(rest, /code 0\r\n/);
    assert.match(rest, / icanon /);
    assert.match(rest, / echo /);
  });

  test('gives it back when the process is ended', { skip }, async () => {
    const named = `sh -c 'echo pid $$; exec "$@"' sh ${line}`;
    const text = await onTerminal(named, ['SIGTERM']);
    const [, rest = ''] = text.split('\u001b[?25h\u001b[?1049l');
    assert.match(rest, /code 143\r\n/);
    assert.match(rest, / icanon /);
    assert.match(rest, / echo /);
  });
});
