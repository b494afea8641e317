import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  deepEqual,
  semanticDeepEqual,
} from '../../../../runnable/knative/apis/equality/equality.ts';

const equal: readonly [string, unknown, unknown][] = [
  ['nothing and an empty list', { env: undefined }, { env: [] }],
  ['nothing and an empty map of labels', {}, { labels: {} }],
  ['nothing and a zero value', {}, { percent: 0, reason: '', paused: false }],
  [
    'structures that hold nothing but zeros',
    { spec: {} },
    { spec: { container: { image: '' } } },
  ],
  [
    'statuses that differ by the time of a transition',
    { conditions: [{ type: 'Ready', lastTransitionTime: 'a' }] },
    { conditions: [{ type: 'Ready', lastTransitionTime: 'b' }] },
  ],
  [
    'quantities of the same amount',
    { limits: { cpu: '0.5', memory: '1Gi' } },
    { limits: { cpu: '500m', memory: '1024Mi' } },
  ],
];
for (const [what, a, b] of equal) {
  test(`semanticDeepEqual() takes as equal: ${what}`, () => {
    assert.ok(semanticDeepEqual(a, b));
    assert.ok(semanticDeepEqual(b, a));
  });
}

const different: readonly [string, unknown, unknown][] = [
  ['a label that is empty and one that is absent', { labels: { a: '' } }, {}],
  ['a pointer to nothing and no pointer', { runLatest: {} }, {}],
  ['no replicas and replicas left open', { replicas: 0 }, {}],
  ['another order', { traffic: ['a', 'b'] }, { traffic: ['b', 'a'] }],
  [
    'another reason',
    { conditions: [{ type: 'Ready', reason: 'A' }] },
    { conditions: [{ type: 'Ready', reason: 'B' }] },
  ],
  [
    'quantities of another amount',
    { requests: { cpu: '400m' } },
    { requests: { cpu: '0.5' } },
  ],
];
for (const [what, a, b] of different) {
  test(`semanticDeepEqual() takes as different: ${what}`, () => {
    assert.ok(!semanticDeepEqual(a, b));
    assert.ok(!semanticDeepEqual(b, a));
  });
}

test('deepEqual() heeds times and the text of quantities', () => {
  assert.ok(
    !deepEqual({ lastTransitionTime: 'a' }, { lastTransitionTime: 'b' }),
  );
  assert.ok(
    !deepEqual({ limits: { cpu: '0.5' } }, { limits: { cpu: '500m' } }),
  );
  assert.ok(deepEqual({ traffic: undefined }, { traffic: [] }));
});
