/**
 * The marking as a teacher meets it: every test starts the real command line.
 */
import assert from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { schemaOfJson } from '../../src/chapter/report/json.ts';
import { originalOf } from '../../src/exercise/pack.ts';
import { chapter } from './command.ts';
import { fits } from './report/contracts.ts';
import { freshFolder } from './scratch.ts';

const id = 'kubelet/02-pod-workers/parking';
const right = originalOf('runnable/kubelet/pod-workers.ts');
const wrong = right.replace("before.updateType !== 'kill'", 'true');

const scratch = freshFolder('grade');

after(() => {
  rmSync(scratch, { recursive: true });
});

describe('npm run chapter grade', () => {
  const class_ = join(scratch, 'class');
  const handIn = (name: string, text: string): void => {
    const folder = join(class_, name, id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'pod-workers.ts'), text);
  };
  handIn('alice', right);
  handIn('bob/workbook', wrong);
  handIn('carol', 'this is no TypeScript');
  mkdirSync(join(class_, 'dave', id, 'pod-workers.ts'), { recursive: true });

  const grade = (...words: readonly string[]) => chapter(['grade', ...words]);

  test('marks a folder of submissions, several reports at once', async () => {
    const out = join(scratch, 'out.json');
    const words = ['--only', 'parking', '--report', 'csv'];
    const ended = await grade(class_, ...words, '--report', `json=${out}`);
    assert.equal(ended.code, 0, ended.stderr);
    const rows = ended.stdout.split('\r\n').slice(1, 5);
    assert.deepEqual(
      rows.map((row) => row.split(',').slice(0, 6).join(' ')),
      ['alice 9 9 yes', 'bob 6 9 no', 'carol 0 9 no', 'dave 0 9 no'].map(
        (row) => row.replace(' ', ` ${id} Room for one `),
      ),
    );
    assert.match(rows[2]!, /carol.*pod-workers\.ts:1: this cannot be read/);
    assert.match(rows[3]!, /What was handed in is not a file/);
    fits(schemaOfJson, JSON.parse(readFileSync(out, 'utf8')));
  });

  test('marks one submission, in whatever shape it comes', async () => {
    const flat = join(scratch, 'flat');
    mkdirSync(flat);
    cpSync(
      join(class_, 'alice', id, 'pod-workers.ts'),
      join(flat, 'pod-workers.ts'),
    );
    for (const folder of [join(class_, 'bob'), flat]) {
      const words = ['--only', 'parking', '--report', 'exercism'];
      const { code, stdout, stderr } = await grade(folder, ...words);
      assert.equal(code, 0, stderr);
      const { status } = JSON.parse(stdout) as { readonly status: string };
      assert.equal(status, folder === flat ? 'pass' : 'fail');
    }
  });

  test('refuses what it cannot use, in one line', async () => {
    const lines = [
      [[join(scratch, 'no')], /^Cannot grade \S+: expected a folder$/],
      [[scratch, '--only', 'praking'], /did you mean/],
      [[class_, '--report', 'xml'], /^Cannot find report "xml"/],
      [[class_, '--report', 'tap', '--report', 'csv'], /two reports to stdout/],
      [[class_, '--report', 'exercism'], /expected one solution/],
      [
        [class_, '--report', `csv=${scratch}`],
        /^Cannot write .* found a folder$/,
      ],
      [[], /expected a folder, found nothing/],
    ] as const;
    for (const [words, line] of lines) {
      const { code, stdout, stderr } = await grade(...words);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr.trimEnd(), line);
      assert.ok(!stderr.trimEnd().includes('\n'));
    }
  });

  test('publishes the schema of its JSON', async () => {
    const { stdout } = await grade('--schema');
    assert.deepEqual(JSON.parse(stdout), schemaOfJson);
  });
});
