/**
 * Which beat of a chapter belongs to which scenario.
 *
 * A beat belongs to the last `<Stage>` above it. Components of a page cannot
 * see their neighbours, so the chapter's text is read once for its marks.
 */

export interface BeatMark {
  readonly at: string;
  readonly scenario: string;
  /** From 1, in the order of the text. */
  readonly n: number;
}

export interface Outline {
  /** Scenarios in the order in which the text puts them on the stage. */
  readonly stages: readonly string[];
  readonly beats: readonly BeatMark[];
}

const marks = /<(Stage|Beat)\b((?:"[^"]*"|'[^']*'|[^>"'])*)>/g;

/**
 * Reads the marks of a chapter's text.
 *
 * @param first the chapter's default scenario, for beats above any stage
 */
export function outlineOf(body: string, first: string): Outline {
  const text = body.replaceAll(/^(```|~~~).*?^\1/gms, '');
  const stages: string[] = [];
  const beats: BeatMark[] = [];
  for (const [, name, attributes = ''] of text.matchAll(marks)) {
    if (name === 'Stage') {
      stages.push(attribute(attributes, 'scenario') ?? first);
      continue;
    }
    const scenario = stages.at(-1) ?? first;
    const at = attribute(attributes, 'at') ?? '';
    beats.push({ at, scenario, n: beats.length + 1 });
  }
  return { stages, beats };
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}=(?:"([^"]*)"|'([^']*)')`).exec(
    attributes,
  );
  return found?.[1] ?? found?.[2];
}
