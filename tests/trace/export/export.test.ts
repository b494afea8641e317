import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeChrome } from '../../../src/trace/export/chrome.ts';
import { writeMermaid } from '../../../src/trace/export/mermaid.ts';
import { writeOtlp } from '../../../src/trace/export/otlp.ts';
import { writeShiviz } from '../../../src/trace/export/shiviz.ts';
import { checkChrome } from './chrome-rules.ts';
import { checkMermaid } from './mermaid-rules.ts';
import { checkOtlp } from './otlp-rules.ts';
import { nasty, sample } from './sample.ts';
import { checkShiviz } from './shiviz-rules.ts';
import { openTrace } from '../../../src/trace/open.ts';
import { TraceBuilder } from '../builder.ts';

const nothing = () => openTrace(new TraceBuilder().build());

describe('writeChrome()', () => {
  it('gives each call its own id, so that calls of a task may overlap', () => {
    const { traceEvents } = checkChrome(writeChrome(sample()));
    const works = traceEvents.filter(({ name }) => name === 'Worker.work');
    assert.deepEqual(
      works.map(({ ph, id }) => `${ph} ${String(id)}`),
      ['b 2', 'b 3', 'e 2', 'e 3', 'b 4', 'e 4'],
    );
    const [, , thrown, , , open] = works;
    assert.equal(thrown?.args['outcome'], 'threw');
    assert.match(String(thrown.args['error']), /a; b/);
    assert.equal(open?.args['outcome'], 'open');
  });

  it('leads a flow from the send to the receive', () => {
    const { traceEvents } = checkChrome(writeChrome(sample()));
    const flow = traceEvents.filter(({ ph }) => ph === 's' || ph === 'f');
    assert.equal(flow.length, 2);
    const kinds = flow.map(
      ({ tid, ts }) =>
        traceEvents.find(
          (one) => one.ph === 'X' && one.tid === tid && one.ts === ts,
        )?.cat,
    );
    assert.deepEqual(kinds, ['chan.send', 'chan.recv']);
  });
});

describe('writeOtlp()', () => {
  it('makes one tree of run, tasks and calls', () => {
    const spans = checkOtlp(writeOtlp(sample()));
    const nameOf = new Map(spans.map(({ spanId, name }) => [spanId, name]));
    assert.deepEqual(
      spans.map(({ name, parentSpanId }) => [
        name,
        nameOf.get(parentSpanId ?? ''),
      ]),
      [
        ['part/01-test · small', undefined],
        ['main', 'part/01-test · small'],
        ['worker 1', 'part/01-test · small'],
        ['Client.ask', 'main'],
        ['Worker.work', 'worker 1'],
        ['Worker.work', 'worker 1'],
        ['Worker.work', 'worker 1'],
      ],
    );
    assert.equal(spans[4]?.status?.code, 2);
  });

  it('links a receive to the call that sent', () => {
    const spans = checkOtlp(writeOtlp(sample()));
    const ask = spans.find(({ name }) => name === 'Client.ask');
    const linked = spans.filter(({ links }) => links !== undefined);
    assert.deepEqual(
      linked.map(({ name, links }) => [name, links?.map((one) => one.spanId)]),
      [['Worker.work', [ask?.spanId]]],
    );
  });

  it('writes the same bytes every time', () => {
    assert.equal(writeOtlp(sample()), writeOtlp(sample()));
  });
});

describe('writeMermaid()', () => {
  it('escapes what would mean something to Mermaid', async () => {
    const { actors, texts } = await checkMermaid(writeMermaid(sample()));
    assert.deepEqual(actors, ['user; "one"', 'user_ "one"']);
    const oneLine = nasty.replaceAll('`', '').replace('\n', ' ');
    assert.ok(
      texts.some((text) => text.includes(oneLine)),
      texts.join('\n'),
    );
    assert.ok(texts.includes('1.5 s later'));
  });

  it('says where it cuts a story that is too long', async () => {
    const text = writeMermaid(sample(2000));
    const { texts } = await checkMermaid(text);
    assert.match(
      texts.at(-1) ?? '',
      /^Cut here: \d+ of 2\d{3} steps, as Mermaid takes at most 50,000 characters$/,
    );
    assert.ok(text.length > 45_000);
  });

  it('draws a run without steps', async () => {
    const { actors } = await checkMermaid(writeMermaid(nothing()));
    assert.deepEqual(actors, ['run']);
  });
});

describe('writeShiviz()', () => {
  it('lets the receiver know what the sender knew', () => {
    const events = checkShiviz(writeShiviz(sample()));
    const [first, second] = new Set(events.map(({ host }) => host));
    assert.deepEqual([first, second], ['user;__one_', 'user___one_']);
    const received = events.find(({ event }) => event.includes('chan.recv'));
    assert.ok((received?.clock['user;__one_'] ?? 0) > 0);
  });

  it('has only its head for a run without steps', () => {
    assert.deepEqual(checkShiviz(writeShiviz(nothing())), []);
  });
});
