import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeFolders, codePath, roleOf } from '../../src/site/code.ts';

test('roleOf() is the first sentence of the file', () => {
  assert.equal(
    roleOf('runnable/scenarios/scenario.ts'),
    "A scenario: one deterministic run of a chapter's code.",
  );
});

test('codeFolders() lists every file once, the simulator after the parts', () => {
  const folders = codeFolders();
  const paths = folders.flatMap(({ files }) => files.map(({ path }) => path));
  assert.equal(new Set(paths).size, paths.length);
  const names = folders.map(({ folder }) => folder);
  const firstOf = (part: string) =>
    names.findIndex((name) => name.startsWith(part));
  assert.ok(firstOf('knative') < firstOf('kubelet'));
  assert.ok(firstOf('kubelet') < names.indexOf('sim'));
});

test('codePath() is the address of a page from the root of the site', () => {
  assert.equal(codePath('runnable/sim/sim.ts'), '/code/sim/sim.ts/');
});
