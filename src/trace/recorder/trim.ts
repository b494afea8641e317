/**
 * Leaves out the functions that a run never called.
 */
import { rowKinds } from '../format.ts';
import type { Columns, Site } from '../format.ts';

const call = rowKinds.indexOf('call');

/** Keeps the sites that calls name, and numbers them anew. */
export function trimSites(
  sites: readonly Site[],
  events: Columns,
): { readonly sites: readonly Site[]; readonly events: Columns } {
  const called = new Set(
    events.a.filter((_, row) => events.kind[row] === call),
  );
  const kept = [...called].sort((a, b) => a - b);
  const numbers = new Map(kept.map((site, number) => [site, number]));
  const a = events.a.map((own, row) =>
    events.kind[row] === call ? (numbers.get(own) ?? own) : own,
  );
  return {
    sites: kept.flatMap((site) => sites[site] ?? []),
    events: { ...events, a },
  };
}
