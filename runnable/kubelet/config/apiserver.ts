/**
 * Pods that the API assigns to this node.
 *
 * A watch delivers one change at a time, and the kubelet never gets to see it:
 * after every change the source sends the whole list, and what changed is
 * found out again by comparing.
 */
import { keyOf } from '../../apiserver/objects.ts';
import { pods } from '../../apiserver/kinds.ts';
import type { ResourceClient, Store } from '../../apiserver/store.ts';
import type { Channel } from '../../sim/channel.ts';
import type { Milliseconds } from '../../sim/clock.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Pod } from '../api/v1.ts';
import { errorf } from '../klog.ts';
import { apiserverSource } from '../types/pod-update.ts';
import type { PodUpdate } from '../types/pod-update.ts';
import { asError } from '../util/errors.ts';

/** Between the end of a watch and the next list. */
const relistPeriod: Milliseconds = 1000;

/**
 * Lists and watches pods, for as long as the kubelet lives.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/apiserver.go NewSourceApiserver
 * @differs the store does not select by `spec.nodeName`, so the source does
 */
export function newSourceApiserver(
  sim: Sim,
  store: Store,
  nodeName: string,
  updates: Channel<PodUpdate>,
): void {
  const client = store.resource<Pod>(pods);
  sim.go('source api', async () => {
    for (;;) {
      try {
        await listAndWatch(client, nodeName, updates);
      } catch (thrown) {
        errorf(`Failed to list *v1.Pod: ${asError(thrown).message}`);
      }
      await sim.sleep(relistPeriod);
    }
  });
}

/**
 * One list and the watch that follows it; each change sends all pods.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/apiserver.go newSourceApiserverFromLW
 * @story on chan.send: After its list and after every change, the source sends all its pods, as one `SET`.
 */
async function listAndWatch(
  client: ResourceClient<Pod>,
  nodeName: string,
  updates: Channel<PodUpdate>,
): Promise<void> {
  const known = new Map<string, Pod>();
  const { items, resourceVersion } = await client.list();
  for (const pod of items) {
    if (pod.spec.nodeName === nodeName) known.set(keyOf(pod), pod);
  }
  await updates.send(setOf(known));
  const { signal } = new AbortController();
  for await (const event of client.watch({ resourceVersion, signal })) {
    if (event.type === 'BOOKMARK') continue;
    const { type, object } = event;
    const key = keyOf(object);
    if (object.spec.nodeName !== nodeName && !known.has(key)) continue;
    if (type === 'DELETED') known.delete(key);
    else known.set(key, object);
    await updates.send(setOf(known));
  }
}

function setOf(known: ReadonlyMap<string, Pod>): PodUpdate {
  return { pods: [...known.values()], op: 'SET', source: apiserverSource };
}
