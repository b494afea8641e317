/**
 * The sentences of a level, each made once.
 *
 * Where a kind has several phrasings, a sentence differs from the one before
 * it; so that one is made first, back to where nothing varies.
 */
import type { Levels } from './levels.ts';
import type { Level, Spoken } from './model.ts';
import type { Speaker } from './sentence/speaker.ts';

/** After so many steps a sentence no longer looks at the one before it. */
const longestChain = 64;

export class Telling {
  readonly #levels: Levels;
  readonly #speaker: Speaker;
  readonly #spoken = new Map<string, Spoken>();

  constructor(levels: Levels, speaker: Speaker) {
    this.#levels = levels;
    this.#speaker = speaker;
  }

  /** The sentence of the `n`th step of a level. */
  of(level: Level, n: number): Spoken {
    const rows = this.#levels.rows(level);
    let first = n;
    while (
      first > 1 &&
      first % longestChain !== 0 &&
      !this.#spoken.has(`${level} ${first}`) &&
      this.#speaker.varies(rows[first - 1] ?? 0)
    ) {
      first -= 1;
    }
    let before = '';
    let spoken: Spoken = { text: '', source: '', missing: [] };
    for (let at = first; at <= n; at++) {
      const key = `${level} ${at}`;
      spoken =
        this.#spoken.get(key) ?? this.#speaker.say(rows[at - 1] ?? 0, before);
      this.#spoken.set(key, spoken);
      before = spoken.text;
    }
    return spoken;
  }
}
