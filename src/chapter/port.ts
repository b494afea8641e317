/**
 * What a port of `chapter try` is.
 */
import type { JsonSchema } from './schema/json-schema.ts';

/** One function that can be tried. */
export interface Port {
  /** What the document must be. */
  readonly schema: JsonSchema;
  /**
   * Decides; the document was checked against the schema.
   *
   * @throws {PortError} when the document is well formed and makes no sense
   */
  answer(document: unknown): Promise<unknown>;
}

/** A document that fits the schema and still cannot be used. */
export class PortError extends Error {
  override readonly name = 'PortError';
  /** The field at fault; '' for the whole document. */
  readonly path: string;

  constructor(path: string, reason: string) {
    super(reason);
    this.path = path;
  }
}
