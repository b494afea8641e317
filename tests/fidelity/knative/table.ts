/**
 * Runs a table of recorded cases, one key each, and compares what was written
 * with what the original wrote.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verb } from '../../../runnable/apiserver/failures.ts';
import type { KObject } from '../../../runnable/apiserver/store.ts';
import { reconcileOnce } from '../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import type {
  Build,
  Output,
} from '../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import { casesOf, expand, now, titleOf } from './cases.ts';
import type { Case, Compact, Expected } from './cases.ts';

/** Configuration of a test as ConfigMaps, by the name of the upstream test. */
export type Environment = (test: string) => readonly KObject[];

/**
 * Declares a test for every table case of a controller.
 *
 * @param at the moment at which its cases happen
 */
export function testTable(
  controller: string,
  build: Build,
  environment: Environment = () => [],
  at = now,
): void {
  for (const one of casesOf(controller)) {
    if (!Array.isArray(one.given)) continue;
    test(`${controller}: ${titleOf(one)}`, async () => {
      const configMaps = environment(one.upstreamTest?.test ?? '');
      const given = (one.given as Compact[]).map(expand);
      const { inducedFailure: failure } = one;
      const output = await reconcileOnce(build, {
        objects: [...given, ...configMaps],
        key: one.key,
        now: at,
        failures:
          failure === undefined
            ? []
            : [failure as { verb: Verb; resource: string }],
      });
      compare(one, output);
    });
  }
}

function compare({ expect }: Case, output: Output): void {
  const expected = expect as Expected;
  const { creates = [], updates = [], statusPatch = [] } = expected;
  const { patches = [], deletes = [] } = expected;
  assert.equal(output.error, expected.error);
  assert.deepEqual(output.events, expected.events);
  assert.deepEqual(asSet(output.creates), asSet(creates.map(expand)));
  assert.deepEqual(asSet(output.updates), asSet(updates.map(expand)));
  assert.deepEqual(
    lastStatuses(output.statusUpdates),
    asSet(
      statusPatch.map(({ kind, name, status }) => ({
        kind: kind.replace(/\(.*\)$/, ''),
        name,
        status,
      })),
    ),
  );
  assert.deepEqual(
    output.patches.map(({ name, patch }) => ({ name, patch })),
    patches,
  );
  assert.deepEqual(
    output.deletes.map(({ name }) => name),
    deletes,
  );
}

/** The status written last for each object. */
function lastStatuses(writes: readonly KObject[]): unknown {
  const last = new Map<string, unknown>();
  for (const write of writes) {
    const { kind, metadata } = write;
    const { status } = write as { readonly status?: unknown };
    last.set(`${kind}/${metadata.name}`, { kind, name: metadata.name, status });
  }
  return asSet([...last.values()]);
}

/** Comparable objects in an order of their own. */
function asSet(objects: readonly unknown[]): unknown[] {
  return objects
    .map(comparable)
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** What tests never compare: identity, versions and times. */
const ignored = new Set([
  ...['uid', 'resourceVersion', 'creationTimestamp', 'lastTransitionTime'],
]);

/** A value without what is not compared and without what is empty. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => !ignored.has(key) && !isGenerated(key, value))
    .map(([key, field]) => [key, field as unknown] as const)
    .map(([key, field]) =>
      key === 'ownerReferences'
        ? ([key, field] as const)
        : ([key, comparable(field)] as const),
    )
    .filter(([, field]) => !isEmpty(field))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

/** Names made of `generateName` differ in their suffix; so do generations. */
function isGenerated(key: string, object: object): boolean {
  if (key === 'generation') return 'generateName' in object || 'name' in object;
  return key === 'name' && 'generateName' in object;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
