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

/**
 * The same duration as Go's `time.Duration.String` writes it: `600s` becomes
 * `10m0s`.
 *
 * @throws {Error} worded as Go's when `text` is none
 */
export function durationString(text: string): string {
  const duration = parseDuration(text);
  const sign = duration < 0 ? '-' : '';
  const total = Math.abs(duration);
  if (total === 0) return '0s';
  if (total < 1e-3) return `${sign}${round(total * 1e6)}ns`;
  if (total < 1) return `${sign}${round(total * 1e3)}µs`;
  if (total < 1000) return `${sign}${round(total)}ms`;
  const hours = Math.floor(total / 3_600_000);
  const minutes = Math.floor(total / 60_000) % 60;
  const seconds = `${round((total % 60_000) / 1000)}s`;
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`;
}

/** Without what floating point adds below a nanosecond. */
function round(amount: number): number {
  return Number(amount.toFixed(9));
}
