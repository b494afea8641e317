/**
 * However many requests wait for one Revision, one of them asks.
 */
import { Channel } from '../../sim/channel.ts';
import type { Sim } from '../../sim/sim.ts';
import { revisionKey } from './activator.ts';
import type { ActivationResult, Activator, RevisionID } from './activator.ts';

const shuttingDown = (): ActivationResult => ({
  status: 500,
  error: new Error('activator shutting down'),
});

/**
 * @upstream knative/serving v0.4.1
 *   pkg/activator/dedupe.go dedupingActivator
 */
export class DedupingActivator implements Activator {
  readonly #sim: Sim;
  readonly #activator: Activator;
  readonly #pendingRequests = new Map<string, Channel<ActivationResult>[]>();
  #isShutDown = false;

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/dedupe.go NewDedupingActivator
   */
  constructor(sim: Sim, activator: Activator) {
    this.#sim = sim;
    this.#activator = activator;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/activator/dedupe.go dedupingActivator.ActiveEndpoint
   */
  async activeEndpoint(
    namespace: string,
    name: string,
  ): Promise<ActivationResult> {
    const id = { namespace, name };
    const results = `activation of ${revisionKey(id)}`;
    const ch = new Channel<ActivationResult>(this.#sim, results, 1);
    this.#dedupe(id, ch);
    return (await ch.recv()) ?? shuttingDown();
  }

  /**
   * Tells everybody who waits that nothing will come of it.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/dedupe.go dedupingActivator.Shutdown
   */
  shutdown(): void {
    this.#activator.shutdown();
    this.#isShutDown = true;
    for (const reqs of this.#pendingRequests.values()) {
      for (const ch of reqs) ch.trySend(shuttingDown());
    }
  }

  /**
   * Lets the first request for a Revision ask, and the others wait with it.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/dedupe.go dedupingActivator.dedupe
   * @story when reqs: Somebody asks for {key} already, so this request waits for
   *   the same answer.
   */
  #dedupe(id: RevisionID, ch: Channel<ActivationResult>): void {
    const key = revisionKey(id);
    const reqs = this.#pendingRequests.get(key);
    if (this.#isShutDown) {
      ch.trySend(shuttingDown());
      return;
    }
    if (reqs !== undefined) {
      reqs.push(ch);
      return;
    }
    this.#pendingRequests.set(key, [ch]);
    this.#sim.go(`activate ${key}`, () => this.#activate(id));
  }

  /**
   * Asks, and gives everybody the same answer.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/activator/dedupe.go dedupingActivator.activate
   * @story on chan.send: The answer for {key} goes to every request that waits
   *   for it.
   */
  async #activate(id: RevisionID): Promise<void> {
    const key = revisionKey(id);
    const { namespace, name } = id;
    const result = await this.#activator.activeEndpoint(namespace, name);
    const reqs = this.#pendingRequests.get(key) ?? [];
    this.#pendingRequests.delete(key);
    for (const ch of reqs) ch.trySend(result);
  }
}
