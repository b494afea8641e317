import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openTrace } from '../../../src/trace/open.ts';
import { TraceBuilder } from '../builder.ts';
import { object, queueRun } from '../queue-run.ts';

/** The sentences of a story. */
function sentences(builder: TraceBuilder): string[] {
  const model = openTrace(builder.build());
  return Array.from(
    { length: model.count('story') },
    (_, index) => model.step('story', index + 1).sentence,
  );
}

function worker(): TraceBuilder {
  return new TraceBuilder().lane('worker', ['worker']).task('worker');
}

describe('Speaker', () => {
  it('has a default for every kind, and varies its shape', () => {
    assert.deepEqual(sentences(queueRun().builder), [
      'The user creates Thing `a`.',
      'A worker of `Things` takes key `default/a`.',
      'The things controller creates Child `a`.',
      'Run 1 of `default/a` ends without an error.',
    ]);
  });

  // Each key is added twice, taken, and added twice again.
  it('tells every add, whoever it comes from and whatever the queue knows', () => {
    const path = 'runnable/client-go/util/workqueue/queue.ts';
    const { builder, queue } = queueRun();
    builder.keep.push('queue.add');
    builder.lane('other', ['other'], { noun: 'the other one' });
    const add = builder.site('Type.add', { path, params: ['item'] });
    const get = builder.site('Type.get', { path, async: true });
    const told = (symbol: string, about: readonly object[]): string[] => {
      const before = sentences(builder).length;
      const caller = builder.site(symbol, { path, params: ['object'] });
      for (const when of ['waiting', 'processed']) {
        for (let times = 0; times < 2; times += 1) {
          builder.task('other').call(caller, about);
          builder.call(add, [symbol], queue);
          builder.return();
          builder.return();
        }
        if (when === 'processed') break;
        builder.task(`worker of ${symbol}`).call(get, [], queue);
        builder.return({ item: symbol });
      }
      return sentences(builder)
        .slice(before)
        .filter((text) => !text.startsWith('A worker'));
    };
    assert.deepEqual(told('Impl.enqueue', [object('One')]), [
      'A change to One `a` queues key `Impl.enqueue`.',
      'Key `Impl.enqueue` is to be looked at anyway, so a change to One `a` adds nothing.',
      'Key `Impl.enqueue` is being processed, so a change to One `a` only marks it dirty.',
      'Key `Impl.enqueue` is to be looked at anyway, so a change to One `a` adds nothing.',
    ]);
    assert.deepEqual(told('DelayingType.due', []), [
      'The delay is over, and key `DelayingType.due` joins `Things` again.',
      'The delay is over, but key `DelayingType.due` is to be looked at anyway, so nothing is added.',
      'The delay is over, but key `DelayingType.due` is being processed, so it is only marked dirty.',
      'The delay is over, but key `DelayingType.due` is to be looked at anyway, so nothing is added.',
    ]);
    assert.deepEqual(told('look', []), [
      'The other one queues key `look`.',
      'The other one adds key `look`, which is to be looked at anyway, so nothing changes.',
      'The other one adds key `look` while it is being processed, so it is only marked dirty.',
      'The other one adds key `look`, which is to be looked at anyway, so nothing changes.',
    ]);
  });

  it('gives a clause for why, in front when shapes would repeat', () => {
    const { builder } = queueRun(['because the lister has no Child']);
    assert.equal(
      sentences(builder)[2],
      'The things controller creates Child `a`, because the lister has no Child.',
    );
    const again = worker();
    const site = again.site('make', { story: ['because none is there'] });
    again.call(site);
    for (const kind of ['One', 'Two']) {
      const fields = { object: object(kind) };
      again.event('store.create', `${kind} default/a`, { fields });
    }
    assert.deepEqual(sentences(again), [
      'The worker creates One `a`, because none is there.',
      'Because none is there, the worker creates Two `a`.',
    ]);
  });

  it('lets the innermost function speak for an event', () => {
    const builder = worker();
    const outer = builder.site('outer', { story: ['on chan.send: Outer.'] });
    const inner = builder.site('inner', {
      params: ['to'],
      line: 30,
      story: ['when to: on chan.send: It goes to {to}.'],
    });
    builder.call(outer);
    builder.call(inner, ['b']);
    builder.event('chan.send', 'c', { fields: { value: 1, held: 1 } });
    builder.return();
    builder.call(inner, ['']);
    builder.event('chan.send', 'd', { fields: { value: 1, held: 1 } });
    assert.deepEqual(sentences(builder), ['It goes to `b`.', 'Outer.']);
  });

  it('lets a callback speak with the words of the function around it', () => {
    const builder = worker();
    builder.site('order', { story: ['on chan.send: The answer is sent.'] });
    const callback = builder.site('callback', { line: 12, end: 14 });
    builder.call(callback);
    builder.event('chan.send', 'c', { fields: { value: 1, held: 1 } });
    assert.deepEqual(sentences(builder), ['The answer is sent.']);
  });

  it('takes values at the return of a function that does not wait', () => {
    const builder = worker();
    const site = builder.site('count', { story: ['It counts {n}.'] });
    builder.call(site);
    builder.set('n', 1);
    builder.set('n', 2);
    builder.return();
    assert.deepEqual(sentences(builder), ['It counts 2.']);
  });

  it('takes values at the call of one that waits, and tells how long', () => {
    const builder = worker();
    const story = [
      'It begins with {n}.',
      'returns: Done after {took}: {result}.',
    ];
    const site = builder.site('work', { async: true, params: ['n'], story });
    builder.call(site, [5]);
    builder.set('n', 6);
    builder.at(1500);
    builder.return('ok');
    assert.deepEqual(sentences(builder), [
      'It begins with 5.',
      'Done after 1.5 s: `ok`.',
    ]);
  });

  it('lets the first line speak whose guard holds', () => {
    const builder = worker();
    const story = [
      "when what == 'kept': It is kept.",
      'when !what: There is nothing.',
      'It is {what}.',
    ];
    const site = builder.site('decide', { params: ['what'], story });
    for (const what of ['kept', undefined, 'dropped']) {
      builder.call(site, [what]);
      builder.return();
    }
    assert.deepEqual(sentences(builder), [
      'It is kept.',
      'There is nothing.',
      'It is `dropped`.',
    ]);
  });

  it('prints objects, lists, errors and conditions as people say them', () => {
    const builder = worker();
    const story = [
      '{o}; {list}; {error}; {condition}; {delay}; {many.length}.',
    ];
    const params = ['o', 'list', 'error', 'condition', 'delay', 'many'];
    const site = builder.site('tell', { params, story });
    builder.call(site, [
      object('Route'),
      ['a', 'b', 'c', 'd'],
      new Error('it broke'),
      { type: 'Ready', status: 'True' },
      4000,
      [1, 2],
    ]);
    builder.return();
    assert.deepEqual(sentences(builder), [
      'Route `a`; `a`, `b`, `c` and 1 more; it broke; `Ready` is True; 4 s; 2.',
    ]);
  });

  it('reads what an event holds, where the function knows no such name', () => {
    const builder = worker();
    const story = ['on store.get: {name} is {object.status.phase}.'];
    builder.lanes[0] = { id: 'user', noun: 'the user', tasks: ['worker'] };
    builder.call(builder.site('look', { story }));
    const fields = { object: object('Pod', { status: { phase: 'Running' } }) };
    builder.event('store.get', 'Pod default/a', { fields });
    assert.deepEqual(sentences(builder), ['`a` is `Running`.']);
  });

  it('lets guards ask for a condition of what was read', () => {
    const builder = worker();
    const path = 'object.status.conditions.Ready.status';
    const story = [
      `when ${path} == 'True': on store.update: It is Ready.`,
      'on store.update: It is not Ready.',
    ];
    builder.call(builder.site('look', { story }));
    for (const status of ['False', 'True']) {
      const conditions = [{ type: 'Ready', status }];
      const fields = { object: object('Route', { status: { conditions } }) };
      builder.event('store.update', 'Route default/a', { fields });
    }
    assert.deepEqual(sentences(builder), ['It is not Ready.', 'It is Ready.']);
  });

  it('tells a patch of the status alone as a status', () => {
    const builder = worker();
    const write = (kind: string, phase: string): void => {
      const fields = { object: object('Pod', { status: { phase } }) };
      builder.event(kind, 'Pod default/a', { fields });
    };
    write('store.create', 'Pending');
    write('store.patch', 'Running');
    assert.equal(
      sentences(builder)[1],
      'The worker writes the status of Pod `a`, which now has `Running` as `phase`.',
    );
  });

  it('tells a status by its most telling change', () => {
    const builder = worker();
    const status = (ready: string, name?: string): object => ({
      conditions: [{ type: 'Ready', status: ready }],
      ...(name === undefined ? {} : { latestName: name }),
    });
    for (const one of [
      status('Unknown'),
      status('Unknown', 'a-1'),
      status('True'),
    ]) {
      const fields = { object: object('Route', { status: one }) };
      builder.event('store.updateStatus', 'Route default/a', { fields });
    }
    assert.deepEqual(sentences(builder), [
      'The worker writes the status of Route `a`, which gets its first condition, Unknown.',
      'Route `a` now has `a-1` as `latestName`.',
      'The worker writes the status of Route `a`, which becomes Ready.',
    ]);
  });
});
