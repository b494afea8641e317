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
import {
  applyDefaults,
  decodePodList,
  decodeSinglePod,
  UnparsableError,
} from './common.ts';
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
 * @throws {Error} when there is no answer, nothing in it, or no pods
 */
async function extractFromURL(
  source: SourceURL,
  seen: { body: string },
): Promise<void> {
  const { url, get, updates } = source;
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
  await send(podsOf(source, body));
}

/**
 * One pod, or a list of them.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/http.go sourceURL.extractFromURL (part)
 */
function podsOf({ ports, url, nodeName }: SourceURL, body: string): Pod[] {
  const options = { source: `url:${url}`, isFile: false, nodeName };
  const complete = (pod: Pod): Pod => applyDefaults(ports, pod, options);
  try {
    return [complete(decodeSinglePod(ports, body))];
  } catch (noPod) {
    if (!(noPod instanceof UnparsableError)) throw noPod;
    try {
      return decodePodList(ports, body).map(complete);
    } catch (noList) {
      if (!(noList instanceof UnparsableError)) throw noList;
      throw new Error(
        `${url}: received '${body}', but couldn't parse as single (${noPod.message}) or multiple pods (${noList.message}).`,
        { cause: noList },
      );
    }
  }
}
