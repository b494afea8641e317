/**
 * Which pods this node should have, by the word of all sources.
 *
 * A static pod and the mirror pod that shows it in the API have one name and
 * two UIDs; regular pods and mirror pods are kept apart.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/pod/pod_manager.go basicManager
 * @omits secrets, config maps and checkpoints, which follow the pods
 */
import type { Pod, UID } from '../api/v1.ts';
import { getPodFullName } from '../container/runtime.ts';
import {
  configHashAnnotationKey,
  configMirrorAnnotationKey,
  isMirrorPod,
} from '../types/pod-update.ts';
import type { MirrorClient } from './mirror-client.ts';

export class PodManager {
  readonly #podByUID = new Map<UID, Pod>();
  readonly #mirrorPodByUID = new Map<UID, Pod>();
  readonly #podByFullName = new Map<string, Pod>();
  readonly #mirrorPodByFullName = new Map<string, Pod>();
  /** Mirror UID to static UID. */
  readonly #translationByUID = new Map<UID, UID>();
  readonly mirrorClient: MirrorClient;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go NewBasicPodManager
   */
  constructor(mirrorClient: MirrorClient) {
    this.mirrorClient = mirrorClient;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.AddPod
   */
  addPod(pod: Pod): void {
    this.updatePod(pod);
  }

  /**
   * Indexes a pod, and joins a static pod and its mirror.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.updatePodsInternal
   */
  updatePod(pod: Pod): void {
    const { uid } = pod.metadata;
    const podFullName = getPodFullName(pod);
    if (isMirrorPod(pod)) {
      this.#mirrorPodByUID.set(uid, pod);
      this.#mirrorPodByFullName.set(podFullName, pod);
      const regular = this.#podByFullName.get(podFullName);
      if (regular !== undefined) {
        this.#translationByUID.set(uid, regular.metadata.uid);
      }
      return;
    }
    this.#podByUID.set(uid, pod);
    this.#podByFullName.set(podFullName, pod);
    const mirror = this.#mirrorPodByFullName.get(podFullName);
    if (mirror !== undefined) {
      this.#translationByUID.set(mirror.metadata.uid, uid);
    }
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.DeletePod
   */
  deletePod(pod: Pod): void {
    const { uid } = pod.metadata;
    const podFullName = getPodFullName(pod);
    if (isMirrorPod(pod)) {
      this.#mirrorPodByUID.delete(uid);
      this.#mirrorPodByFullName.delete(podFullName);
      this.#translationByUID.delete(uid);
      return;
    }
    this.#podByUID.delete(uid);
    this.#podByFullName.delete(podFullName);
  }

  /**
   * Regular pods only.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.GetPods
   */
  getPods(): Pod[] {
    return [...this.#podByUID.values()];
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.GetPodsAndMirrorPods
   */
  getPodsAndMirrorPods(): readonly [Pod[], Pod[]] {
    return [this.getPods(), [...this.#mirrorPodByUID.values()]];
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.GetPodByUID
   */
  getPodByUID(uid: UID): Pod | undefined {
    return this.#podByUID.get(uid);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.GetPodByFullName
   */
  getPodByFullName(podFullName: string): Pod | undefined {
    return this.#podByFullName.get(podFullName);
  }

  /**
   * The static pod that a mirror pod shows.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.GetPodByMirrorPod
   */
  getPodByMirrorPod(mirrorPod: Pod): Pod | undefined {
    return this.#podByFullName.get(getPodFullName(mirrorPod));
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.GetMirrorPodByPod
   */
  getMirrorPodByPod(pod: Pod): Pod | undefined {
    return this.#mirrorPodByFullName.get(getPodFullName(pod));
  }

  /** The mirror pod of that UID. */
  getMirrorPodByUID(uid: UID): Pod | undefined {
    return this.#mirrorPodByUID.get(uid);
  }

  /**
   * A mirror pod's UID becomes its static pod's; others stay.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.TranslatePodUID
   */
  translatePodUID(uid: UID): UID {
    return this.#translationByUID.get(uid) ?? uid;
  }

  /**
   * Static UID to mirror UID, for every mirror pod whose static pod is known.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.GetUIDTranslations
   */
  podToMirror(): Map<UID, UID> {
    const pairs = [...this.#translationByUID].map(
      ([mirror, pod]) => [pod, mirror] as const,
    );
    return new Map(pairs);
  }

  /**
   * Deletes mirror pods that mirror nothing any more.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.DeleteOrphanedMirrorPods
   */
  async deleteOrphanedMirrorPods(): Promise<void> {
    for (const podFullName of [...this.#mirrorPodByFullName.keys()]) {
      if (this.#podByFullName.has(podFullName)) continue;
      await this.mirrorClient.deleteMirrorPod(podFullName);
    }
  }

  /**
   * Whether a mirror pod shows this very version of the static pod.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/pod/pod_manager.go basicManager.IsMirrorPodOf
   */
  isMirrorPodOf(mirrorPod: Pod, pod: Pod): boolean {
    if (getPodFullName(mirrorPod) !== getPodFullName(pod)) return false;
    const hash = mirrorPod.metadata.annotations?.[configMirrorAnnotationKey];
    return hash === pod.metadata.annotations?.[configHashAnnotationKey];
  }
}
