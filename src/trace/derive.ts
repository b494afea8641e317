/**
 * Happenings that are calls: the one table of symbols whose calls mean
 * `queue.*`, `event` or `log`.
 *
 * Work queue, event recorder and loggers are teaching code like any other and
 * emit nothing; that a call of theirs means something is said here alone.
 */
import type { Site } from './format.ts';
import { Deriver } from './index/deriver.ts';
import type { Meaning } from './index/deriver.ts';
import type { Happening } from './index/events.ts';
import type { Ground } from './index/ground.ts';
import type { QueueModel } from './index/queues.ts';
import { code } from './index/rows.ts';
import { each } from './slices.ts';
import type { Work } from './slices.ts';

interface Rule {
  /** Part of the path of the file that declares the symbol. */
  readonly path: string;
  readonly symbol: RegExp;
  readonly meaning: Meaning;
}

const table: readonly Rule[] = [
  { path: '/workqueue/', symbol: /^Type\.add$/u, meaning: 'queue.add' },
  { path: '/workqueue/', symbol: /^Type\.get$/u, meaning: 'queue.get' },
  { path: '/workqueue/', symbol: /^Type\.done$/u, meaning: 'queue.done' },
  {
    path: '/workqueue/',
    symbol: /^DelayingType\.addAfter$/u,
    meaning: 'queue.addAfter',
  },
  {
    path: '/workqueue/',
    symbol: /^RateLimitingType\.addRateLimited$/u,
    meaning: 'queue.addRateLimited',
  },
  {
    path: '/record/',
    symbol: /^EventRecorder\.eventf?$/u,
    meaning: 'event',
  },
  {
    path: '/logging/',
    symbol: /^SugaredLogger\.(debug|info|warn|error|fatal)[fw]?$/u,
    meaning: 'log',
  },
  {
    path: '/kubelet/klog',
    symbol: /^(info|warning|error|v\d)f$/u,
    meaning: 'log',
  },
  {
    path: '/juli/',
    symbol: /^Log\.(trace|debug|info|warn|error|fatal)$/u,
    meaning: 'log',
  },
];

export interface Derived {
  readonly happenings: readonly Happening[];
  readonly queues: readonly QueueModel[];
}

/** Finds every call with a meaning, in order of rows. */
export function* derive(ground: Ground): Work<Derived> {
  const { rows, frames } = ground;
  const deriver = new Deriver(ground);
  const meanings = rows.trace.sites.map((site) =>
    meaningOf(site, rows.trace.files[site.file]?.path ?? ''),
  );
  yield* each(rows.count, (row) => {
    const kind = rows.kind(row);
    if (kind === code.throw) deriver.thrown(row);
    if (kind !== code.call && kind !== code.return) return;
    const meaning = meanings[frames.siteIndex(rows.frame(row))];
    if (meaning === undefined) return;
    if ((meaning === 'queue.get') === (kind === code.return)) {
      deriver.take(row, meaning);
    }
  });
  const { happenings, queues } = deriver;
  return { happenings, queues };
}

function meaningOf(site: Site, path: string): Meaning | undefined {
  return table.find(
    (rule) => path.includes(rule.path) && rule.symbol.test(site.symbol),
  )?.meaning;
}
