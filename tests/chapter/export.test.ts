/**
 * What `npm run chapter export` writes of real runs, under the rules of each
 * format.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { findChapters } from '../../src/chapter/catalog.ts';
import { recordScenario } from '../../src/chapter/record.ts';
import { writeChrome } from '../../src/trace/export/chrome.ts';
import { writeMermaid } from '../../src/trace/export/mermaid.ts';
import { writeOtlp } from '../../src/trace/export/otlp.ts';
import { writeShiviz } from '../../src/trace/export/shiviz.ts';
import { openTrace } from '../../src/trace/open.ts';
import { readTrace } from '../../src/trace/read.ts';
import { checkChrome } from '../trace/export/chrome-rules.ts';
import { checkMermaid } from '../trace/export/mermaid-rules.ts';
import { checkOtlp } from '../trace/export/otlp-rules.ts';
import { checkShiviz } from '../trace/export/shiviz-rules.ts';
import { chapter, scratch } from './command.ts';

describe('npm run chapter export', { concurrency: 2 }, () => {
  after(() => rmSync(scratch, { recursive: true, force: true }));

  // The last chapter of each part, and its last scenario, which is a failure
  // and has most to tell. All of them, which obey the same rules, would take
  // minutes.
  const lastOfPart = new Map(
    findChapters().map((one) => [one.id.split('/', 1)[0], one]),
  );
  for (const { id, scenarios } of lastOfPart.values()) {
    const scenario = scenarios.at(-1) ?? '';
    test(`writes ${id}/${scenario} in every format`, async () => {
      const trace = await recordScenario({ chapter: id, scenario });
      const model = openTrace(trace);
      const { traceEvents } = checkChrome(writeChrome(model));
      const spans = checkOtlp(writeOtlp(model));
      const calls = traceEvents.filter(({ ph }) => ph === 'b');
      const frames = spans.filter(({ spanId }) => spanId.startsWith('03'));
      assert.equal(frames.length, calls.length);
      const steps = model.count('story');
      const { texts } = await checkMermaid(writeMermaid(model));
      assert.ok(texts.length > steps);
      assert.ok(checkShiviz(writeShiviz(model)).length >= steps);
    });
  }

  test('writes to a file, and says so', async () => {
    mkdirSync(scratch, { recursive: true });
    const file = join(scratch, 'run.mmd');
    const words = ['export', 'kubelet/02', '--format', 'mermaid', '--out'];
    const { code, stdout, stderr } = await chapter([...words, file]);
    assert.deepEqual([code, stdout, stderr], [0, '', `Wrote ${file}\n`]);
    assert.match(readFileSync(file, 'utf8'), /^sequenceDiagram\n/);
    for (const [place, why] of [
      [scratch, 'expected the name of a file, found a folder'],
      [join(scratch, 'no', 'x'), 'expected an existing folder, found none'],
    ]) {
      const refused = await chapter([...words, place!]);
      assert.equal(refused.code, 2);
      assert.equal(refused.stderr, `Cannot write ${place}: ${why}\n`);
    }
  });

  test('a trace can be read again', async () => {
    const { stdout } = await chapter(['export', 'kubelet/02']);
    const trace = readTrace(JSON.parse(stdout));
    assert.equal(trace.chapter, 'kubelet/02-pod-workers');
  });
});
