/**
 * What the documents of the kubelet's ports have in common.
 */
import type { Pod } from '../../../runnable/kubelet/api/v1.ts';
import type {
  Container,
  SandboxState,
} from '../../../runnable/kubelet/container/runtime.ts';
import { PortError } from '../port.ts';
import { object, oneOf, text } from '../schema/json-schema.ts';
import type { JsonSchema } from '../schema/json-schema.ts';

/** A Pod as a document may give it: what is left out is empty. */
export type GivenPod = Pick<Pod, 'spec'> & {
  readonly metadata: Partial<Pod['metadata']> & { readonly name: string };
  readonly status?: Pod['status'];
};

/** The Pod with everything that the code relies on. */
export function podOf({ metadata, spec, status = {} }: GivenPod): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'default', uid: metadata.name, ...metadata },
    spec,
    status,
  };
}

export const containerState = oneOf('created', 'running', 'exited', 'unknown');

/** With and without the prefix that the CRI has. */
export const sandboxState = oneOf(
  'SANDBOX_READY',
  'SANDBOX_NOTREADY',
  'READY',
  'NOTREADY',
);

export const sandboxStateOf = (word: string): SandboxState =>
  word.endsWith('NOTREADY') ? 'SANDBOX_NOTREADY' : 'SANDBOX_READY';

/** An entry of a runtime's list. */
export const listed = (state: JsonSchema): JsonSchema =>
  object({ id: text, name: text, state }, ['id', 'state']);

/** A container as a runtime lists it, of which only ID and state matter. */
export function listedContainer(
  id: string,
  state: Container['state'],
): Container {
  return { id, name: id, image: '', imageID: '', hash: 0, state };
}

/**
 * Milliseconds since 1970.
 *
 * @throws {PortError} when the text names no time
 */
export function timeAt(path: string, word: string): number {
  const time = Date.parse(word);
  if (!Number.isNaN(time)) return time;
  throw new PortError(path, `expected a time of the calendar, found "${word}"`);
}
