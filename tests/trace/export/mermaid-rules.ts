/**
 * Reads a diagram with Mermaid itself.
 */
import assert from 'node:assert/strict';
import mermaid from 'mermaid';

interface SequenceDb {
  getMessages(): readonly {
    readonly type: number;
    readonly message: unknown;
  }[];
  getActors(): ReadonlyMap<string, { readonly description: string }>;
}

export interface Diagram {
  readonly actors: readonly string[];
  /** Messages and notes, as a reader sees them. */
  readonly texts: readonly string[];
}

/** Fails unless Mermaid takes a text as a sequence diagram. */
export async function checkMermaid(text: string): Promise<Diagram> {
  assert.ok(text.length <= 50_000, 'Mermaid draws no longer text');
  const parsed = await mermaid.parse(text);
  assert.equal(parsed.diagramType, 'sequence');
  // The newer way in needs a page; what was read is told only by this one.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const sequence = db as unknown as SequenceDb;
  return {
    actors: [...sequence.getActors().values()].map(({ description }) =>
      decoded(description),
    ),
    texts: sequence
      .getMessages()
      .flatMap(({ message }) =>
        typeof message === 'string' ? [decoded(message)] : [],
      ),
  };
}

/** Mermaid keeps `#35;` in a form of its own until it draws. */
const decoded = (text: string): string =>
  text.replaceAll(/ﬂ°°(\d+)¶ß/gu, (_, code: string) =>
    String.fromCharCode(Number(code)),
  );
