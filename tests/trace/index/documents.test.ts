import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { differences, follow } from '../../../src/trace/index/documents.ts';
import { Events } from '../../../src/trace/index/events.ts';
import { Rows } from '../../../src/trace/index/rows.ts';
import { cut, Values } from '../../../src/trace/index/values.ts';
import { finish } from '../../../src/trace/slices.ts';
import { TraceBuilder } from '../builder.ts';
import {
  changesOf,
  dataText,
  durationText,
  pathText,
  shortened,
} from '../../../src/trace/index/texts.ts';

const ready = (status: string, reason?: string): object => ({
  type: 'Ready',
  status,
  lastTransitionTime: String(Math.abs(status.length)),
  ...(reason === undefined ? {} : { reason }),
});

describe('differences()', () => {
  it('compares conditions by type, and never by time', () => {
    const found = differences(
      { status: { conditions: [ready('Unknown', 'Missing')] } },
      { status: { conditions: [ready('True')] } },
    );
    assert.deepEqual(changesOf(found), [
      {
        field: 'status.conditions.Ready',
        before: 'Unknown Missing',
        after: 'True',
      },
    ]);
    const later = { ...ready('True'), lastTransitionTime: 'x' };
    assert.deepEqual(differences([ready('True')], [later]), []);
  });

  it('leaves bookkeeping out', () => {
    const metadata = { name: 'a', resourceVersion: '1', uid: 'u' };
    const after = { metadata: { ...metadata, resourceVersion: '2' } };
    assert.deepEqual(differences({ metadata }, after), []);
  });

  it('tells the fields of a record that came to be', () => {
    const found = differences({}, { status: { phase: 'Running', n: 1 } });
    assert.deepEqual(
      found.map(({ path }) => path.join('.')),
      ['status.phase', 'status.n'],
    );
  });
});

describe('Values', () => {
  it('cut what is inside itself, and what is too much', () => {
    const loop: Record<string, unknown> = { name: 'a' };
    loop['self'] = loop;
    const builder = new TraceBuilder().task('t');
    const row = builder.event('chan.send', 'c', { fields: { value: loop } });
    const rows = new Rows(builder.build());
    const values = new Values(rows);
    finish(values.read());
    const events = new Events(rows);
    finish(events.read());
    const ref = events.at(row)?.fields.get('value') ?? 0;
    assert.deepEqual(values.plain(ref, row), { name: 'a', self: cut });
    assert.equal(values.plain(ref, row, 24, 0), cut);
  });
});

describe('follow()', () => {
  it('finds list items by type or name', () => {
    const document = { status: { conditions: [ready('True')] } };
    const path = ['status', 'conditions', 'Ready', 'status'];
    assert.equal(follow(document, path), 'True');
  });
});

describe('changesOf()', () => {
  it('joins neighbours with equal values', () => {
    const before = { a: { x: 1, y: 1 } };
    const after = { a: { x: 2, y: 2 } };
    assert.deepEqual(changesOf(differences(before, after)), [
      { field: 'a.x, .y', before: '1', after: '2' },
    ]);
  });

  it('stops at four and says how many more', () => {
    const after = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 };
    const changes = changesOf(differences({}, after));
    assert.equal(changes.length, 5);
    assert.deepEqual(changes.at(-1), { field: '+2 fields', after: '' });
  });
});

describe('texts', () => {
  it('print containers, traffic and lists as readers know them', () => {
    const env = [{ name: 'TARGET', value: 'v1' }];
    assert.equal(dataText({ image: 'i:1', env }), 'i:1, env TARGET="v1"');
    const traffic = [{ revisionName: 'a-1', percent: 100 }];
    assert.equal(dataText(traffic), '[revisionName a-1, 100 %]');
    assert.equal(dataText([1, 2, 3, 4]), '[1, 2, 3 and 1 more]');
    assert.equal(dataText(undefined), '–');
  });

  it('cut names in the middle and paths before their end', () => {
    assert.equal(shortened('abcdefghij', 5), 'ab…ij');
    const path = ['spec', 'runLatest', 'a', 'b', 'container'];
    assert.equal(pathText(path), 'spec.runLatest…container');
    assert.equal(pathText([...path, 'env', 'name']), 'spec.runLatest…env.name');
  });

  it('give durations a unit', () => {
    const texts = [4000, 500, 1600, 0].map(durationText);
    assert.deepEqual(texts, ['4 s', '500 ms', '1.6 s', '0 ms']);
  });
});

describe('an ingress', () => {
  const ingress = (...splits: readonly object[]): object => ({
    rules: [
      { hosts: ['a.example.com', 'a.b.svc'], http: { paths: [{ splits }] } },
    ],
  });

  it('is compared by the first hosts of its rules, and splits as a whole', () => {
    const all = { serviceName: 'r1', percent: 100 };
    const most = { serviceName: 'r1', percent: 90 };
    const few = { serviceName: 'r2', percent: 10 };
    const [before, after] = [ingress(all), ingress(most, few)];
    const found = differences({ spec: before }, { spec: after });
    assert.deepEqual(changesOf(found), [
      {
        field: 'spec.rules…a.example.com…splits',
        before: '[r1 100 %]',
        after: '[r1 90 %, r2 10 %]',
      },
    ]);
  });

  it('of Istio is compared by the first host that a route matches', () => {
    const service = (to: string): object => ({
      http: [
        {
          match: [{ authority: { regex: '^a\\.b(?::\\d{1,5})?$' } }],
          route: [{ destination: { host: `${to}.n.svc` }, weight: 100 }],
        },
      ],
    });
    const [before, after] = [service('one'), service('two')];
    const found = differences({ spec: before }, { spec: after });
    assert.deepEqual(changesOf(found), [
      {
        field: 'spec.http.a.b.route',
        before: '[one.n.svc 100 %]',
        after: '[two.n.svc 100 %]',
      },
    ]);
  });
});
