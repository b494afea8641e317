/**
 * Happenings that are calls: the one table of symbols whose calls mean
 * `queue.*`, `event` or `log`.
 *
 * Work queue, event recorder and loggers are teaching code like any other and
 * emit nothing; that a call of theirs means something is said here alone.
 */
import type { Site } from './format.ts';
import type { Happening } from './index/events.ts';
import type { Ground } from './index/ground.ts';
import { QueueReader } from './index/queue-reader.ts';
import type { QueueMeaning } from './index/queue-reader.ts';
import type { QueueModel } from './index/queues.ts';
import { ReportReader } from './index/report-reader.ts';
import { code } from './index/rows.ts';
import { each } from './slices.ts';
import type { Work } from './slices.ts';

type Meaning = QueueMeaning | 'event' | 'log';

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
  const happenings: Happening[] = [];
  const queues = new QueueReader(ground, happenings);
  const reports = new ReportReader(ground, happenings);
  const meanings = rows.trace.sites.map((site) =>
    meaningOf(site, rows.trace.files[site.file]?.path ?? ''),
  );
  yield* each(rows.count, (row) => {
    const kind = rows.kind(row);
    // Somebody may be about to tell of an error that leaves a function.
    if (kind === code.throw) queues.thrown(row);
    if (kind !== code.call && kind !== code.return) return;
    const meaning = meanings[frames.siteIndex(rows.frame(row))];
    if ((meaning === 'queue.get') !== (kind === code.return)) return;
    switch (meaning) {
      case 'event':
        reports.event(row);
        break;
      case 'log':
        reports.log(row);
        break;
      case undefined:
        break;
      default:
        queues.take(row, meaning);
    }
  });
  return { happenings, queues: queues.all };
}

function meaningOf(site: Site, path: string): Meaning | undefined {
  return table.find(
    (rule) => path.includes(rule.path) && rule.symbol.test(site.symbol),
  )?.meaning;
}
