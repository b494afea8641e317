/**
 * The kubelet: everything that keeps the pods of one node, put together.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kubelet.go Kubelet
 */
import { EventRecorder } from '../client-go/tools/record/event.ts';
import { Backoff } from '../client-go/util/flowcontrol/backoff.ts';
import { Channel } from '../sim/channel.ts';
import type { Milliseconds } from '../sim/clock.ts';
import type { Sim } from '../sim/sim.ts';
import { ActiveDeadlineHandler } from './active-deadline.ts';
import type { UID } from './api/v1.ts';
import type { PodContainerManager } from './cm/pod-container-manager.ts';
import type { Dependencies, Node } from './dependencies.ts';
import { PodConfig } from './config/config.ts';
import { SourcesReady } from './config/sources.ts';
import { Cache } from './container/cache.ts';
import type { FileSystem } from './container/os.ts';
import { RuntimeCache } from './container/runtime-cache.ts';
import { EvictionManager } from './eviction/eviction-manager.ts';
import type { Capabilities } from './handlers/admission.ts';
import { ImageManager } from './images/image-manager.ts';
import { SerialImagePuller } from './images/puller.ts';
import {
  filterOutTerminatedPods,
  isPodTerminated,
  podResourcesAreReclaimed,
} from './kubelet-pods.ts';
import { killPodNow } from './kill-pod-now.ts';
import type { ContainerGCPolicy } from './kuberuntime/kuberuntime-gc.ts';
import { KubeGenericRuntimeManager } from './kuberuntime/kuberuntime-manager.ts';
import { PredicateAdmitHandler } from './lifecycle/predicate.ts';
import type {
  PodAdmitHandler,
  PodSyncHandler,
  PodSyncLoopHandler,
} from './lifecycle/interfaces.ts';
import { GenericPLEG } from './pleg/generic.ts';
import { startGarbageCollection, updateRuntimeUp } from './modules.ts';
import { MirrorClient } from './pod/mirror-client.ts';
import { PodManager } from './pod/pod-manager.ts';
import { PodContainerDeletor } from './pod-container-deletor.ts';
import { podKiller } from './pod-killer.ts';
import type { PodPair } from './pod-killer.ts';
import { PodWorkers } from './pod-workers.ts';
import { ProbeManager } from './prober/prober-manager.ts';
import { Prober } from './prober/prober.ts';
import { Manager as ResultsManager } from './prober/results/results-manager.ts';
import { ReasonCache } from './reason-cache.ts';
import { RuntimeState } from './runtime-state.ts';
import { StatusManager } from './status/status-manager.ts';
import { syncLoop } from './sync-loop.ts';
import { syncPod } from './sync-pod.ts';
import { WorkQueue } from './util/queue/work-queue.ts';
import { until } from './util/wait.ts';
import { VolumeManager } from './volumemanager/volume-manager.ts';

const plegChannelCapacity = 1000;
const plegRelistPeriod: Milliseconds = 1000;
const backOffPeriod: Milliseconds = 10_000;
const maxContainerBackOff: Milliseconds = 300_000;
const resyncInterval: Milliseconds = 60_000;
const podKillingChannelCapacity = 50;
const minDeadContainerInPod = 1;
const defaultContainerGCPolicy: ContainerGCPolicy = {
  minAge: 0,
  maxPerPodContainer: 1,
  maxContainers: -1,
};
const maxWaitForContainerRuntime: Milliseconds = 30_000;
const runtimeStatusPeriod: Milliseconds = 5000;

export class Kubelet {
  readonly sim: Sim;
  readonly node: Node;
  readonly os: FileSystem;
  readonly recorder = new EventRecorder('kubelet');
  readonly podConfig: PodConfig;
  readonly sourcesReady: SourcesReady;
  readonly podManager: PodManager;
  readonly statusManager: StatusManager;
  readonly livenessManager: ResultsManager;
  readonly probeManager: ProbeManager;
  readonly podCache: Cache;
  readonly runtimeCache: RuntimeCache;
  readonly runtimeState: RuntimeState;
  readonly containerRuntime: KubeGenericRuntimeManager;
  readonly containerManager: PodContainerManager;
  readonly containerDeletor: PodContainerDeletor;
  readonly pleg: GenericPLEG;
  readonly workQueue: WorkQueue;
  readonly podWorkers: PodWorkers;
  readonly reasonCache = new ReasonCache();
  readonly backOff: Backoff;
  readonly volumeManager: VolumeManager;
  readonly evictionManager: EvictionManager;
  readonly podKillingCh: Channel<PodPair>;
  readonly admitHandlers: PodAdmitHandler[];
  readonly softAdmitHandlers: PodAdmitHandler[] = [];
  readonly podSyncLoopHandlers: PodSyncLoopHandler[];
  readonly podSyncHandlers: PodSyncHandler[];
  readonly containerGCPolicy: ContainerGCPolicy;
  capabilities: Capabilities = {
    allowPrivileged: true,
    hostNetworkSources: ['api', 'file', 'http'],
    hostPIDSources: ['api', 'file', 'http'],
    hostIPCSources: ['api', 'file', 'http'],
  };
  readonly #dependencies: Dependencies;
  readonly #imagePuller: SerialImagePuller;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/kubelet.go NewMainKubelet
   */
  constructor(dependencies: Dependencies) {
    const { sim, node, os, store, runtimeService, imageService } = dependencies;
    this.#dependencies = dependencies;
    this.sim = sim;
    this.node = node;
    this.os = os;
    this.containerManager = dependencies.containerManager;
    this.containerGCPolicy =
      dependencies.containerGCPolicy ?? defaultContainerGCPolicy;
    this.podConfig = new PodConfig(sim, 'incremental', this.recorder);
    this.sourcesReady = new SourcesReady((seen) =>
      this.podConfig.seenAllSources(seen),
    );
    this.podManager = new PodManager(new MirrorClient(store));
    this.statusManager = new StatusManager(
      sim,
      store,
      this.podManager,
      (pod, status) => podResourcesAreReclaimed(this, pod, status),
    );
    this.livenessManager = new ResultsManager(sim, 'livenessUpdates');
    this.probeManager = new ProbeManager(sim, {
      statusManager: this.statusManager,
      livenessManager: this.livenessManager,
      prober: new Prober(runtimeService, this.recorder),
    });
    this.backOff = new Backoff(sim, backOffPeriod, maxContainerBackOff);
    this.#imagePuller = new SerialImagePuller(sim, imageService);
    this.containerRuntime = this.#newContainerRuntime();
    this.runtimeCache = new RuntimeCache(sim, this.containerRuntime);
    this.podCache = new Cache(sim);
    this.pleg = new GenericPLEG(sim, {
      runtime: this.containerRuntime,
      channelCapacity: dependencies.plegChannelCapacity ?? plegChannelCapacity,
      relistPeriod: plegRelistPeriod,
      cache: this.podCache,
    });
    this.runtimeState = new RuntimeState(sim.clock, maxWaitForContainerRuntime);
    this.runtimeState.addHealthCheck('PLEG', () => this.pleg.healthy());
    const { maxPerPodContainer } = this.containerGCPolicy;
    this.containerDeletor = new PodContainerDeletor(
      sim,
      this.containerRuntime,
      Math.max(maxPerPodContainer, minDeadContainerInPod),
    );
    this.workQueue = new WorkQueue(sim.clock);
    this.podWorkers = this.#newPodWorkers();
    this.podKillingCh = new Channel(
      sim,
      'podKillingCh',
      podKillingChannelCapacity,
    );
    this.volumeManager = this.#newVolumeManager();
    this.evictionManager = this.#newEvictionManager();
    const activeDeadlineHandler = new ActiveDeadlineHandler(
      (uid) => this.statusManager.getPodStatus(uid),
      this.recorder,
      sim.clock,
    );
    this.podSyncLoopHandlers = [activeDeadlineHandler];
    this.podSyncHandlers = [activeDeadlineHandler];
    this.admitHandlers = [
      this.evictionManager,
      new PredicateAdmitHandler({
        nodeName: node.name,
        labels: node.labels,
        maxPods: dependencies.maxPods ?? 110,
      }),
    ];
  }

  #newContainerRuntime(): KubeGenericRuntimeManager {
    const { sim, imageService, runtimeService, os } = this.#dependencies;
    const { recorder, livenessManager } = this;
    const imagePuller = new ImageManager({
      sim,
      recorder,
      imageService,
      backOff: new Backoff(sim, backOffPeriod, maxContainerBackOff),
      puller: this.#imagePuller,
    });
    return new KubeGenericRuntimeManager({
      sim,
      recorder,
      runtimeService,
      os,
      livenessManager,
      imagePuller,
    });
  }

  #newPodWorkers(): PodWorkers {
    return new PodWorkers(this.sim, {
      syncPodFn: (options) => syncPod(this, options),
      recorder: this.recorder,
      workQueue: this.workQueue,
      resyncInterval,
      backOffPeriod,
      podCache: this.podCache,
    });
  }

  #newEvictionManager(): EvictionManager {
    return new EvictionManager(this.sim, {
      recorder: this.recorder,
      activePods: () =>
        filterOutTerminatedPods(this, this.podManager.getPods()),
      killPod: (pod, status, grace) => killPodNow(this, pod, status, grace),
    });
  }

  #newVolumeManager(): VolumeManager {
    const { sim, os, volumes = () => ({}) } = this.#dependencies;
    return new VolumeManager(sim, {
      os,
      getPods: () => this.podManager.getPods(),
      isPodTerminated: (uid) => isPodTerminated(this, uid),
      runningPods: async () => {
        const pods = await this.containerRuntime.getPods(false);
        return pods
          .filter(({ containers }) => containers.length > 0)
          .map(({ id }) => id);
      },
      podsDir: this.getPodsDir(),
      script: volumes,
    });
  }

  /**
   * Starts everything and ends with the main loop, which is to say never.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/kubelet.go Kubelet.Run
   */
  async run(): Promise<void> {
    this.#imagePuller.start();
    this.volumeManager.run();
    until(this.sim, 'runtime status', runtimeStatusPeriod, () =>
      updateRuntimeUp(this),
    );
    this.sim.go('podKiller', () => podKiller(this, this.podKillingCh));
    this.statusManager.start();
    this.probeManager.start();
    this.pleg.start();
    startGarbageCollection(this);
    this.evictionManager.start();
    await syncLoop(this, this.podConfig.updates());
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/kubelet_getters.go Kubelet.getPodsDir
   */
  getPodsDir(): string {
    return '/var/lib/kubelet/pods';
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/kubelet_getters.go Kubelet.getPodDir
   */
  getPodDir(uid: UID): string {
    return `${this.getPodsDir()}/${uid}`;
  }

  /** Whether a pull secret exists; on a bare node every one does. */
  async getSecret(namespace: string, name: string): Promise<boolean> {
    const { getSecret } = this.#dependencies;
    return getSecret === undefined || getSecret(namespace, name);
  }
}
