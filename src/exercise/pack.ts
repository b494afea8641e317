/**
 * `reference.pack`: what a students' copy needs and should not be read by
 * accident, in one compressed file. It lies in the project's folder of such a
 * copy, and nowhere else.
 */
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { projectRoot } from '../source/files.ts';
import type { SealedKey } from './seal.ts';

export const packName = 'reference.pack';

export interface ReferencePack {
  readonly version: 1;
  /** Files of `runnable/` as they were before functions were cut out. */
  readonly files: Readonly<Record<string, string>>;
  /** By exercise: what the student begins with. */
  readonly starters: Readonly<Record<string, string>>;
  /** By exercise: the code whose trace is given, by path. */
  readonly given: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly keys: Readonly<Record<string, SealedKey>>;
  /** By file: the functions that are hidden from whoever does not write them. */
  readonly hidden: Readonly<Record<string, readonly string[]>>;
}

let pack: { readonly found: ReferencePack | undefined } | undefined;

/** The pack of this copy; undefined where everything lies open. */
export function referencePack(): ReferencePack | undefined {
  pack ??= { found: readPack() };
  return pack.found;
}

function readPack(): ReferencePack | undefined {
  const url = new URL(packName, projectRoot);
  if (!existsSync(url)) return undefined;
  const text = brotliDecompressSync(readFileSync(url)).toString('utf8');
  return JSON.parse(text) as ReferencePack;
}

/** The bytes of a pack. */
export const packed = (contents: ReferencePack): Buffer =>
  brotliCompressSync(JSON.stringify(contents));

/** The text of a file of the project before anything was cut out of it. */
export function originalOf(path: string): string {
  return (
    referencePack()?.files[path] ??
    readFileSync(new URL(path, projectRoot), 'utf8')
  );
}
