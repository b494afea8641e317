import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkStory } from '../../src/trace/check.ts';
import { openTrace } from '../../src/trace/open.ts';
import { storyText } from '../../src/trace/story.ts';
import { TraceBuilder } from './builder.ts';
import { queueRun } from './queue-run.ts';

describe('storyText()', () => {
  it('lays out head, steps and what changed', () => {
    const { builder } = queueRun();
    builder.notes.push('an API answer takes 2 ms');
    const text = storyText(openTrace(builder.build()));
    assert.equal(
      text,
      [
        '# part/01-test · small · seed 1',
        '# cast: user; informers; things = the things controller',
        '# an API answer takes 2 ms',
        '# indented: what changed, old → new; – means absent',
        '',
        ' 1    0.000s  user       store.create Thing default/a  — The user creates Thing `a`.',
        '                         metadata.generation  – → 1',
        ' 2    0.001s  things     queue.get Things default/a  — A worker of `Things` takes key `default/a`.',
        '                         Things  [default/a] → [];  processing  {} → {default/a}',
        ' 3    0.001s  things     store.create Child default/a  — The things controller creates Child `a`.',
        '                         labels  – → of=a;  controller owner  – → Thing a',
        ' 4    0.003s  things     queue.done Things default/a  — Run 1 of `default/a` ends without an error.',
        '',
      ].join('\n'),
    );
  });

  it('says how a run ended that failed', () => {
    const trace = queueRun().builder.build({ error: 'Error: stuck' });
    assert.match(
      storyText(openTrace(trace)),
      /# the run ended .*Error: stuck/u,
    );
  });

  it('wraps long notes below their first word', () => {
    const builder = new TraceBuilder().lane('a', ['a']);
    builder.notes.push(`folded: ${'many words '.repeat(20)}end`);
    const lines = storyText(openTrace(builder.build())).split('\n');
    assert.ok(lines.every((line) => line.length <= 122));
    assert.match(lines[3] ?? '', /^# {9}\w/u);
  });
});

describe('checkStory()', () => {
  it('reports undefined placeholders as errors', () => {
    const builder = new TraceBuilder().lane('a', ['a']).task('a');
    const story = ['The loop finds {nothing.here} and then goes on.'];
    builder.call(builder.site('look', { story }));
    builder.return();
    const remarks = checkStory(openTrace(builder.build()));
    const errors = remarks.filter(({ severity }) => severity === 'error');
    assert.deepEqual(
      errors.map(({ address, text }) => [address, text]),
      [['call look', `Cannot fill "{nothing.here}" of "${story[0] ?? ''}"`]],
    );
  });

  it('remarks on equal shapes, lengths and the number of steps', () => {
    const builder = new TraceBuilder().lane('a', ['a']).task('a');
    for (const word of ['one', 'two']) {
      const story = [`The loop takes ${word}.`];
      builder.call(builder.site(word, { story }));
      builder.return();
    }
    const texts = checkStory(openTrace(builder.build())).map(
      ({ text }) => text,
    );
    assert.deepEqual(texts, [
      'Has 4 words; 6 to 22 read best',
      'Has the shape of its neighbour: "the takes"',
      'Has 4 words; 6 to 22 read best',
      'The story has 2 steps; 20 to 50 read best',
    ]);
  });
});
