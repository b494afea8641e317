/**
 * Static pods from a URL.
 */
import type { Channel } from '../../sim/channel.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Pod } from '../api/v1.ts';
import { warningf } from '../klog.ts';
import { httpSource } from '../types/pod-update.ts';
import type { PodUpdate } from '../types/pod-update.ts';
import { asError } from '../util/errors.ts';
import { until } from '../util/wait.ts';
import { applyDefaults, decodeSinglePod } from './common.ts';
import type { ManifestPorts } from './common.ts';

/** How often the URL is asked. */
const httpCheckFrequency: Milliseconds = 20_000;

export interface SourceURL {
  readonly sim: Sim;
  readonly ports: ManifestPorts;
  readonly url: string;
  /** Performs the GET. */
  readonly get: (
    url: string,
  ) => Promise<{ readonly status: number; readonly body: string }>;
  readonly nodeName: string;
  readonly updates: Channel<PodUpdate>;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/http.go NewSourceURL
 */
export function newSourceURL(source: SourceURL): void {
  const seen = { body: '' };
  until(source.sim, 'source http', httpCheckFrequency, async () => {
    try {
      await extractFromURL(source, seen);
    } catch (thrown) {
      warningf(`Failed to read pods from URL: ${asError(thrown).message}`);
    }
  });
}

/**
 * Asks once; what is byte for byte the same as before is not sent again.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/http.go sourceURL.extractFromURL
 * @omits a list of pods in one body
 * @throws {Error} when there is no answer, or nothing in it
 */
async function extractFromURL(
  { ports, url, get, nodeName, updates }: SourceURL,
  seen: { body: string },
): Promise<void> {
  const { status, body } = await get(url);
  if (status !== 200) throw new Error(`${url}: ${status}`);
  const send = (pods: readonly Pod[]): Promise<void> =>
    updates.send({ pods, op: 'SET', source: httpSource });
  if (body === '') {
    await send([]);
    throw new Error(`zero-length data received from ${url}`);
  }
  if (body === seen.body) return;
  seen.body = body;
  const manifest = decodeSinglePod(ports, body);
  const options = { source: `url:${url}`, isFile: false, nodeName };
  await send([applyDefaults(ports, manifest, options)]);
}
