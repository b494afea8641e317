import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTag } from '../../../src/trace/sentence/tags.ts';

describe('readTag()', () => {
  it('takes a line without a keyword as the sentence of a call', () => {
    const { form, text, when } = readTag('A request arrives: it waits.');
    assert.deepEqual([form, text], ['call', 'A request arrives: it waits.']);
    assert.equal(when, undefined);
  });

  it('tells the forms apart', () => {
    const forms = [
      ['as {uid}', 'as', '{uid}'],
      ['returns: It ends.', 'returns', 'It ends.'],
      ['throws: It fails.', 'throws', 'It fails.'],
      ['because the lister has none', 'because', 'the lister has none'],
    ] as const;
    for (const [line, form, text] of forms) {
      const tag = readTag(line);
      assert.deepEqual([tag.form, tag.text], [form, text]);
    }
  });

  it('reads the kind of an event, with its case', () => {
    const { form, kind, text } = readTag('on queue.add.dirty: It waits.');
    assert.deepEqual(
      [form, kind, text],
      ['on', 'queue.add.dirty', 'It waits.'],
    );
  });

  it('reads how the subject of an event must begin', () => {
    const tag = readTag('on state SocketState: It moves.');
    assert.deepEqual([tag.kind, tag.subject], ['state', 'SocketState']);
    assert.equal(readTag('on state: It moves: on.').subject, '');
  });

  it('reads guards before any form', () => {
    const tag = readTag("when parked == 'kept': on chan.send: It is kept.");
    assert.deepEqual(tag.when, {
      path: 'parked',
      negated: false,
      literal: 'kept',
    });
    assert.deepEqual([tag.form, tag.kind], ['on', 'chan.send']);
  });

  it('reads negated paths, numbers and truth', () => {
    assert.deepEqual(readTag('when !a.b: X.').when, {
      path: 'a.b',
      negated: true,
    });
    assert.equal(readTag('when n == 3: X.').when?.literal, 3);
    assert.equal(readTag('when ok == true: X.').when?.literal, true);
    assert.equal(readTag('when w == drop: X.').when?.literal, 'drop');
  });
});
