/**
 * What `runnable/` is handed: pure, synchronous, the same in Node and in a
 * browser, so that a run has the same bytes in both.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Ports } from '../../runnable/ports.ts';
import { newDeflate, newInflate } from './deflate.ts';
import { parseYaml } from './yaml.ts';

export const ports: Ports = {
  sha1: (bytes) => sha1(bytes),
  sha256: (bytes) => sha256(bytes),
  newDeflate,
  newInflate,
  parseYaml,
};
