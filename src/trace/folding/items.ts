/**
 * What may become a step of the story: happenings, functions that speak for
 * themselves, and calls from one lane into another.
 */
import { isHidden } from '../address.ts';
import type { Addresses } from '../address.ts';
import { drawn } from '../index/events.ts';
import { code } from '../index/rows.ts';
import type { World } from '../index/world.ts';
import type { Row } from '../model.ts';
import type { Speaker } from '../sentence/speaker.ts';
import { each } from '../slices.ts';
import type { Work } from '../slices.ts';
import type { Happening } from '../index/events.ts';

export interface Item {
  readonly row: Row;
  readonly kind: string;
  readonly case: string;
  readonly task: number;
  readonly lane: number;
  readonly frame: number;
  readonly time: number;
  readonly address: string;
  readonly happening: Happening | undefined;
  /** What the function says of itself; '' for happenings and bare calls. */
  readonly own: string;
}

const noHappening = new Map<number, string>([
  [code.call, 'call'],
  [code.return, 'return'],
  [code.throw, 'throw'],
]);

/** Rows that are read without a rest; some are put into words. */
const readAtOnce = 512;

/** All candidates of the story, in order of rows. */
export function* itemsOf(
  world: World,
  speaker: Speaker,
  addresses: Addresses,
): Work<Item[]> {
  const items: Item[] = [];
  const quiet = quietSites(world);
  yield* each(
    world.rows.count,
    (row) => {
      const plain = world.rows.kind(row);
      if (plain !== code.event && !noHappening.has(plain)) return;
      const happening = world.events.at(row);
      if (drawn.has(happening?.kind ?? '')) return;
      const site = world.frames.siteIndex(world.rows.frame(row));
      if (happening === undefined && quiet[site] === true) return;
      const own = happening === undefined ? ownWords(world, speaker, row) : '';
      if (own === undefined) return;
      const frame = world.rows.frame(row);
      items.push({
        row,
        kind: happening?.kind ?? noHappening.get(world.rows.kind(row)) ?? '',
        case: happening?.case ?? '',
        task: world.rows.task(row),
        lane: world.lanes.of(row),
        frame,
        time: world.rows.time(row),
        address: addresses.own(row) ?? '',
        happening,
        own,
      });
    },
    readAtOnce,
  );
  return items;
}

/** Sites whose calls are no candidates: they say nothing and cross no lane. */
function quietSites({ trace }: World): boolean[] {
  const crossing = trace.lanes.some(({ symbols }) => symbols !== undefined);
  return trace.sites.map(({ story, symbol }) => {
    return (story ?? []).length === 0 && (!crossing || isHidden(symbol));
  });
}

/** What a call or its end says; undefined when it is no candidate. */
function ownWords(
  world: World,
  speaker: Speaker,
  row: Row,
): string | undefined {
  const { rows, frames, lanes } = world;
  const kind = rows.kind(row);
  if (!noHappening.has(kind)) return undefined;
  const frame = rows.frame(row);
  const site = frames.site(frame);
  const said = speaker.own(row);
  if (said !== undefined) return said.text;
  if (site.story !== undefined && site.story.length > 0) return undefined;
  if (isHidden(site.symbol) || world.foldedFrame(frame)) return undefined;
  const task = rows.task(row);
  const caller = lanes.ofFrame(frames.parent(frame), task);
  if (lanes.ofFrame(frame, task) === caller) return undefined;
  const took = rows.time(row) - rows.time(frames.begin(frame));
  return kind === code.return && took === 0 ? undefined : '';
}
