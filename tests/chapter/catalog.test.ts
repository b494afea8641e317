import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chapterNamed,
  findChapters,
  loadScenario,
  scenarioNamed,
} from '../../src/chapter/catalog.ts';
import type { Chapter } from '../../src/chapter/catalog.ts';

const chapter = (id: string, ...scenarios: string[]): Chapter => ({
  id,
  part: id.split('/')[0] ?? '',
  title: id,
  minutes: 20,
  scenarios,
});

const chapters = [
  chapter('knative/01-control-loop'),
  chapter('knative/02-service', 'hello-world', 'conflict'),
  chapter('kubelet/02-pod-workers'),
  chapter('tomcat/03-upgrade'),
  chapter('whole/03-upgrade-all'),
];

test('chapterNamed() takes an id, a slug, and any beginning that is unique', () => {
  for (const [word, id] of [
    ['knative/02-service', 'knative/02-service'],
    ['knative/02', 'knative/02-service'],
    ['knative/service', 'knative/02-service'],
    ['service', 'knative/02-service'],
    ['knative/ser', 'knative/02-service'],
    ['knative/2', 'knative/02-service'],
    ['pod', 'kubelet/02-pod-workers'],
    ['ku', 'kubelet/02-pod-workers'],
    ['upgrade', 'tomcat/03-upgrade'],
  ] as const) {
    assert.equal(chapterNamed(chapters, word).id, id, word);
  }
});

test('chapterNamed() refuses a word for several chapters, and names them', () => {
  assert.throws(() => chapterNamed(chapters, 'knative'), {
    code: 2,
    message:
      'Cannot choose a chapter by "knative": expected one, found "knative/01-control-loop", "knative/02-service"',
  });
});

test('chapterNamed() gives the nearest name for an unknown one', () => {
  assert.throws(() => chapterNamed(chapters, 'knative/servise'), {
    code: 2,
    message:
      'Cannot find chapter "knative/servise": did you mean "knative/service"?',
  });
  assert.throws(() => chapterNamed(chapters, 'lst', ['list']), {
    message: 'Cannot find chapter "lst": did you mean "list"?',
  });
});

test('chapterNamed() names the chapters of a part, or where to look', () => {
  assert.throws(() => chapterNamed(chapters, 'knative/99'), {
    code: 2,
    message:
      'Cannot find chapter "knative/99": expected "knative/01-control-loop", "knative/02-service"',
  });
  assert.throws(() => chapterNamed(chapters, 'xyzzy'), {
    message:
      'Cannot find chapter "xyzzy": "npm run chapter" lists those there are',
  });
  assert.throws(() => chapterNamed(chapters, ' '), {
    message: 'Cannot choose a chapter: expected a name, found nothing',
  });
});

test('scenarioNamed() takes the first by default, and knows the others', () => {
  const [, service, workers] = chapters;
  assert.equal(scenarioNamed(service!), 'hello-world');
  assert.equal(scenarioNamed(service!, 'conflict'), 'conflict');
  assert.throws(() => scenarioNamed(service!, 'conflit'), {
    code: 2,
    message:
      'Cannot find scenario "conflit" of knative/02-service: did you mean "conflict"?',
  });
  assert.throws(() => scenarioNamed(service!, 'zzzzzz'), {
    message:
      'Cannot find scenario "zzzzzz" of knative/02-service: expected "hello-world", "conflict"',
  });
  assert.throws(() => scenarioNamed(workers!), { code: 3 });
});

test('scenarioNamed() says why a chapter cannot be run', () => {
  const broken = { ...chapter('knative/09-x', 'a'), fault: 'it is broken' };
  assert.throws(() => scenarioNamed(broken), {
    code: 3,
    message: 'Cannot run knative/09-x: it is broken',
  });
});

test('findChapters() finds each chapter with scenarios that exist', async () => {
  const found = findChapters();
  assert.ok(found.length > 0);
  for (const { id, fault, scenarios } of found) {
    assert.equal(fault, undefined, `${id}: ${fault ?? ''}`);
    assert.ok(scenarios.length > 0, id);
    for (const name of scenarios) {
      const { title, cast } = await loadScenario(id, name);
      assert.ok(title !== '' && cast.length > 0, `${id} ${name}`);
    }
  }
});
