/**
 * Probing a container once, with a few tries when the probe itself breaks.
 */
import type { EventRecorder } from '../../client-go/tools/record/event.ts';
import type { RuntimeService } from '../apis/cri/services.ts';
import type { Container, Pod, Probe } from '../api/v1.ts';
import { errorf, v2f } from '../klog.ts';
import { asError } from '../util/errors.ts';
import * as format from '../util/format/pod.ts';
import type { Result } from './results/results-manager.ts';

/** For a probe that ends in an error; a failure is a result. */
const maxProbeRetries = 3;

export type ProbeType = 'Liveness' | 'Readiness';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/prober/prober.go prober
 * @differs an HTTP probe becomes a command too: the scenario answers both
 */
export class Prober {
  readonly #runtimeService: RuntimeService;
  readonly #recorder: EventRecorder;

  constructor(runtimeService: RuntimeService, recorder: EventRecorder) {
    this.#runtimeService = runtimeService;
    this.#recorder = recorder;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/prober.go prober.probe
   * @returns undefined when the probe could not be carried out
   */
  async probe(
    probeType: ProbeType,
    pod: Pod,
    container: Container,
    containerID: string,
  ): Promise<Result | undefined> {
    const probeSpec =
      probeType === 'Readiness'
        ? container.readinessProbe
        : container.livenessProbe;
    if (probeSpec === undefined) return 'Success';
    const name = `${probeType} probe for "${format.pod(pod)}:${container.name}"`;
    try {
      const code = await this.#runProbeWithRetries(probeSpec, containerID);
      if (code === 0) return 'Success';
      v2f(`${name} failed (failure): exit code ${code}`);
      const text = `${probeType} probe failed: exit code ${code}`;
      this.#recorder.event(pod, 'Warning', 'Unhealthy', text);
      return 'Failure';
    } catch (thrown) {
      const { message } = asError(thrown);
      errorf(`${name} errored: ${message}`);
      const text = `${probeType} probe errored: ${message}`;
      this.#recorder.event(pod, 'Warning', 'Unhealthy', text);
      return undefined;
    }
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/prober/prober.go prober.runProbeWithRetries
   * @returns the exit code
   */
  async #runProbeWithRetries(
    { exec, httpGet }: Probe,
    containerID: string,
  ): Promise<number> {
    const command = exec?.command ?? [`GET ${httpGet?.path ?? '/'}`];
    let last: unknown;
    for (let attempt = 0; attempt < maxProbeRetries; attempt += 1) {
      try {
        return await this.#runtimeService.execSync(containerID, command);
      } catch (thrown) {
        last = thrown;
      }
    }
    throw asError(last);
  }
}
