/**
 * The workbook as a student meets it: every test starts the real command line.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { originalOf } from '../../src/exercise/pack.ts';
import { chapter } from './command.ts';
import { freshFolder } from './scratch.ts';

const id = 'kubelet/02-pod-workers/parking';
const right = originalOf('runnable/kubelet/pod-workers.ts');
const wrong = right.replace("before.updateType !== 'kill'", 'true');

const scratch = freshFolder('exercise');
const book = join(scratch, 'book');
const env = { WORKBOOK: book };
const file = join(book, id, 'pod-workers.ts');

const exercise = (...words: readonly string[]) =>
  chapter(['exercise', ...words], { env });

after(() => {
  rmSync(scratch, { recursive: true });
});

describe('npm run chapter exercise', () => {
  test('lists what there is, and where to begin', async () => {
    const { code, stdout, stderr } = await exercise();
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /^ {2}parking +Room for one {2}\(fill, 20 min, 9 points\)$/m,
    );
    assert.match(stdout, /Begin anywhere, .* npm run chapter exercise \S+\n$/);
  });

  test('cannot check what was not begun, and says how to begin', async () => {
    const { code, stderr } = await exercise('parking', '--check');
    assert.equal(code, 2);
    assert.match(stderr, /: there is no \S+\.ts; begin it with: npm run/);
  });

  test('begins with a starter and a README, and keeps work', async () => {
    const { code, stdout, stderr } = await exercise('kubelet/02/parking');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Edit .*pod-workers\.ts$/m);
    assert.match(readFileSync(file, 'utf8'), /updatePod is not written yet/);
    assert.match(readFileSync(join(book, id, 'README.md'), 'utf8'), /--watch/);
    writeFileSync(file, wrong);
    const again = await exercise(id);
    assert.match(again.stdout, /begun before; your work is as you left it/);
    assert.equal(readFileSync(file, 'utf8'), wrong);
  });

  test('--check says what rule is broken and how to see it, and exits 1', async () => {
    const { code, stdout, stderr } = await exercise(id, '--check');
    assert.equal(code, 1);
    assert.equal(stderr, 'Not yet.\n');
    assert.match(stdout, /: 6 of 9 points$/m);
    assert.match(stdout, /^ +A parked kill is never overwritten, because/m);
    assert.match(
      stdout,
      /^ +expected {2}the syncs to be \["create","kill"\]$/m,
    );
    assert.match(stdout, /^ +seen {6}\["create","sync"\]$/m);
    const step = /chapter step (?<trace>\S+) -- --at "(?<address>[^"]*)"/.exec(
      stdout,
    )?.groups;
    assert.ok(step, stdout);
    assert.match(
      stdout,
      /http:\/\/127\.0\.0\.1:4321\/kubelet\/02-pod-workers\/#/,
    );
    assert.match(stdout, /drop on its stage\n\S+\/trace\.json$/m);
    const words = ['step', step['trace']!, '--at', step['address']!];
    const stepped = await chapter(words, { env });
    assert.equal(stepped.code, 0, stepped.stderr);
    assert.match(stepped.stdout, /updatePod sync/);
  });

  test('--only lets one check decide', async () => {
    const ends = async (check: string): Promise<number | null> =>
      (await exercise(id, '--check', '--only', check)).code;
    assert.equal(await ends('one-at-a-time'), 0);
    assert.equal(await ends('kill-stays'), 1);
    assert.equal(await ends('kil-stays'), 2);
  });

  test('--hint gives one more hint each time, three in all', async () => {
    const hints = [];
    for (let asked = 0; asked < 4; asked += 1) {
      hints.push((await exercise(id, '--hint')).stdout);
    }
    assert.match(hints[0]!, /^Hint 1 of 3, the idea: /);
    assert.match(hints[1]!, /^Hint 2 of 3, the place: /);
    assert.match(hints[2]!, /^Hint 3 of 3, the trace: /);
    assert.equal(hints[3]!.match(/^Hint/gm)?.length, 3);
  });

  test('--reset and --solution ask first', async () => {
    for (const flag of ['--reset', '--solution']) {
      const { code, stderr } = await exercise(id, flag);
      assert.equal(code, 2);
      assert.match(stderr, /^Cannot ask ".*": expected a terminal; --yes/);
    }
    assert.equal(readFileSync(file, 'utf8'), wrong);
    const { stdout } = await exercise(id, '--solution', '--yes');
    assert.equal(stdout.trimEnd(), right.trimEnd());
    await exercise(id, '--reset', '--yes');
    assert.match(readFileSync(file, 'utf8'), /is not written yet/);
  });

  test('passes, and remembers it', async () => {
    writeFileSync(file, right);
    const { code, stdout, stderr } = await exercise(id, '--check');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /All checks pass/);
    writeFileSync(file, wrong);
    await exercise(id, '--check');
    const list = await exercise();
    assert.match(list.stdout, /^ {2}parking +passed /m);
    const ours = await exercise(id, '--solution');
    assert.equal(ours.code, 0, ours.stderr);
  });

  test('progress travels as a file', async () => {
    const saved = join(scratch, 'progress.json');
    await exercise('--export', saved);
    const other = { WORKBOOK: join(scratch, 'other') };
    const taken = await chapter(['exercise', '--import', saved], {
      env: other,
    });
    assert.equal(taken.code, 0, taken.stderr);
    const list = await chapter(['exercise'], { env: other });
    assert.match(list.stdout, /^ {2}parking +passed /m);
    writeFileSync(saved, '{}');
    const bad = await chapter(['exercise', '--import', saved], { env: other });
    assert.equal(bad.code, 2);
    assert.match(bad.stderr, /^Cannot use \S+: Cannot read progress: wanted/);
  });

  test('progress that cannot be read is put aside, never replaced', async () => {
    const broken = { WORKBOOK: join(scratch, 'broken') };
    mkdirSync(broken.WORKBOOK);
    const at = (name: string): string => join(broken.WORKBOOK, name);
    const begin = async (text: string): Promise<string> => {
      writeFileSync(at('progress.json'), text);
      const words = ['exercise', id, '--hint'];
      const { code, stderr } = await chapter(words, { env: broken });
      assert.equal(code, 0, stderr);
      return stderr;
    };
    const said = await begin('{"chapters": ');
    assert.match(
      said,
      /^Cannot read \S+progress\.json: wanted format .*; it is kept as \S+progress\.broken\.json, which .*\n$/,
    );
    assert.match(await begin('[]'), /progress\.broken-2\.json/);
    assert.equal(
      readFileSync(at('progress.broken.json'), 'utf8'),
      '{"chapters": ',
    );
    assert.equal(readFileSync(at('progress.broken-2.json'), 'utf8'), '[]');
    assert.match(readFileSync(at('progress.json'), 'utf8'), /"hints": 1/);
  });

  test('names the nearest exercise', async () => {
    const { code, stderr } = await exercise('parkin');
    assert.equal(code, 0, stderr);
    const far = await exercise('praking');
    assert.equal(far.code, 2);
    assert.match(far.stderr, /^Cannot find exercise "praking": did you mean "/);
    const none = await exercise('xyz');
    assert.match(none.stderr, /"xyz": "npm run chapter exercise" lists those/);
    const only = await exercise('parking', '--only', 'kill-stays');
    assert.match(only.stderr, /"--only": it goes with --check/);
  });

  test('says in one line what keeps it from reading or writing a file', async () => {
    const before = readFileSync(file, 'utf8');
    rmSync(file);
    mkdirSync(file);
    const folder = await exercise(id, '--check');
    assert.equal(folder.code, 2);
    assert.match(
      folder.stderr,
      /^Cannot read \S+: expected a file, found a folder\n$/,
    );
    rmSync(file, { recursive: true });
    writeFileSync(file, before);
    const begun = await chapter(['exercise', id], { env: { WORKBOOK: file } });
    assert.equal(begun.code, 3);
    assert.match(begun.stderr, /^Cannot begin \S+: ENOTDIR.*\n$/);
    const handed = await chapter(['handout', file]);
    assert.equal(handed.code, 2);
    assert.match(
      handed.stderr,
      /^Cannot make .* expected a folder, found a file\n$/,
    );
  });

  test('refuses flags that do not go together, in one line', async () => {
    const lines = [
      [['--check'], 'flag "--check": expected an exercise\'s id'],
      [['--only', 'x'], 'flag "--only": expected an exercise\'s id'],
      [[id, '--hint', '--check'], 'flag "--hint" with "--check": expected one'],
      [[id, '--reset', '--solution', '--yes'], 'flag "--solution" with'],
      [[id, '--watch', '--only', 'x'], 'flag "--only": it goes with --check'],
      [[id, '--export', '-'], 'flag "--export" with an exercise: it is for'],
    ] as const;
    const before = readFileSync(file, 'utf8');
    for (const [words, line] of lines) {
      const { code, stdout, stderr } = await exercise(...words);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.ok(stderr.startsWith(`Cannot use ${line}`), stderr);
    }
    assert.equal(readFileSync(file, 'utf8'), before);
  });
});

describe('a sheet of answers with slips of the pen', () => {
  const asked = 'tomcat/04-frames/garbled';
  const told = async (sheet: string): Promise<string> => {
    mkdirSync(join(book, asked), { recursive: true });
    writeFileSync(join(book, asked, 'answer.yaml'), sheet);
    return (await exercise(asked, '--check')).stdout;
  };

  test('that is no YAML', async () => {
    const place = /garbled\/answer\.yaml:\d: this cannot be read as YAML: /;
    assert.match(await told('step: "\nline: 3\n'), place);
    assert.match(await told('- a\n'), place);
  });

  test('with an answer to what nobody asked', async () => {
    assert.match(await told('stpe: x\n'), /, and "stpe" is no question here/);
  });

  test('with answers that are none', async () => {
    const text = await told('line: abc\nwhy: [a, b]\n');
    assert.match(text, /expected {2}the number of a line\n +seen {6}"abc"/);
    assert.match(
      text,
      /expected {2}one of a, b, c, d\n +seen {6}"\["a","b"\]"/,
    );
  });
});
