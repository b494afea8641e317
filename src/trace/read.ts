/**
 * Reads a trace that came from outside, and lets nothing through that could
 * mislead or stop whoever uses it: every type, every size, every index.
 */
import type { Trace } from './format.ts';
import type { PackedTrace } from './pack.ts';
import { checkRows } from './read-rows.ts';
import {
  isAnything,
  isFlag,
  isInteger,
  isList,
  isNumber,
  isRecord,
  isText,
} from './shape.ts';
import type { Check } from './shape.ts';
import { streamNames } from './transcript.ts';
import { checkVersion, unpacked } from './trusted.ts';

/** Far more than a run may write; see `Budget`. */
const mostRows = 5_000_000;
/** The hexadecimal digits of the largest byte array that is kept. */
const longestBytes = 131_072;

const isCount = isInteger(0, 2 ** 31 - 1);
const isCell = isInteger(-(2 ** 31), 2 ** 31 - 1);
const isTexts = isList(isText(), 10_000);
const isColumn = isList(isCell, mostRows);

const isTime: Check = (value, at) => {
  isNumber(value, at);
  if ((value as number) < 0) {
    throw new RangeError(
      `expected ${at} to be at least 0, got ${String(value)}`,
    );
  }
};

const isHex: Check = (value, at) => {
  isText(longestBytes)(value, at);
  if (!/^(?:[0-9a-f]{2})*$/.test(value as string)) {
    throw new RangeError(`expected ${at} to be pairs of hexadecimal digits`);
  }
};

const isObject = isRecord({ object: isCell });
const isBytes = isRecord({ bytes: isHex, 'length?': isCount });
const isOther = isRecord({ other: isText(1000) });
const isLongText = isText(longestBytes);

const isValue: Check = (value, at) => {
  if (typeof value === 'object' && value !== null) {
    if ('object' in value) isObject(value, at);
    else if ('bytes' in value) isBytes(value, at);
    else isOther(value, at);
  } else if (typeof value === 'string') {
    isLongText(value, at);
  } else if (typeof value === 'number') {
    isNumber(value, at);
  } else if (value !== null) {
    isFlag(value, at);
  }
};

const common = {
  format: isText(),
  version: isCount,
  chapter: isText(),
  scenario: isText(),
  title: isText(),
  seed: isInteger(0, 2 ** 32 - 1),
  start: isNumber,
  notes: isTexts,
  lanes: isList(
    isRecord({
      id: isText(),
      noun: isText(),
      'role?': isText(),
      'played?': isFlag,
      'tasks?': isTexts,
      'symbols?': isTexts,
    }),
    1000,
  ),
  keep: isTexts,
  fold: isTexts,
  machines: isList(
    isRecord({ name: isText(), states: isTexts, initial: isText() }),
    1000,
  ),
  files: isList(
    isRecord({ path: isText(), hash: isText(), folded: isFlag }),
    10_000,
  ),
  tasks: isList(isText(), 1_000_000),
  sites: isList(
    isRecord({
      symbol: isText(),
      file: isCount,
      line: isCount,
      end: isCount,
      params: isTexts,
      async: isFlag,
      'story?': isTexts,
    }),
    100_000,
  ),
  eventKinds: isTexts,
  objects: isList(isText(), mostRows),
  strings: isList(isText(), mostRows),
  values: isList(isValue, mostRows),
  result: isAnything,
  'error?': isText(100_000),
};

const isPlain = isRecord({
  ...common,
  pool: isList(isCell),
  events: isRecord({
    time: isList(isTime, mostRows),
    task: isColumn,
    kind: isColumn,
    frame: isColumn,
    a: isColumn,
    b: isColumn,
    c: isColumn,
  }),
});

const isPacked = isRecord({
  ...common,
  streams: isRecord({
    ...Object.fromEntries(streamNames.map((name) => [name, isList(isCell)])),
    time: isList(isTime, mostRows),
    kind: isColumn,
  }),
});

/**
 * A trace from parsed JSON.
 *
 * @throws {TypeError} when something is of the wrong kind
 * @throws {RangeError} when the version is another one, or a number, a length
 *   or an index is out of range
 */
export function readTrace(json: unknown): Trace {
  try {
    checkVersion(json);
    const isOne = Object.hasOwn(json as object, 'streams') ? isPacked : isPlain;
    isOne(json, 'the trace');
    const trace = unpacked(json as Trace | PackedTrace);
    checkRows(trace);
    return trace;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) {
      error.message = `Cannot read the trace: ${error.message}`;
    }
    throw error;
  }
}
