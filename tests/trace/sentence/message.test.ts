import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import catalogue from '../../../src/trace/sentence/en.json' with { type: 'json' };
import { argumentsOf, format } from '../../../src/trace/sentence/message.ts';
import type { Piece } from '../../../src/trace/sentence/message.ts';

const word = (text: string): Piece => ({ text, code: false });
const name = (text: string): Piece => ({ text, code: true });
const count = (n: number): Piece => ({
  text: String(n),
  code: false,
  count: n,
});

function say(template: string, args: Readonly<Record<string, Piece>>): string {
  return format(template, (key) => args[key]).text;
}

describe('format()', () => {
  it('prints names in code style and words as they are', () => {
    const args = { actor: word('the user'), name: name('a') };
    assert.equal(say('{actor} makes {name}.', args), 'The user makes `a`.');
  });

  it('does not quote a name twice', () => {
    assert.equal(say('A `{uid}` comes.', { uid: name('u') }), 'A `u` comes.');
  });

  it('reads dotted paths', () => {
    const args = { 'pod.metadata.name': name('web') };
    assert.equal(say('Pod {pod.metadata.name}.', args), 'Pod `web`.');
  });

  it('chooses plurals by exact number, one and other', () => {
    const template = 'Take {n, plural, =0 {none} one {it} other {# of them}}.';
    const said = [0, 1, 3].map((n) => say(template, { n: count(n) }));
    assert.deepEqual(said, ['Take none.', 'Take it.', 'Take 3 of them.']);
  });

  it('selects by word and falls back to other', () => {
    const template = 'It {policy, select, drop {drops {x}} other {goes on}}.';
    const x = name('job');
    const drop = { policy: name('drop'), x };
    assert.equal(say(template, drop), 'It drops `job`.');
    assert.equal(say(template, { policy: name('?'), x }), 'It goes on.');
  });

  it('reports a placeholder without a value, and goes on', () => {
    const { text, missing } = format('A {b} c.', () => undefined);
    assert.equal(text, 'A – c.');
    assert.deepEqual(missing, ['b']);
  });

  it('keeps apostrophes and quoted braces', () => {
    assert.equal(
      say("The worker's map is '{}'.", {}),
      "The worker's map is {}.",
    );
  });

  it('shows what is no message as it is', () => {
    assert.equal(say('a {b', {}), 'A {b');
  });
});

describe('the catalogue', () => {
  it('holds messages that end like sentences', () => {
    for (const [id, variants] of Object.entries(catalogue)) {
      assert.ok(variants.length > 0, id);
      for (const template of variants) {
        assert.ok(argumentsOf(template).length > 0, template);
        const open = id === 'log' || id === 'event';
        assert.ok(open || template.endsWith('.'), template);
      }
    }
  });
});
