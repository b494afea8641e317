import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slotsOver, thingsOver } from '../../src/player/changed.ts';
import { momentsOf } from '../../src/player/places.ts';
import { openTrace } from '../../src/trace/open.ts';
import { TraceBuilder } from '../trace/builder.ts';

test('momentsOf() shows slots and things at the rows that draw them', () => {
  const builder = new TraceBuilder().lane('a', ['a']).task('a').at(5);
  const first = builder.event('bytes.write', 'client @0', {
    fields: { bytes: new Uint8Array([71, 69, 84]) },
  });
  const slot = builder.event('slot', 'g/n', {
    fields: { group: 'g', name: 'n', contents: ['x'], note: '' },
  });
  const thing = builder.event('thing', 'Pod/web', {
    fields: { kind: 'Pod', name: 'web', owner: '', fields: { phase: 'New' } },
  });
  const second = builder.at(9).event('bytes.write', 'client @3', {
    fields: { bytes: new Uint8Array([71, 69, 84]) },
  });
  const model = openTrace(builder.build());
  assert.equal(model.count('story'), 2);
  for (const level of ['story', 'lines'] as const) {
    assert.deepEqual(momentsOf(model, level, 1), {
      objects: thing,
      states: first,
      slots: slot,
      wire: first,
    });
    assert.equal(momentsOf(model, level, 2).slots, second);
  }
  assert.deepEqual(model.slots(slot)[0]?.before, []);
  assert.equal(model.things(thing)[0]?.touched, true);
});

test('momentsOf() shows a state that a step of the story tells of', () => {
  const builder = new TraceBuilder().lane('a', ['a']).task('a').at(5);
  builder.machines = [{ name: 'M', states: ['A', 'B', 'C'], initial: 'A' }];
  const site = builder.site('go', { story: ['It goes.'] });
  builder.call(site);
  const moved = (from: string, to: string) =>
    builder.event('state', 'M', {
      fields: { machine: 'M', object: '', from, to },
    });
  const first = moved('A', 'B');
  const last = moved('B', 'C');
  builder.return();
  const model = openTrace(builder.build());
  const n = model.at('story', first);
  assert.equal(model.step('story', n).row, first);
  // Both are one way, told as one step: the view shows where it ends.
  assert.equal(momentsOf(model, 'story', n).states, last);
  assert.equal(model.machines(last)[0]?.current, 'C');
});

test('slotsOver() and thingsOver() light all that one step changed', () => {
  const builder = new TraceBuilder().lane('a', ['a']).task('a').at(5);
  const slot = (name: string, contents: readonly string[]) =>
    builder.event('slot', `g/${name}`, {
      fields: { group: 'g', name, contents, note: '' },
    });
  const thing = (name: string, phase: string) =>
    builder.event('thing', `Pod/${name}`, {
      fields: { kind: 'Pod', name, owner: '', fields: { phase } },
    });
  for (const name of ['one', 'two', 'three']) slot(name, ['x']);
  for (const name of ['a', 'b', 'c']) thing(name, 'New');
  const from = builder.event('chan.send', 'c');
  slot('one', []);
  slot('two', ['y']);
  thing('a', 'Ready');
  const to = thing('b', 'Ready');
  const model = openTrace(builder.build());
  assert.deepEqual(
    slotsOver(model, from, to)
      .filter(({ group }) => group === 'g')
      .map(({ name, before }) => [name, before]),
    [
      ['one', ['x']],
      ['two', ['x']],
      ['three', undefined],
    ],
  );
  assert.deepEqual(
    thingsOver(model, from, to).map(({ name, touched }) => [name, touched]),
    [
      ['a', true],
      ['b', true],
      ['c', false],
    ],
  );
});
