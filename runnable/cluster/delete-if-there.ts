/**
 * Deleting what somebody else may have deleted already.
 */
import { ApiError } from '../apiserver/api-error.ts';
import type {
  DeleteOptions,
  KObject,
  ResourceClient,
} from '../apiserver/store.ts';

/** Asks for an object to be deleted; that it is gone is no error. */
export async function deleteIfThere<O extends KObject>(
  client: ResourceClient<O>,
  { metadata }: O,
  options: DeleteOptions = {},
): Promise<void> {
  try {
    await client.delete(metadata.namespace ?? '', metadata.name, options);
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound') return;
    throw error;
  }
}
