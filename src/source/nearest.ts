/**
 * Names that resemble a wrong one, for messages that help.
 */
import { distance } from 'fastest-levenshtein';

/** The `count` names nearest to `name`; none that shares almost nothing. */
export function nearest(
  name: string,
  candidates: Iterable<string>,
  count = 1,
): string[] {
  const wanted = name.toLowerCase();
  return [...new Set(candidates)]
    .map((candidate) => ({
      candidate,
      far: difference(wanted, candidate.toLowerCase()),
    }))
    .filter(({ far, candidate }) => {
      return far <= Math.max(wanted.length, candidate.length) * 0.6;
    })
    .sort((a, b) => a.far - b.far || a.candidate.localeCompare(b.candidate))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** `: did you mean "syncPod"?`, or nothing when nothing is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const [best] = nearest(name, candidates);
  return best === undefined ? '' : `: did you mean "${best}"?`;
}

/** Of two names, one of which is a piece of the other, the rest weighs less. */
function difference(a: string, b: string): number {
  const far = distance(a, b);
  return a !== '' && (b.includes(a) || a.includes(b)) ? far / 2 : far;
}
