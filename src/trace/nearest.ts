/**
 * Addresses that resemble a wrong one, for messages that help.
 */
import { distance } from 'fastest-levenshtein';
import type { Addresses } from './address.ts';

/** The nearest first; an existing address with a wrong count leads. */
export function nearestAddresses(
  addresses: Addresses,
  wanted: string,
  count: number,
): string[] {
  const base = wanted.replace(/ #\d+$/u, '');
  const kind = base.split(' ', 1)[0] ?? '';
  const total = addresses.count(base);
  const last = total > 1 ? `${base} #${String(total)}` : base;
  const exact = total > 0 ? [last] : [];
  const ranked = addresses.bases
    .filter((one) => one !== base)
    .map((one) => ({
      one,
      far: distance(base, one) + (one.startsWith(`${kind} `) ? 0 : 4),
    }))
    .sort((a, b) => a.far - b.far || (a.one < b.one ? -1 : 1))
    .map(({ one }) => one);
  return [...exact, ...ranked].slice(0, count);
}
