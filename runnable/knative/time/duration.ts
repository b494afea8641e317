/**
 * Go's durations as text: `5h`, `1h30m`, `2.5s`.
 */
import type { Milliseconds } from '../../sim/clock.ts';

const unitMs: Readonly<Record<string, Milliseconds>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

const term = /(\d+\.?\d*|\.\d+)([a-zµμ]+)/g;

/**
 * Reads a duration as Go's `time.ParseDuration` does.
 *
 * @throws {Error} worded as Go's when `text` is none
 */
export function parseDuration(text: string): Milliseconds {
  const sign = text.startsWith('-') ? -1 : 1;
  const body = text.replace(/^[-+]/, '');
  if (body === '0') return 0;
  const terms = [...body.matchAll(term)];
  const read = terms.map(([whole]) => whole).join('');
  if (body === '' || read !== body) {
    throw new Error(
      /^[\d.]+$/.test(body)
        ? `time: missing unit in duration ${text}`
        : `time: invalid duration ${text}`,
    );
  }
  let total = 0;
  for (const [, amount = '', unit = ''] of terms) {
    const factor = unitMs[unit];
    if (factor === undefined) {
      throw new Error(`time: unknown unit ${unit} in duration ${text}`);
    }
    total += Number(amount) * factor;
  }
  return sign * total;
}
