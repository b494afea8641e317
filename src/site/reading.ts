/**
 * What the components of one chapter know about it while it is rendered.
 *
 * Components cannot see their neighbours; the page puts this into
 * `Astro.locals` before it renders the chapter's text.
 */
import type { Trace } from '../trace/format.ts';
import type { TraceModel } from '../trace/model.ts';
import type { BeatMark, Outline } from './outline.ts';
import { storyStep } from './steps.ts';

export interface Recorded {
  readonly trace: Trace;
  readonly model: TraceModel;
}

export interface Reading {
  /** `knative/02-service`. */
  readonly chapter: string;
  /** The chapter's file, for messages. */
  readonly file: string;
  /** Names of its scenarios; the first one is the default. */
  readonly scenarios: readonly string[];
  readonly outline: Outline;
  readonly recorded: ReadonlyMap<string, Recorded>;
  /** How many beats with an address were rendered so far. */
  readonly rendered: Map<string, number>;
}

/** A beat's place in the run it belongs to. */
export interface PlacedBeat extends BeatMark {
  /** Number of its step in the story. */
  readonly step: number;
  readonly sentence: string;
}

/** The chapter that is being rendered. */
export function readingOf(locals: App.Locals, component: string): Reading {
  if (locals.reading === undefined) {
    throw new Error(
      `Cannot render <${component}> outside a chapter: found another page, wanted one of content/<part>/NN-slug/`,
    );
  }
  return locals.reading;
}

/** The recording of a scenario that the chapter's text names. */
export function recordedIn(reading: Reading, scenario: string): Recorded {
  const found = reading.recorded.get(scenario);
  if (found !== undefined) return found;
  throw new RangeError(
    `Cannot put scenario "${scenario}" on the stage in ${reading.file}: its top matter lists ${reading.scenarios.map((name) => `"${name}"`).join(', ')}`,
  );
}

/**
 * The next beat with this address, in the order of the text.
 *
 * @throws {RangeError} when its scenario never reaches the address, with the
 *   nearest ones that it does reach
 */
export function placeBeat(reading: Reading, at: string): PlacedBeat {
  const before = reading.rendered.get(at) ?? 0;
  reading.rendered.set(at, before + 1);
  const mark = reading.outline.beats.filter((beat) => beat.at === at)[before];
  if (mark === undefined) {
    throw new RangeError(
      `Cannot find the beat "${at}" in the text of ${reading.file}: write its address as at="…"`,
    );
  }
  const { scenario } = mark;
  const run = recordedIn(reading, scenario);
  const step = storyStep(reading.file, run, { at, scenario });
  return { ...mark, step: step.number, sentence: step.sentence };
}
