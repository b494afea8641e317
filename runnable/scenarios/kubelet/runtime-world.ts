/**
 * The world of the runtime scenarios: a real runtime manager and PLEG, and a
 * worker that is played: one sync for each event, with what PLEG last saw.
 */
import { EventRecorder } from '../../client-go/tools/record/event.ts';
import { Backoff } from '../../client-go/util/flowcontrol/backoff.ts';
import type { Pod, PodSpec } from '../../kubelet/api/v1.ts';
import { Cache } from '../../kubelet/container/cache.ts';
import { FileSystem } from '../../kubelet/container/os.ts';
import { CRI } from '../../kubelet/cri/cri.ts';
import { ContainerMachine } from '../../kubelet/cri/machine.ts';
import type { MachineScript } from '../../kubelet/cri/machine.ts';
import { ImageManager } from '../../kubelet/images/image-manager.ts';
import { SerialImagePuller } from '../../kubelet/images/puller.ts';
import { KubeGenericRuntimeManager } from '../../kubelet/kuberuntime/kuberuntime-manager.ts';
import { GenericPLEG } from '../../kubelet/pleg/generic.ts';
import { Manager } from '../../kubelet/prober/results/results-manager.ts';
import type { Instant, Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Lane, View } from '../scenario.ts';
import { nodeView, runtimeSymbols } from './node-view.ts';

export const runtimeCast: readonly Lane[] = [
  {
    id: 'worker',
    noun: 'the worker',
    role: 'calls the runtime manager',
    tasks: ['worker uid-web', 'kill *', 'preStop *'],
  },
  {
    id: 'cri',
    noun: 'the container runtime',
    role: 'in memory',
    played: true,
    symbols: runtimeSymbols,
  },
  {
    id: 'pleg',
    noun: 'the relist',
    role: 'once a second',
    tasks: ['pleg', 'main'],
  },
];

export class RuntimeWorld {
  readonly sim: Sim;
  readonly start: Instant;
  readonly machine: ContainerMachine;
  readonly os = new FileSystem();
  readonly recorder = new EventRecorder('kubelet');
  readonly manager: KubeGenericRuntimeManager;
  readonly pleg: GenericPLEG;
  readonly cache: Cache;
  readonly backOff: Backoff;
  readonly #puller: SerialImagePuller;
  pod: Pod;
  /** How each sync ended: `ok`, or the text of its error. */
  readonly syncs: string[] = [];

  constructor(sim: Sim, spec: PodSpec, script: MachineScript) {
    this.sim = sim;
    this.start = sim.now();
    this.pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default', uid: 'uid-web' },
      spec,
      status: {},
    };
    this.machine = new ContainerMachine(sim, this.os, script);
    const cri = new CRI(sim, this.machine);
    const { recorder, os } = this;
    this.#puller = new SerialImagePuller(sim, cri);
    this.backOff = new Backoff(sim, 10_000, 300_000);
    this.manager = new KubeGenericRuntimeManager({
      sim,
      recorder,
      os,
      runtimeService: cri,
      livenessManager: new Manager(sim, 'livenessUpdates'),
      imagePuller: new ImageManager({
        sim,
        recorder,
        imageService: cri,
        backOff: new Backoff(sim, 10_000, 300_000),
        puller: this.#puller,
      }),
    });
    this.cache = new Cache(sim);
    this.pleg = new GenericPLEG(sim, {
      runtime: this.manager,
      channelCapacity: 1000,
      relistPeriod: 1000,
      cache: this.cache,
    });
  }

  /**
   * Relists at once and every second, and syncs at `first` and for each event.
   *
   * @param retry how long after a failed sync the next one comes
   */
  async run(
    first: Milliseconds,
    end: Milliseconds,
    retry: Milliseconds = 12_000,
  ): Promise<void> {
    const { sim } = this;
    this.begin();
    sim.go('pleg', async () => {
      while (sim.now() - this.start < end) {
        await this.pleg.relist();
        await sim.sleep(1000);
      }
    });
    sim.go('worker uid-web', () => this.#work(first, retry));
    await sim.sleep(end);
  }

  async #work(first: Milliseconds, retry: Milliseconds): Promise<void> {
    await this.sim.sleep(first);
    for (;;) {
      const failed = await this.#sync();
      if (failed) {
        this.sim.clock.after(retry, () => {
          this.pleg
            .watch()
            .trySend({ id: 'uid-web', type: 'PodSync', data: '' });
        });
      }
      await this.pleg.watch().recv();
    }
  }

  /** One look at the runtime and one sync; whether the sync failed. */
  async lookAndSync(): Promise<boolean> {
    await this.pleg.relist();
    while (this.pleg.watch().canRecv()) this.pleg.watch().take();
    return this.#sync();
  }

  /** Starts what pulls images. */
  begin(): void {
    this.#puller.start();
  }

  async #sync(): Promise<boolean> {
    const { status } = this.cache.get('uid-web');
    const result = await this.manager.syncPod(
      this.pod,
      status,
      [],
      this.backOff,
    );
    const error = result.error();
    this.syncs.push(error === undefined ? 'ok' : error.message);
    return error !== undefined;
  }

  view(): View {
    return nodeView(this.machine, this.os);
  }

  /** The state of each container, by ID. */
  get containers(): Record<string, string> {
    return Object.fromEntries(
      [...this.machine.containers.values()].map(
        ({ id, name, state, exitCode }) => [
          id,
          state === 'exited'
            ? `${name} exited ${exitCode}`
            : `${name} ${state}`,
        ],
      ),
    );
  }
}
