/**
 * What the user does: applies a manifest, changes it, and asks for an answer.
 */
import type { ServiceObject } from '../../../knative/apis/serving/v1alpha1/service-types.ts';
import { virtualServices } from '../../../knative/apis/resources.ts';
import type { ControlPlane } from '../control-plane.ts';

/** What `curl -i` prints, without the headers. */
export interface Printed {
  readonly status: number;
  readonly text: string;
}

/**
 * The user asks the gateway for a host, as `curl -H 'Host: …'` does.
 *
 * @story as host
 * @story on bytes.write: A request goes to the address of the gateway and names
 *   {host} in its `Host` header.
 * @story when !result.text: returns: The answer is {result.status}, and nothing
 *   else.
 * @story returns: The answer is {result.status}: {result.text}.
 */
export async function curl(
  stage: ControlPlane,
  host: string,
): Promise<Printed> {
  const { status, body } = await stage.curl(host);
  return { status, text: body.trimEnd() };
}

/**
 * The user asks how the Service is doing.
 *
 * @story when object.status.conditions.Ready.status == 'True': on store.get: The
 *   user reads the Service and finds it Ready.
 * @story on store.get: The user reads the Service, which is not Ready.
 */
export async function look(stage: ControlPlane): Promise<ServiceObject> {
  return stage.client.services.get(stage.namespace, stage.name);
}

/**
 * The user takes the VirtualService out of the way.
 *
 * @story on store.delete: The user deletes the VirtualService that nobody owns;
 *   for a moment the gateway has no orders.
 */
export async function deleteVirtualService(stage: ControlPlane): Promise<void> {
  const { virtualService } = stage;
  if (virtualService === undefined) return;
  const { namespace = '', name } = virtualService.metadata;
  const api = stage.store.client(stage.sim);
  await api.resource(virtualServices).delete(namespace, name);
}
