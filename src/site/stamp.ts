/**
 * Whether what was built still fits what it was built from: one hash over the
 * sources, kept beside the results.
 */
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './project.ts';

const siteSources = [
  'astro.config.mjs',
  'content',
  'package-lock.json',
  'package.json',
  'public',
  'runnable',
  'src',
];
const recordingSources = [
  'content',
  'package-lock.json',
  'runnable',
  'src/chapter/catalog.ts',
  'src/chapter/instrument-hook.ts',
  'src/chapter/record.ts',
  'src/chapter/recording-session.ts',
  'src/ports',
  'src/trace',
];
const siteStamp = '.cache/site.stamp';
const recordingStamp = '.cache/traces.stamp';

const switches = ['SITE_URL', 'REPOSITORY_URL'];

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const name of switches)
    hash.update(`${name}=${process.env[name] ?? ''}`);
  for (const path of paths.flatMap(filesBelow)) {
    hash.update(path).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

function filesBelow(path: string): string[] {
  const there = statSync(join(root, path), { throwIfNoEntry: false });
  if (there === undefined) return [];
  if (there.isFile()) return [path];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name).slice(root.length + 1),
    )
    .sort();
}

function kept(file: string): string {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return '';
  }
}

function keep(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** A hash of everything that `dist` is built from. */
export const siteHash = (): string => hashOf(siteSources);

/** Whether `dist` was built from the sources as they are. */
export const isFresh = (): boolean => kept(siteStamp) === siteHash();

/** Remembers what `dist` was built from. */
export const markBuilt = (hash: string): void => {
  keep(siteStamp, hash);
};

/** A hash of everything that recordings are made from. */
export const recordingHash = (): string => hashOf(recordingSources);

/** Whether `.cache/traces` was recorded from the sources as they are. */
export const isRecorded = (): boolean =>
  kept(recordingStamp) === recordingHash();

/** Remembers what `.cache/traces` was recorded from. */
export const markRecorded = (hash: string): void => {
  keep(recordingStamp, hash);
};
