/**
 * Durations as Go prints and reads them: `10s`, `2m40s`, `300ms`.
 */
import type { Milliseconds } from '../../sim/clock.ts';

/** Whole milliseconds, as `time.Duration.String` writes them. */
export function formatDuration(duration: Milliseconds): string {
  if (duration < 1000) return duration === 0 ? '0s' : `${duration}ms`;
  const hours = Math.floor(duration / 3_600_000);
  const minutes = Math.floor(duration / 60_000) % 60;
  const seconds = `${(duration % 60_000) / 1000}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

const units: Readonly<Record<string, Milliseconds>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** @throws {SyntaxError} when `text` is not a Go duration of these units */
export function parseDuration(text: string): Milliseconds {
  if (text === '0') return 0;
  const match = /^(-?)((?:\d+(?:\.\d+)?(?:ms|s|m|h))+)$/.exec(text);
  if (match === null) {
    throw new SyntaxError(
      `Cannot read the duration "${text}": expected a Go duration, such as "1m30s"`,
    );
  }
  let total = 0;
  for (const part of (match[2] ?? '').matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(part[1]) * (units[part[2] ?? ''] ?? 0);
  }
  return match[1] === '-' ? -total : total;
}
