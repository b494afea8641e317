/**
 * A trace that comes from the page's own site, made by the same build: only
 * its version is looked at. Whatever comes from elsewhere goes to `readTrace`.
 */
import { formatName, formatVersion } from './format.ts';
import type { Trace } from './format.ts';
import { unpack } from './pack.ts';
import type { PackedTrace } from './pack.ts';

/**
 * @throws {TypeError} when it is no trace
 * @throws {RangeError} when it has another version than this reads
 */
export function trustedTrace(json: unknown): Trace {
  checkVersion(json);
  return unpacked(json as Trace | PackedTrace);
}

/** A trace with its columns, whatever its form. */
export function unpacked(trace: Trace | PackedTrace): Trace {
  return 'streams' in trace ? unpack(trace) : trace;
}

/** First of all: another version may differ in everything else. */
export function checkVersion(json: unknown): void {
  if (typeof json !== 'object' || json === null) {
    throw new TypeError('expected a record, got none');
  }
  const { format, version } = json as Partial<Record<string, unknown>>;
  if (format !== formatName) {
    throw new TypeError(
      `expected the format "${formatName}", got ${shown(format)}`,
    );
  }
  if (version !== formatVersion) {
    throw new RangeError(
      `it has version ${shown(version)}, and this reads version ${formatVersion}`,
    );
  }
}

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60);
