/**
 * Levels of detail: which rows are steps of the story, of all calls, of all
 * lines.
 */
import { isHidden } from './address.ts';
import type { Story } from './fold.ts';
import { drawn } from './index/events.ts';
import { code } from './index/rows.ts';
import type { World } from './index/world.ts';
import type { Level, Row } from './model.ts';
import { each, finish } from './slices.ts';
import type { Work } from './slices.ts';

export class Levels {
  readonly #world: World;
  readonly #story: Story;
  readonly #rows = new Map<Level, readonly Row[]>();

  constructor(world: World, story: Story) {
    this.#world = world;
    this.#story = story;
  }

  /** The steps of a level, in order. */
  rows(level: Level): readonly Row[] {
    if (level === 'story') return this.#story.rows;
    if (!this.#rows.has(level)) finish(this.read(level));
    return this.#rows.get(level) ?? [];
  }

  /** Finds the steps of a level. */
  *read(level: Level): Work {
    if (level === 'story') return;
    const rows: Row[] = [];
    yield* each(this.#world.rows.count, (row) => {
      if (this.#isStep(row, level)) rows.push(row);
    });
    this.#rows.set(level, rows);
  }

  #isStep(row: Row, level: Level): boolean {
    const { events, frames, rows } = this.#world;
    const happening = events.at(row);
    if (happening !== undefined) return !drawn.has(happening.kind);
    const kind = rows.kind(row);
    const frame = rows.frame(row);
    if (this.#world.foldedFrame(frame) || this.#isBackstage(frame))
      return false;
    if (kind === code.line) return level === 'lines';
    const ends = kind === code.return || kind === code.throw;
    return (kind === code.call || ends) && !isHidden(frames.site(frame).symbol);
  }

  /** Whether a frame only sets the stage: a scenario's, with no words. */
  #isBackstage(frame: number): boolean {
    const { file, story } = this.#world.frames.site(frame);
    const path = this.#world.trace.files[file]?.path ?? '';
    return path.startsWith('runnable/scenarios/') && story === undefined;
  }
}
