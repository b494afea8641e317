/**
 * API objects among the values: what has a kind and a name.
 */
import type { ValueRef } from '../format.ts';
import type { Row } from '../model.ts';
import type { Values } from './values.ts';

export interface Identity {
  readonly kind: string;
  readonly name: string;
  /** `namespace/name`, or the name alone. */
  readonly id: string;
}

export class Objects {
  readonly #values: Values;

  constructor(values: Values) {
    this.#values = values;
  }

  /** Which API object a value is, or the last state of a deleted one. */
  identify(ref: ValueRef, row: Row): Identity | undefined {
    if (this.#values.object(ref) === undefined) return undefined;
    const metadata = this.#values.get(ref, 'metadata', row);
    if (metadata === undefined) {
      const inner = this.#values.get(ref, 'obj', row);
      return inner === undefined ? undefined : this.identify(inner, row);
    }
    const text = (from: ValueRef, name: string): string =>
      this.#values.text(this.#values.get(from, name, row)) ?? '';
    const plain = text(ref, 'kind');
    const core = plain === 'Service' && text(ref, 'apiVersion') === 'v1';
    const kind = core ? `core/${plain}` : plain;
    const name = text(metadata, 'name');
    if (kind === '' || name === '') return undefined;
    const namespace = text(metadata, 'namespace');
    return { kind, name, id: namespace === '' ? name : `${namespace}/${name}` };
  }
}
