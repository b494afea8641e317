/**
 * Shows static pods in the API.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod/mirror_client.go basicMirrorClient
 */
import { ApiError } from '../../apiserver/api-error.ts';
import { pods } from '../../apiserver/kinds.ts';
import { deepCopy } from '../../apiserver/objects.ts';
import type { ResourceClient, Store } from '../../apiserver/store.ts';
import type { Pod } from '../api/v1.ts';
import { errorf, infof } from '../klog.ts';
import {
  configHashAnnotationKey,
  configMirrorAnnotationKey,
} from '../types/pod-update.ts';
import { asError } from '../util/errors.ts';

/** Whether the API said that there is no such object. */
export function isNotFound(thrown: unknown): boolean {
  return thrown instanceof ApiError && thrown.reason === 'NotFound';
}

export class MirrorClient {
  readonly #client: ResourceClient<Pod> | undefined;

  /**
   * @param store undefined on a node without an API
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/mirror_client.go NewBasicMirrorClient
   */
  constructor(store: Store | undefined) {
    this.#client = store?.resource<Pod>(pods);
  }

  /**
   * Creates a copy of the static pod, marked with its hash. One that is there
   * with the same hash will do.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/mirror_client.go basicMirrorClient.CreateMirrorPod
   * @throws {Error} when the API refuses
   */
  async createMirrorPod(pod: Pod): Promise<void> {
    if (this.#client === undefined) return;
    const hash = pod.metadata.annotations?.[configHashAnnotationKey] ?? '';
    const { name, namespace, labels = {}, annotations } = pod.metadata;
    const metadata = {
      name,
      namespace,
      labels,
      annotations: { ...annotations, [configMirrorAnnotationKey]: hash },
    };
    const copy = { ...deepCopy(pod), metadata } as unknown as Pod;
    try {
      await this.#client.create(copy);
    } catch (thrown) {
      const exists =
        thrown instanceof ApiError && thrown.reason === 'AlreadyExists';
      if (!exists) throw thrown;
      const found = await this.#client.get(namespace, name);
      const same = found.metadata.annotations?.[configMirrorAnnotationKey];
      if (same !== hash) throw thrown;
    }
  }

  /**
   * Deletes the mirror pod at once. What goes wrong is only logged.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/mirror_client.go basicMirrorClient.DeleteMirrorPod
   */
  async deleteMirrorPod(podFullName: string): Promise<void> {
    if (this.#client === undefined) return;
    const [name = '', namespace = ''] = podFullName.split('_');
    infof(`Deleting a mirror pod "${podFullName}"`);
    try {
      await this.#client.delete(namespace, name, { gracePeriodSeconds: 0 });
    } catch (thrown) {
      if (isNotFound(thrown)) return;
      errorf(
        `Failed deleting a mirror pod "${podFullName}": ${asError(thrown).message}`,
      );
    }
  }
}
