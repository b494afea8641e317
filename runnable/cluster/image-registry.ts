/**
 * A registry of images: knows which image a tag stands for now.
 *
 * Scaffolding: the content of an image is made up from its name, so that a tag
 * always has the same digest until the scenario pushes something else.
 */
import type { Milliseconds } from '../sim/clock.ts';
import type { Sim } from '../sim/sim.ts';

/** 32 bytes; one of the ports. */
type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** An image by its tag. */
interface Tag {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

export interface RegistryOptions {
  /** From a question to its answer; 38 ms by default. */
  readonly answerAfter?: Milliseconds;
  /** Images that it does not have: `gcr.io/knative-samples/nothing`. */
  readonly missing?: readonly string[];
}

export class ImageRegistry {
  readonly #sim: Sim;
  readonly #sha256: Sha256;
  readonly #answerAfter: Milliseconds;
  readonly #missing: Set<string>;
  readonly #pushed = new Map<string, string>();

  constructor(sim: Sim, sha256: Sha256, options: RegistryOptions = {}) {
    const { answerAfter = 38, missing = [] } = options;
    this.#sim = sim;
    this.#sha256 = sha256;
    this.#answerAfter = answerAfter;
    this.#missing = new Set(missing.map(withTag));
  }

  /** Moves a tag to an image of other content. */
  push(image: string, content: string): void {
    this.#pushed.set(withTag(image), content);
    this.#missing.delete(withTag(image));
  }

  /**
   * What a tag stands for now: `sha256:…`.
   *
   * @throws {Error} when there is no such image, as registries word it
   */
  async digest({ registry, repository, tag }: Tag): Promise<string> {
    const image = `${registry}/${repository}:${tag}`;
    await this.#sim.sleep(this.#answerAfter, 'for the registry');
    if (this.#missing.has(image)) {
      throw new Error('MANIFEST_UNKNOWN: manifest unknown');
    }
    const content = this.#pushed.get(image) ?? image;
    const digest = this.#sha256(new TextEncoder().encode(content));
    const hex = Array.from(digest, (byte) => byte.toString(16));
    return `sha256:${hex.map((digits) => digits.padStart(2, '0')).join('')}`;
  }
}

function withTag(image: string): string {
  return /:[^/]*$/.test(image) ? image : `${image}:latest`;
}
