/**
 * The recorded cases of the kubelet, and what several of their tests need.
 */
import { readFileSync } from 'node:fs';
import type { Pod } from '../../runnable/kubelet/api/v1.ts';

/** A case's documents differ by area; each test knows its own. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- cases are data of many shapes
type Document = any;

export interface KubeletCase {
  readonly id: string;
  readonly area: string;
  readonly given: Document;
  readonly when: Document;
  readonly expect: Document;
}

const { cases } = JSON.parse(
  readFileSync(new URL('data/kubelet.json', import.meta.url), 'utf8'),
) as { cases: KubeletCase[] };

/** The case of that name; a test that names a missing one fails. */
export function caseOf(id: string): KubeletCase {
  const found = cases.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(`No case is named "${id}"`);
  return found;
}

export function casesIn(area: string): KubeletCase[] {
  return cases.filter((each) => each.area === area);
}

export const allCases: readonly KubeletCase[] = cases;

/** A pod with one container, and whatever is said otherwise. */
export function pod(name: string, change: Partial<Pod> = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'new', uid: name, ...change.metadata },
    spec: { containers: [{ name: 'bar', image: 'busybox' }], ...change.spec },
    status: { ...change.status },
  };
}
