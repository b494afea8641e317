/**
 * Addresses that resemble a wrong one, for messages that help.
 */
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
  const last = total > 1 ? `${base} #${total}` : base;
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

/** How many signs have to be added, removed or replaced. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const replaced = (row[j - 1] ?? 0) + same;
      const moved = Math.min(row[j] ?? 0, next[j - 1] ?? 0) + 1;
      next.push(Math.min(replaced, moved));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
