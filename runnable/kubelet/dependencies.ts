/**
 * What a kubelet is handed: the machine, the API, the runtime.
 */
import type { Store } from '../apiserver/store.ts';
import type { Sim } from '../sim/sim.ts';
import type { Pod, Volume } from './api/v1.ts';
import type {
  ImageManagerService,
  RuntimeService,
} from './apis/cri/services.ts';
import type { PodContainerManager } from './cm/pod-container-manager.ts';
import type { FileSystem } from './container/os.ts';
import type { ContainerGCPolicy } from './kuberuntime/kuberuntime-gc.ts';
import type { VolumeScript } from './volumemanager/volume-manager.ts';

/** What the kubelet knows of the machine it runs on. */
export interface Node {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly hostIP: string;
  readonly deletionTimestamp?: string;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Dependencies
 */
export interface Dependencies {
  /** The kubelet's process. */
  readonly sim: Sim;
  readonly node: Node;
  /** Undefined on a node without an API. */
  readonly store?: Store | undefined;
  readonly runtimeService: RuntimeService;
  readonly imageService: ImageManagerService;
  readonly os: FileSystem;
  /** The kernel's, so it outlives the kubelet. */
  readonly containerManager: PodContainerManager;
  readonly volumes?: (pod: Pod, volume: Volume) => VolumeScript;
  /** Whether a pull secret exists. */
  readonly getSecret?: (namespace: string, name: string) => Promise<boolean>;
  readonly plegChannelCapacity?: number;
  readonly maxPods?: number;
  readonly containerGCPolicy?: ContainerGCPolicy;
}
