/**
 * Brings the pods of several sources into one channel.
 *
 * Each source has a channel without room and a task that merges what comes;
 * all of them end in the one channel that the main loop reads.
 */
import type { EventRecorder } from '../../client-go/tools/record/event.ts';
import { Channel } from '../../sim/channel.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Pod } from '../api/v1.ts';
import { v4f } from '../klog.ts';
import { apiserverSource } from '../types/pod-update.ts';
import type { PodUpdate } from '../types/pod-update.ts';
import { PodStorage } from './pod-storage.ts';
import type { PodConfigNotificationMode } from './pod-storage.ts';

/** How many updates wait before the sources do. */
const updatesCapacity = 50;

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/config.go PodConfig
 */
export class PodConfig {
  readonly #sim: Sim;
  readonly #pods: PodStorage;
  readonly #updates: Channel<PodUpdate>;
  readonly #channels = new Map<string, Channel<PodUpdate>>();

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go NewPodConfig
   */
  constructor(
    sim: Sim,
    mode: PodConfigNotificationMode,
    recorder: EventRecorder,
  ) {
    this.#sim = sim;
    this.#updates = new Channel(sim, 'configCh', updatesCapacity);
    this.#pods = new PodStorage(sim, mode, this.#updates, recorder);
  }

  /**
   * Registers a source and returns the channel for what it says.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go PodConfig.Channel
   */
  channel(source: string): Channel<PodUpdate> {
    const existing = this.#channels.get(source);
    if (existing !== undefined) return existing;
    const channel = new Channel<PodUpdate>(this.#sim, `source/${source}`);
    this.#channels.set(source, channel);
    this.#sim.go(`mux ${source}`, () => this.#listen(source, channel));
    return channel;
  }

  async #listen(source: string, channel: Channel<PodUpdate>): Promise<void> {
    for (;;) {
      const update = await channel.recv();
      if (update === undefined) return;
      await this.#pods.merge(source, update);
    }
  }

  /**
   * Whether the kubelet has handled, and the storage has stored, a first word
   * of every source.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go PodConfig.SeenAllSources
   */
  seenAllSources(seenSources: ReadonlySet<string>): boolean {
    const sources = [...this.#channels.keys()];
    v4f(
      `Looking for ${sources.join(' ')}, have seen ${[...seenSources].join(' ')}`,
    );
    return (
      sources.every((source) => seenSources.has(source)) &&
      this.#pods.seenSources(sources)
    );
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go PodConfig.Updates
   */
  updates(): Channel<PodUpdate> {
    return this.#updates;
  }

  /**
   * Sends the pods of a checkpoint, once, before the API is there.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/config.go PodConfig.Restore
   * @differs the checkpoint's pods are handed in, upstream reads them from disk
   */
  async restore(pods: readonly Pod[]): Promise<void> {
    await this.channel(apiserverSource).send({
      pods,
      op: 'RESTORE',
      source: apiserverSource,
    });
  }
}
