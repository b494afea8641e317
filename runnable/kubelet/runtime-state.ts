/**
 * Whether the main loop may run at all, and whether pods have a network.
 */
import type { Clock, Instant, Milliseconds } from '../sim/clock.ts';

/** A named question to a part of the kubelet. */
interface HealthCheck {
  readonly name: string;
  readonly fn: () => Error | undefined;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/runtime.go runtimeState
 */
export class RuntimeState {
  readonly #clock: Clock;
  readonly #baseRuntimeSyncThreshold: Milliseconds;
  readonly #healthChecks: HealthCheck[] = [];
  #lastBaseRuntimeSync: Instant | undefined;
  #networkError: string | undefined = 'network state unknown';

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/runtime.go newRuntimeState
   */
  constructor(clock: Clock, runtimeSyncThreshold: Milliseconds) {
    this.#clock = clock;
    this.#baseRuntimeSyncThreshold = runtimeSyncThreshold;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/runtime.go runtimeState.addHealthCheck
   */
  addHealthCheck(name: string, fn: () => Error | undefined): void {
    this.#healthChecks.push({ name, fn });
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/runtime.go runtimeState.setRuntimeSync
   */
  setRuntimeSync(time: Instant): void {
    this.#lastBaseRuntimeSync = time;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/runtime.go runtimeState.setNetworkState
   */
  setNetworkState(error: string | undefined): void {
    this.#networkError = error;
  }

  /**
   * Why the main loop must not run.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/runtime.go runtimeState.runtimeErrors
   */
  runtimeErrors(): string[] {
    const errors: string[] = [];
    if (this.#lastBaseRuntimeSync === undefined) {
      errors.push('container runtime status check may not have completed yet');
    } else if (
      this.#clock.now() - this.#lastBaseRuntimeSync >=
      this.#baseRuntimeSyncThreshold
    ) {
      errors.push('container runtime is down');
    }
    for (const { name, fn } of this.#healthChecks) {
      const err = fn();
      if (err !== undefined)
        errors.push(`${name} is not healthy: ${err.message}`);
    }
    return errors;
  }

  /**
   * Why pods with a network of their own cannot be started.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/runtime.go runtimeState.networkErrors
   */
  networkErrors(): string[] {
    return this.#networkError === undefined ? [] : [this.#networkError];
  }
}
