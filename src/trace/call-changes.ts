/**
 * What a function that does not wait changed in its object and in what it was
 * given: compared before and after, as far as a reader of the call can know
 * the field.
 */
import { differences, isCondition } from './index/documents.ts';
import type { Difference } from './index/documents.ts';
import { countTo } from './index/lists.ts';
import { code } from './index/rows.ts';
import { briefly } from './index/slots.ts';
import { changesOf, clipped, dataText } from './index/texts.ts';
import { cut, isRecord } from './index/values.ts';
import type { World } from './index/world.ts';
import type { Change, Row } from './model.ts';

/** How deep, and over how many versions, changes are looked for. */
const depth = 6;
const longestPath = 3;
const mostVersions = 400;
const mostObjects = 2000;
const valueWidth = 60;

export class CallChanges {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  of(row: Row): readonly Change[] {
    const { frames, rows, values, events } = this.#world;
    const frame = rows.frame(row);
    const end = frames.end(frame);
    if (rows.kind(row) !== code.call || end < 0) return [];
    // Where a scenario watches values, they tell what a call changed.
    if (events.of('change').length > 0) return [];
    const site = frames.site(frame);
    const written = values.written;
    const versions = countTo(written, end) - countTo(written, row);
    if (site.async || versions === 0 || versions > mostVersions) return [];
    const found: Difference[] = [];
    for (const [index, ref] of frames.arguments(frame).entries()) {
      const object = values.object(ref);
      if (object === undefined) continue;
      const root = index === 0 ? [] : [site.params[index - 1] ?? ''];
      if (index > 0 && values.className(object) !== 'Object') continue;
      const before = values.plain(ref, row, depth, mostObjects);
      const after = values.plain(ref, end, depth, mostObjects);
      for (const one of differences(before, after, true)) {
        if (isTelling(one)) found.push(brief(one, root));
      }
    }
    return changesOf(found);
  }
}

/** Whether a reader of the call knows what the field is. */
function isTelling({ path, before, after }: Difference): boolean {
  if (before === cut || after === cut) return false;
  const known = path.length <= longestPath || path.includes('labels');
  return known && !path.some((one) => one.startsWith('#'));
}

function brief(one: Difference, root: readonly string[]): Difference {
  return {
    path: [...root, ...one.path],
    before: briefValue(one.before),
    after: briefValue(one.after),
  };
}

/** A record by the field that says what it is; else not too long. */
function briefValue(value: unknown): unknown {
  if (Array.isArray(value) && !value.every(isCondition)) {
    return value.map(briefValue);
  }
  if (!isRecord(value) || 'status' in value) return value;
  return briefly(value) ?? clipped(dataText(value), valueWidth);
}
