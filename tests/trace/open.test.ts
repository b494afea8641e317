import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { rowKinds } from '../../src/trace/format.ts';
import type { Trace } from '../../src/trace/format.ts';
import { openTrace } from '../../src/trace/open.ts';
import { levels } from '../../src/trace/model.ts';
import type { TraceModel } from '../../src/trace/model.ts';
import { queueRun } from './queue-run.ts';
import { randomTrace } from './random-trace.ts';

/** What a reader knows after going from row 0 to each row in turn. */
function replay(trace: Trace, model: TraceModel): string[] {
  const { kind, frame, a, b } = trace.events;
  const variables = new Map<number, Map<string, number>>();
  const lines = new Map<number, number>();
  const seen: string[] = [];
  for (let row = 0; row < kind.length; row++) {
    const own = frame[row] ?? -1;
    const what = rowKinds[kind[row] ?? 0];
    const [first = -1, second = -1] = [a[row], b[row]];
    if (what === 'call') {
      const site = trace.sites[first];
      const x = trace.pool[second + 2] ?? 0;
      variables.set(own, new Map([[site?.params[0] ?? '', x]]));
      lines.set(own, site?.line ?? 0);
    } else if (what === 'line') lines.set(own, first);
    else if (what === 'var') {
      variables.get(own)?.set(trace.strings[first] ?? '', second);
    }
    const known = [...(variables.get(own) ?? [])].map(
      ([name, value]) => `${name}=${model.show(value, row)}`,
    );
    seen.push(`${String(lines.get(own) ?? '')} ${known.join()}`);
  }
  return seen;
}

/** The same, asked at one row. */
function asked(model: TraceModel, row: number): string {
  const frame = model.stack(row).at(-1);
  if (frame === undefined) return ' ';
  const known = model
    .variables(frame.frame, row)
    .map(({ name, value }) => `${name}=${model.show(value, row)}`);
  return `${String(frame.line)} ${known.join()}`;
}

describe('openTrace()', () => {
  it('answers at any row what a replay from the start knows', () => {
    fc.assert(
      fc.property(randomTrace, fc.infiniteStream(fc.nat()), (trace, picks) => {
        const model = openTrace(trace);
        const known = replay(trace, model);
        for (const pick of picks.take(12)) {
          const row = pick % Math.max(1, known.length);
          assert.equal(asked(model, row), known[row] ?? ' ');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('shows each machine as it was last moved', () => {
    fc.assert(
      fc.property(randomTrace, (trace) => {
        const model = openTrace(trace);
        let current = 'red';
        let taken = 0;
        const { kind } = trace.events;
        for (let row = 0; row < kind.length; row++) {
          const [machine] = model.machines(row);
          const address = model.addressOf(row);
          const moves =
            rowKinds[kind[row] ?? 0] === 'event' && address.startsWith('state');
          if (moves) {
            current = address.split(' ')[2] ?? '';
            taken += 1;
          }
          assert.equal(machine?.current, current);
          const sum = machine.edges.reduce((all, edge) => all + edge.taken, 0);
          assert.equal(sum, taken);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('gives every level its steps, in order and with their numbers', () => {
    fc.assert(
      fc.property(randomTrace, (trace) => {
        const model = openTrace(trace);
        for (const level of levels) {
          let before = -1;
          for (let n = 1; n <= model.count(level); n++) {
            const { row } = model.step(level, n);
            assert.ok(row > before);
            assert.equal(model.at(level, row), n);
            before = row;
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a step that does not exist', () => {
    const model = openTrace(queueRun().builder.build());
    assert.throws(() => model.step('story', 0), RangeError);
    assert.throws(() => model.step('story', 99), /level "story" has 4 steps/u);
  });

  it('gives the same sentences whatever is asked first', () => {
    fc.assert(
      fc.property(randomTrace, (trace) => {
        const forward = openTrace(trace);
        const backward = openTrace(trace);
        const count = forward.count('story');
        const texts = Array.from({ length: count }, (_, index) => index + 1);
        const one = texts.map((n) => forward.step('story', n).sentence);
        const two = [...texts]
          .reverse()
          .map((n) => backward.step('story', n).sentence);
        assert.deepEqual(two.reverse(), one);
      }),
      { numRuns: 40 },
    );
  });

  it('knows who wrote a field last', () => {
    const { builder, write, child } = queueRun();
    const model = openTrace(builder.build());
    const id = 'Child/default/a';
    const field = 'metadata.labels.of';
    assert.equal(model.lastWriter(id, field, model.rows - 1), child);
    assert.equal(model.lastWriter(id, field, write), undefined);
    assert.equal(model.lastWriter(id, 'status.phase', child), undefined);
  });

  it('lists what touches a line, a thing and a lane', () => {
    const { builder, write, child } = queueRun();
    const path = 'runnable/lines.ts';
    builder.call(builder.site('lines', { path }));
    const lines = [builder.line(17), builder.line(18), builder.line(17)];
    const model = openTrace(builder.build());
    assert.deepEqual(model.visits(path, 17), [lines[0], lines[2]]);
    assert.deepEqual(model.changesOf('Thing/default/a'), [write]);
    assert.deepEqual(model.changesOf('Child/default/a'), [child]);
    assert.deepEqual(model.visits('runnable/nowhere.ts', 17), []);
    assert.equal(model.stepsOf(0, 'story').length, 1);
  });
});
