/**
 * npm leaves platform packages that a registry lacks out of the lock file
 * without a word, and then refuses to install from it. And a lock file that
 * names a registry works near that registry only.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSource } from '../src/source/files.ts';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type Entries = Readonly<Record<string, Entry>>;

/** Optional dependencies of an entry that have no entry of their own. */
function missingOptional(entries: Entries): string[] {
  return Object.entries(entries).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter((name) => !isResolved(entries, path, name))
      .map((name) => `${path} wants ${name}`),
  );
}

/** Looks where Node looks: beside the package, then in each folder above. */
function isResolved(entries: Entries, path: string, name: string): boolean {
  for (
    let base = path;
    ;
    base = base.replace(/\/?node_modules\/[^/]+(\/[^/]+)?$/, '')
  ) {
    const here = base === '' ? '' : `${base}/`;
    if (`${here}node_modules/${name}` in entries) return true;
    if (base === '') return false;
  }
}

const named = (entries: Entries): string[] =>
  Object.entries(entries).flatMap(([path, { resolved }]) =>
    resolved === undefined || resolved.startsWith('file:') ? [] : [path],
  );

const unchecked = (entries: Entries): string[] =>
  Object.entries(entries).flatMap(([path, { integrity }]) =>
    path === '' || integrity !== undefined ? [] : [path],
  );

const { packages } = JSON.parse(readSource('package-lock.json').text) as {
  readonly packages: Entries;
};

test('the lock file resolves every platform package', () => {
  assert.deepEqual(missingOptional(packages), []);
});

test('the lock file names no registry', () => {
  assert.deepEqual(named(packages), []);
});

test('the lock file has a checksum for every package', () => {
  assert.deepEqual(unchecked(packages), []);
});

test('package.json pins every dependency to one version', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readSource('package.json').text,
  ) as Record<string, Record<string, string>>;
  const all = { ...dependencies, ...devDependencies, ...optionalDependencies };
  const loose = Object.entries(all).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  assert.deepEqual(loose, []);
});

test('missingOptional() finds a platform package without an entry', () => {
  const wants = { optionalDependencies: { '@a/linux': '1' } };
  assert.deepEqual(missingOptional({ 'node_modules/a': wants }), [
    'node_modules/a wants @a/linux',
  ]);
  for (const place of [
    'node_modules/@a/linux',
    'node_modules/a/node_modules/@a/linux',
  ]) {
    const found = { 'node_modules/a': wants, [place]: {} };
    assert.deepEqual(missingOptional(found), []);
  }
  const deep = { 'node_modules/x/node_modules/@b/c': wants };
  assert.equal(missingOptional(deep).length, 1);
  const beside = { ...deep, 'node_modules/x/node_modules/@a/linux': {} };
  assert.deepEqual(missingOptional(beside), []);
});

test('named() finds an address, unchecked() an entry without checksum', () => {
  const entry = { resolved: 'https://registry.example/a.tgz' };
  assert.deepEqual(named({ 'node_modules/a': entry }), ['node_modules/a']);
  assert.deepEqual(unchecked({ '': {}, 'node_modules/a': entry }), [
    'node_modules/a',
  ]);
});
