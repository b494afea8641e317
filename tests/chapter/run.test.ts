/**
 * The command line as a user meets it: every test starts the real thing.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readSource } from '../../src/source/files.ts';
import { chapter, scratch } from './command.ts';

interface StepJson {
  readonly n: number;
  readonly address: string;
  readonly time: number;
  readonly actor: string | null;
  readonly kind: string;
  readonly text: string;
  readonly file: string | null;
  readonly line: number | null;
}

interface RunJson {
  readonly chapter: string;
  readonly scenario: string;
  readonly seed: number;
  readonly hash: string;
  readonly steps: readonly StepJson[];
  readonly result: unknown;
}

const manifest = (...more: readonly string[]): string =>
  `apiVersion: serving.knative.dev/v1alpha1
kind: Service
metadata:
  name: mine
  namespace: default
spec:
  runLatest:
    configuration:
      revisionTemplate:
        spec:
          container:
            image: example.com/mine
${more.join('\n')}
`;

/** Expects one line on stderr, nothing on stdout, and an exit code. */
async function refuses(
  words: readonly string[],
  code: number,
  line: string | RegExp,
  stdin = '',
): Promise<void> {
  const ended = await chapter(words, { stdin });
  assert.equal(ended.code, code, ended.stderr);
  assert.equal(ended.stdout, '');
  const text = ended.stderr.trimEnd();
  assert.ok(!text.includes('\n'), text);
  if (typeof line === 'string') assert.equal(text, line);
  else assert.match(text, line);
}

describe('npm run chapter', { concurrency: 2 }, () => {
  const file = (name: string): string => join(scratch, name);

  before(() => {
    mkdirSync(scratch, { recursive: true });
    writeFileSync(file('mine.yaml'), manifest());
    writeFileSync(file('field.yaml'), manifest('            imagee: x'));
    writeFileSync(file('broken.yaml'), manifest('kind Service'));
    writeFileSync(file('large.yaml'), `# ${'x'.repeat(1024 * 1024)}\n`);
  });

  after(() => {
    rmSync(scratch, { recursive: true });
  });

  test('alone lists the chapters and what was run of them', async () => {
    const { code, stdout, stderr } = await chapter([]);
    assert.equal(code, 0);
    assert.equal(stderr, '');
    assert.match(stdout, /^ {2}knative\/02-service +\S.*scenarios run\)$/m);
    assert.match(stdout, /Run one with: npm run chapter \S+\n$/);
    assert.ok(!stdout.includes('\u001b'));
  });

  test('list --json has the documented shape', async () => {
    const { code, stdout } = await chapter(['list', '--json']);
    assert.equal(code, 0);
    const chapters = JSON.parse(stdout) as Record<string, unknown>[];
    for (const one of chapters) {
      assert.deepEqual(Object.keys(one), [
        'id',
        'part',
        'title',
        'scenarios',
        'exercises',
      ]);
      for (const scenario of one['scenarios'] as object[]) {
        assert.deepEqual(Object.keys(scenario), ['id', 'title']);
      }
    }
    assert.ok(chapters.some(({ id }) => id === 'knative/02-service'));
  });

  test('a chapter runs its first scenario and notes that it did', async () => {
    const env = { WORKBOOK: file('book') };
    const ended = await chapter(['knative/02'], { env });
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(
      ended.stdout,
      /^# knative\/02-service · hello-world · seed 1\n/,
    );
    assert.match(ended.stdout, /store\.create Service default\/helloworld-go/);
    assert.match(ended.stderr, /^Other scenarios: .*conflict/m);
    const progress = readFileSync(join(file('book'), 'progress.json'), 'utf8');
    assert.deepEqual(JSON.parse(progress), {
      format: 'inside-the-loop/progress',
      version: 1,
      chapters: { 'knative/02-service': { scenarios: ['hello-world'] } },
    });
    const { stdout } = await chapter([], { env });
    assert.match(stdout, /knative\/02-service.*1 of \d+ scenarios run/);
  });

  test('run --json has the documented shape, and a hash of the trace', async () => {
    const words = ['knative/service', '--scenario', 'conflict'];
    const { code, stdout, stderr } = await chapter([...words, '--json']);
    assert.equal(code, 0, stderr);
    const run = JSON.parse(stdout) as RunJson;
    assert.deepEqual(Object.keys(run), [
      'chapter',
      'scenario',
      'seed',
      'hash',
      'steps',
      'result',
    ]);
    assert.equal(run.chapter, 'knative/02-service');
    assert.equal(run.scenario, 'conflict');
    for (const [index, step] of run.steps.entries()) {
      assert.equal(step.n, index + 1);
      assert.equal(typeof step.time, 'number');
      assert.ok(step.text !== '' && step.kind !== '' && step.address !== '');
      assert.ok(step.file === null || step.file.startsWith('runnable/'));
    }
    assert.ok(run.steps.some(({ kind }) => kind === 'store.conflict'));
    const exported = await chapter(['export', ...words, '--format', 'trace']);
    const bytes = exported.stdout.trimEnd();
    assert.equal(createHash('sha256').update(bytes).digest('hex'), run.hash);
  });

  test('--seed chooses chance, --level how much is told', async () => {
    const [story, calls] = await Promise.all(
      ['story', 'calls'].map(async (level) => {
        const words = ['kubelet/02', '--seed', '7', '--level', level, '--json'];
        const { stdout } = await chapter(words);
        return JSON.parse(stdout) as RunJson;
      }),
    );
    assert.equal(story!.seed, 7);
    assert.equal(story!.hash, calls!.hash);
    assert.ok(calls!.steps.length > 2 * story!.steps.length);
  });

  test('--input runs the reader’s own manifest', async () => {
    const words = ['knative/02', '--input', file('mine.yaml')];
    const { code, stdout, stderr } = await chapter(words);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /store\.create Configuration default\/mine/);
    const piped = await chapter(['knative/02', '--input', '-'], {
      stdin: manifest(),
    });
    assert.equal(piped.stdout, stdout);
  });

  test('--input refuses what it cannot use, in one line', async () => {
    const input = (name: string): string[] => ['knative/02', '--input', name];
    const broken = file('broken.yaml');
    await refuses(
      input(broken),
      2,
      `Cannot parse ${broken} at line 13, column 1: expected "key: value" on one line, found "kind Service"`,
    );
    const field = file('field.yaml');
    await refuses(
      input(field),
      2,
      `Cannot use ${field} at spec.runLatest.configuration.revisionTemplate.spec.container.imagee: unknown field, did you mean "image"?`,
    );
    const large = file('large.yaml');
    await refuses(
      input(large),
      2,
      `Cannot read ${large}: expected at most 1048576 bytes, found 1048579`,
    );
    const bytes = file('bytes');
    for (const text of ['\ufeffa: 1', 'a\0b']) {
      writeFileSync(bytes, text, text.includes('\0') ? 'utf8' : 'utf16le');
      await refuses(
        input(bytes),
        2,
        `Cannot read ${bytes}: expected text in UTF-8, found bytes that are none`,
      );
    }
    const none = file('none.yaml');
    await refuses(
      input(none),
      2,
      `Cannot read ${none}: expected a file, found nothing of that name`,
    );
    await refuses(
      input(scratch),
      2,
      `Cannot read ${scratch}: expected a file, found a folder`,
    );
    await refuses(
      input('-'),
      2,
      'Cannot read stdin: expected a document, found nothing',
    );
    await refuses(
      ['kubelet/02', ...input(file('mine.yaml')).slice(1)],
      2,
      /^Cannot use --input with scenario ".*" of kubelet\/02-pod-workers: it takes none$/,
    );
  });

  test('--input lets the webhook refuse what makes no sense, in one line', async () => {
    const stdin = manifest('            name: mine');
    const ended = await chapter(['knative/02', '--input', '-'], { stdin });
    assert.equal(ended.code, 1);
    assert.match(ended.stdout, /The webhook refuses Service `mine`/);
    assert.equal(
      ended.stderr.trimEnd(),
      'The run did not succeed: ApiError: admission webhook "webhook.serving.knative.dev" denied the request: mutation failed: must not set the field(s): spec.runLatest.configuration.revisionTemplate.spec.container.name',
    );
  });

  test('wrong words get one line with the nearest name', async () => {
    await refuses(
      ['lst'],
      2,
      'Cannot find chapter "lst": did you mean "list"?',
    );
    await refuses(
      ['--foo'],
      2,
      'Cannot use flag "--foo": run with --help for the flags there are',
    );
    await refuses(
      ['knative/02', '--lvel', 'calls'],
      2,
      'Cannot use flag "--lvel": did you mean "--level"?',
    );
    await refuses(
      ['knative/02', '--level', 'call'],
      2,
      'Cannot find level "call": did you mean "calls"?',
    );
    await refuses(
      ['knative/02', '--level'],
      2,
      'Cannot use flag "--level": expected a value, found nothing',
    );
    await refuses(
      ['knative/02', '--seed', '4294967296'],
      2,
      'Cannot use seed "4294967296": expected an integer from 0 to 4294967295',
    );
    await refuses(
      ['export', 'knative/02', '--format', 'trac'],
      2,
      'Cannot find format "trac": did you mean "trace"?',
    );
    await refuses(
      ['run'],
      2,
      'Cannot run the command: expected <chapter>, found nothing',
    );
    await refuses(
      ['knative/02', '--at', 'x'],
      2,
      'Cannot use flag "--at" with "run": it belongs to "step"',
    );
    await refuses(
      ['export', 'knative/02', '--ot', 'x'],
      2,
      'Cannot use flag "--ot": did you mean "--out"?',
    );
    await refuses(
      ['knative/02', 'calls'],
      2,
      'Cannot run "run": expected 1 word, found 2; through npm, flags stand behind "--"',
    );
    await refuses(
      ['serve', 'tomcat', '--log', 'event'],
      2,
      'Cannot use flag "--log" with "event": expected events',
    );
  });

  test('--help and --version are everywhere', async () => {
    const words = [[], ['list'], ['run'], ['try'], ['export']];
    for (const verb of words) {
      const { code, stdout } = await chapter([...verb, '--help']);
      assert.equal(code, 0);
      assert.match(stdout, /^Usage: chapter/);
    }
    const { version } = JSON.parse(readSource('package.json').text) as {
      readonly version: string;
    };
    for (const verb of words.slice(0, 2)) {
      const { code, stdout } = await chapter([...verb, '--version']);
      assert.deepEqual([code, stdout], [0, `${version}\n`]);
    }
  });

  test('a reader who goes away gets no complaint', async () => {
    const words = ['kubelet/02', '--level', 'lines'];
    const { stderr } = await chapter(words, { closeEarly: true });
    assert.ok(!/EPIPE|Error/.test(stderr), stderr);
  });
});
