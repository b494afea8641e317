import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ledgerOf } from '../../src/source/ledger.ts';
import type { Original } from '../../src/source/originals.ts';
import { linkTo, tagsOf } from '../../src/source/upstream.ts';

const text = `/**
 * The header of the file.
 *
 * @omits metrics and
 *   tracing
 */
import type { A } from './a.ts';

/**
 * Reconciles.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcile
 * @differs the status is written first,
 *   because a reader sees it sooner
 *
 * Prose after an empty line belongs to nobody.
 * @throws {Error} never
 */
export function reconcile(a: A): A {
  return a;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcile (part)
 *   pkg/reconciler/reconciler.go Base NewBase
 */
export function piece(): void {}

/** @upstream kubernetes/kubernetes v1.13.5 pkg/kubelet/kubelet.go */
export const file = 1;
`;

const index: Original[] = [
  {
    repo: 'a/b',
    tag: 'v1',
    language: 'Go',
    approximate: ['loose.go'],
    files: {
      'dir/exact.go': { one: [3, 9], two: [[20, 22] as number[], [5, 6]] },
      'loose.go': { one: [1, 2] },
      'vendor/x.com/y/z.go': { T: [7, 7] },
    },
  },
];

const origin = (path: string, symbol?: string) => ({
  repo: 'a/b',
  tag: 'v1',
  path,
  ...(symbol === undefined ? {} : { symbol }),
  part: false,
  line: 1,
});

test('tagsOf() gives the tags of each symbol, joined over lines', () => {
  const [header, reconcile] = tagsOf(text, 'service.ts');
  assert.deepEqual(header, {
    symbol: '',
    origins: [],
    omits: [{ text: 'metrics and tracing', line: 4 }],
    differs: [],
  });
  assert.equal(reconcile!.symbol, 'reconcile');
  assert.deepEqual(reconcile!.origins, [
    {
      repo: 'knative/serving',
      tag: 'v0.4.1',
      path: 'pkg/reconciler/v1alpha1/service/service.go',
      symbol: 'Reconciler.reconcile',
      part: false,
      line: 12,
    },
  ]);
  assert.equal(
    reconcile!.differs[0]!.text,
    'the status is written first, because a reader sees it sooner',
  );
});

test('tagsOf() reads several originals, parts and whole files', () => {
  const [, , piece, file] = tagsOf(text, 'service.ts');
  assert.deepEqual(
    piece!.origins.map(({ path, symbol, part }) => [path, symbol, part]),
    [
      [
        'pkg/reconciler/v1alpha1/service/service.go',
        'Reconciler.reconcile',
        true,
      ],
      ['pkg/reconciler/reconciler.go', 'Base', false],
      ['pkg/reconciler/reconciler.go', 'NewBase', false],
    ],
  );
  assert.equal(file!.origins[0]!.symbol, undefined);
});

test('tagsOf() refuses a tag without a path, naming file and line', () => {
  const bad = '/** @upstream a/b v1 symbol */\nexport const a = 1;';
  assert.throws(() => tagsOf(bad, 'bad.ts'), {
    name: 'SyntaxError',
    message:
      'Cannot read @upstream at bad.ts:1: expected repository, release, path and symbol, got "a/b v1 symbol"',
  });
  assert.throws(() => tagsOf(bad.replace(' v1 symbol', ''), 'bad.ts'));
});

test('linkTo() gives the exact lines of an original', () => {
  assert.deepEqual(linkTo(origin('dir/exact.go', 'one'), index), {
    label: 'exact.go one',
    places: [
      {
        href: 'https://github.com/a/b/blob/v1/dir/exact.go#L3-L9',
        lines: [3, 9],
      },
    ],
  });
});

test('linkTo() gives every declaration, in the order of the file', () => {
  const { places } = linkTo(origin('dir/exact.go', 'two'), index);
  assert.deepEqual(
    places.map(({ lines }) => lines),
    [
      [5, 6],
      [20, 22],
    ],
  );
});

test('linkTo() gives no lines where they are only approximate', () => {
  assert.deepEqual(linkTo(origin('loose.go', 'one'), index).places, [
    { href: 'https://github.com/a/b/blob/v1/loose.go' },
  ]);
});

test('linkTo() links a vendored file at its path', () => {
  const [place] = linkTo(origin('vendor/x.com/y/z.go', 'T'), index).places;
  assert.match(place!.href, /\/vendor\/x\.com\/y\/z\.go#L7-L7$/);
});

test('linkTo() links a whole file', () => {
  assert.equal(linkTo(origin('dir/exact.go'), index).label, 'exact.go');
});

test('linkTo() names what is near an unknown release, file or symbol', () => {
  const throws = (bad: Parameters<typeof linkTo>[0], message: RegExp): void => {
    assert.throws(() => linkTo(bad, index), { name: 'RangeError', message });
  };
  throws({ ...origin('x'), tag: 'v2' }, /"a\/b v2": did you mean "a\/b v1"\?$/);
  throws(origin('dir/exat.go'), /did you mean "dir\/exact\.go"\?$/);
  throws(
    origin('dir/exact.go', 'on'),
    /^Cannot find symbol "on" in dir\/exact\.go of a\/b v1: did you mean "one"\?$/,
  );
});

test('linkTo() knows the three pinned originals', () => {
  for (const [repo, tag, path, symbol] of [
    [
      'knative/serving',
      'v0.4.1',
      'pkg/reconciler/v1alpha1/service/service.go',
      'Reconciler.reconcile',
    ],
    [
      'kubernetes/kubernetes',
      'v1.13.5',
      'pkg/kubelet/pod_workers.go',
      'podWorkers.UpdatePod',
    ],
    [
      'apache/tomcat',
      '7.0.88',
      'java/org/apache/tomcat/websocket/server/UpgradeUtil.java',
      'UpgradeUtil.doUpgrade',
    ],
  ] as const) {
    const link = linkTo({ repo, tag, path, symbol, part: false, line: 1 });
    assert.match(link.places[0]!.href, /#L\d+-L\d+$/);
  }
});

test('ledgerOf() counts omissions and differences, in the order of lines', () => {
  const ledger = ledgerOf([{ path: 'service.ts', text }]);
  assert.equal(ledger.omits, 1);
  assert.equal(ledger.differs, 1);
  assert.deepEqual(
    ledger.entries.map(({ kind, file, symbol, line }) => ({
      kind,
      file,
      symbol,
      line,
    })),
    [
      { kind: 'omits', file: 'service.ts', symbol: '', line: 4 },
      { kind: 'differs', file: 'service.ts', symbol: 'reconcile', line: 14 },
    ],
  );
});
