/**
 * Opens a recording of this site: a short one at once, a long one with what
 * keeps the page awake meanwhile, which is fetched for it.
 */
import { openTrace } from '../trace/open.ts';
import type { TraceModel } from '../trace/model.ts';
import { trustedTrace } from '../trace/trusted.ts';
import type { Progress } from './open-slowly.ts';

/** Bytes of a recording that are read at once, without a worker. */
const short = 3_000_000;
/** Rows that are indexed at once. */
const few = 30_000;

const slowly = () => import('./open-slowly.ts');

/** Opens a recording of this site. */
export async function openOwn(
  data: Blob,
  progress: Progress,
): Promise<TraceModel> {
  if (data.size > short) return (await slowly()).openForeign(data, progress);
  const trace = trustedTrace(JSON.parse(await data.text()));
  return trace.events.kind.length <= few
    ? openTrace(trace)
    : (await slowly()).openRows(trace, progress);
}
