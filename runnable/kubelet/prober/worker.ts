/**
 * One task for each probe of each container.
 */
import { parseTime } from '../../apiserver/time.ts';
import { Channel } from '../../sim/channel.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import { receive, select } from '../../sim/select.ts';
import { Ticker } from '../../sim/ticker.ts';
import type { Container, ContainerStatus, Pod, Probe } from '../api/v1.ts';
import { infof, v2f } from '../klog.ts';
import * as format from '../util/format/pod.ts';
import type { ProbeType } from './prober.ts';
import type { ProbeManager } from './prober-manager.ts';
import type {
  Manager as ResultsManager,
  Result,
} from './results/results-manager.ts';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/prober/worker.go worker
 */
export class Worker {
  readonly pod: Pod;
  readonly container: Container;
  readonly probeType: ProbeType;
  readonly #manager: ProbeManager;
  readonly #spec: Probe;
  readonly #initialValue: Result;
  readonly #resultsManager: ResultsManager;
  readonly #stopCh: Channel<true>;
  #containerID = '';
  #lastResult: Result | undefined;
  #resultRun = 0;
  /** After a liveness failure: no more probes until there is a new container. */
  onHold = false;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/worker.go newWorker
   */
  constructor(
    manager: ProbeManager,
    probeType: ProbeType,
    pod: Pod,
    container: Container,
  ) {
    const { livenessProbe = {}, readinessProbe = {} } = container;
    const readiness = probeType === 'Readiness';
    this.pod = pod;
    this.container = container;
    this.probeType = probeType;
    this.#manager = manager;
    this.#spec = readiness ? readinessProbe : livenessProbe;
    this.#initialValue = readiness ? 'Failure' : 'Success';
    this.#resultsManager = readiness
      ? manager.readinessManager
      : manager.livenessManager;
    this.#stopCh = new Channel(manager.sim, `stop/${container.name}`, 1);
  }

  /**
   * Probes every period from a random first moment on, until stopped.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/worker.go worker.run
   */
  async run(): Promise<void> {
    const { sim } = this.#manager;
    const probeTickerPeriod = this.#seconds('periodSeconds', 10);
    await sim.sleep(Math.floor(sim.chance.fraction() * probeTickerPeriod));
    const ticker = new Ticker(sim, 'probeTicker', probeTickerPeriod);
    while (await this.doProbe()) {
      const chosen = await select(sim, 'worker.run', {
        stop: receive(sim, this.#stopCh),
        tick: receive(sim, ticker.channel),
      });
      if (chosen.which === 'stop') break;
    }
    ticker.stop();
    if (this.#containerID !== '') {
      this.#resultsManager.remove(this.#containerID);
    }
    this.#manager.removeWorker(this);
  }

  /**
   * Asks the task to end; asking twice is no error.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/worker.go worker.stop
   */
  stop(): void {
    this.#stopCh.trySend(true);
  }

  /**
   * One probe, if the container is such that it can be probed.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/worker.go worker.doProbe
   * @returns whether there is anything more to probe
   */
  async doProbe(): Promise<boolean> {
    const { sim, statusManager, prober } = this.#manager;
    const status = statusManager.getPodStatus(this.pod.metadata.uid);
    if (status === undefined) {
      v2f(`No status for pod: ${format.pod(this.pod)}`);
      return true;
    }
    if (status.phase === 'Failed' || status.phase === 'Succeeded') {
      v2f(`Pod ${format.pod(this.pod)} ${status.phase}, exiting probe worker`);
      return false;
    }
    const c = (status.containerStatuses ?? []).find(
      ({ name }) => name === this.container.name,
    );
    if (c === undefined || (c.containerID ?? '') === '') {
      v2f(`Probe target container not found: ${this.container.name}`);
      return true;
    }
    await this.#follow(c);
    if (this.onHold) return true;
    const { running, terminated } = c.state;
    if (running === undefined) {
      v2f(`Non-running container probed: ${this.container.name}`);
      if (this.#containerID !== '') await this.#publish('Failure');
      return (
        terminated === undefined || this.pod.spec.restartPolicy !== 'Never'
      );
    }
    const age = sim.now() - parseTime(running.startedAt ?? '');
    if (age < this.#seconds('initialDelaySeconds', 0)) return true;
    const result = await prober.probe(
      this.probeType,
      this.pod,
      this.container,
      this.#containerID,
    );
    if (result !== undefined) await this.#count(result);
    return true;
  }

  /** Another container than before starts afresh. */
  async #follow({ containerID = '' }: ContainerStatus): Promise<void> {
    const id = containerID.slice(containerID.indexOf('://') + 3);
    if (this.#containerID === id) return;
    if (this.#containerID !== '') {
      this.#resultsManager.remove(this.#containerID);
    }
    this.#containerID = id;
    await this.#publish(this.#initialValue);
    this.onHold = false;
  }

  /** Publishes a result once it came often enough in a row. */
  async #count(result: Result): Promise<void> {
    if (this.#lastResult === result) this.#resultRun += 1;
    else {
      this.#lastResult = result;
      this.#resultRun = 1;
    }
    const { failureThreshold = 3, successThreshold = 1 } = this.#spec;
    const threshold =
      result === 'Failure' ? failureThreshold : successThreshold;
    if (this.#resultRun < threshold) return;
    await this.#publish(result);
    if (this.probeType === 'Liveness' && result === 'Failure') {
      infof(`Container ${this.container.name} failed its liveness probe`);
      this.onHold = true;
      this.#resultRun = 0;
    }
  }

  #publish(result: Result): Promise<void> {
    const { uid } = this.pod.metadata;
    return this.#resultsManager.set(this.#containerID, result, uid);
  }

  #seconds(
    field: 'periodSeconds' | 'initialDelaySeconds',
    byDefault: number,
  ): Milliseconds {
    return (this.#spec[field] ?? byDefault) * 1000;
  }
}
