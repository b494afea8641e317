import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isDigest,
  newTag,
  repositoryName,
} from '../../../runnable/knative/containerregistry/name.ts';

const sha = `sha256:${'0123456789abcdef'.repeat(4)}`;

for (const [image, registry, repository, tag] of [
  ['busybox', 'index.docker.io', 'busybox', 'latest'],
  ['user/app', 'index.docker.io', 'user/app', 'latest'],
  ['gcr.io/a/b', 'gcr.io', 'a/b', 'latest'],
  ['gcr.io/a/b:v1.2', 'gcr.io', 'a/b', 'v1.2'],
  ['localhost:5000/app', 'localhost:5000', 'app', 'latest'],
  ['dev.local/app:Tag_1', 'dev.local', 'app', 'Tag_1'],
] as const) {
  test(`newTag() reads ${image}`, () => {
    assert.deepEqual(newTag(image), { registry, repository, tag });
  });
}

for (const [image, message] of [
  ['', 'a repository name must be specified'],
  ['a', 'repository must be between 2 and 255 runes in length: a'],
  [
    'gcr.io/Upper',
    'repository can only contain the runes `abcdefghijklmnopqrstuvwxyz0123456789_-./`: Upper',
  ],
  [
    'app:a b',
    'tag can only contain the runes `abcdefghijklmnopqrstuvwxyz0123456789_-.ABCDEFGHIJKLMNOPQRSTUVWXYZ`: a b',
  ],
  ['g cr.io/app', 'registries must be valid RFC 3986 URI authorities: g cr.io'],
] as const) {
  test(`newTag() refuses "${image}"`, () => {
    assert.throws(() => newTag(image), { message });
  });
}

test('repositoryName() puts the images of Docker itself in its library', () => {
  const name = (image: string): string => repositoryName(newTag(image));
  assert.equal(name('busybox'), 'index.docker.io/library/busybox');
  assert.equal(name('user/app'), 'index.docker.io/user/app');
  assert.equal(name('gcr.io/app'), 'gcr.io/app');
});

test('isDigest() wants one @, a digest and a name', () => {
  assert.equal(isDigest(`gcr.io/a/b@${sha}`), true);
  assert.equal(isDigest(`gcr.io/a/b:v1@${sha}`), true);
  assert.equal(isDigest('gcr.io/a/b:v1'), false);
  assert.equal(isDigest('gcr.io/a/b@sha256:12'), false);
  assert.equal(isDigest(`gcr.io/A@${sha}`), false);
  assert.equal(isDigest(`a@b@${sha}`), false);
});
