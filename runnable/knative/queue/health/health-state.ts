/**
 * Whether a pod says that it is ready, and how it says goodbye.
 */
import { response } from '../../http/http.ts';
import type { HttpResponse } from '../../http/http.ts';

const aliveBody = 'alive: true';
const notAliveBody = 'alive: false';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/queue/health/health_state.go State
 */
export class State {
  #isAlive = false;
  #isShuttingDown = false;

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/queue/health/health_state.go State.IsShuttingDown
   */
  isShuttingDown(): boolean {
    return this.#isShuttingDown;
  }

  /**
   * Says whether the pod may get requests. Once the program has answered it is
   * not asked again, until the pod shuts down.
   *
   * @param prober whether the program can be reached
   * @upstream knative/serving v0.4.1
   *   pkg/queue/health/health_state.go State.HealthHandler
   */
  async healthHandler(prober: () => Promise<boolean>): Promise<HttpResponse> {
    if (this.#isAlive) return response(200, aliveBody);
    if (this.#isShuttingDown) return response(400, notAliveBody);
    if (!(await prober())) return response(400, notAliveBody);
    this.#isAlive = true;
    this.#isShuttingDown = false;
    return response(200, aliveBody);
  }

  /**
   * Stops being ready at once, and answers when `cleanup` is through.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/queue/health/health_state.go State.QuitHandler
   */
  async quitHandler(cleanup: () => Promise<void>): Promise<HttpResponse> {
    this.#isAlive = false;
    this.#isShuttingDown = true;
    await cleanup();
    return response(200, notAliveBody);
  }
}
