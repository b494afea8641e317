/**
 * `kubelet/config-merge`: what each word of a source puts on the channel of
 * the main loop.
 */
import { EventRecorder } from '../../../runnable/client-go/tools/record/event.ts';
import { PodStorage } from '../../../runnable/kubelet/config/pod-storage.ts';
import type { PodConfigNotificationMode } from '../../../runnable/kubelet/config/pod-storage.ts';
import type {
  PodOperation,
  PodUpdate,
} from '../../../runnable/kubelet/types/pod-update.ts';
import { Channel } from '../../../runnable/sim/channel.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import type { Port } from '../port.ts';
import { listOf, object, oneOf, text } from '../schema/json-schema.ts';
import { pod } from '../schema/pod.ts';
import { podOf } from './kubelet-values.ts';
import type { GivenPod } from './kubelet-values.ts';

interface Case {
  readonly mode: PodConfigNotificationMode;
  readonly updates: readonly {
    readonly source: string;
    readonly op: PodOperation;
    readonly pods?: readonly GivenPod[];
  }[];
}

const modes: readonly PodConfigNotificationMode[] = [
  'incremental',
  'snapshot',
  'snapshotAndUpdates',
];

const operations: readonly PodOperation[] = [
  ...(['SET', 'ADD', 'DELETE', 'REMOVE'] as const),
  ...(['UPDATE', 'RECONCILE', 'RESTORE'] as const),
];

/** Each mode sends at most one update of each operation. */
const mostSent = operations.length;

export const port: Port = {
  schema: object(
    {
      mode: oneOf(...modes),
      updates: listOf(
        object({ source: text, op: oneOf(...operations), pods: listOf(pod) }, [
          'source',
          'op',
        ]),
      ),
    },
    ['mode', 'updates'],
  ),
  answer(document) {
    const { mode, updates } = document as Case;
    const sim = new Sim({ seed: 1 });
    const channel = new Channel<PodUpdate>(sim, 'configCh', mostSent);
    const recorder = new EventRecorder('kubelet');
    const storage = new PodStorage(sim, mode, channel, recorder);
    return sim.run(async () => {
      const sent: PodUpdate[][] = [];
      for (const { source, op, pods = [] } of updates) {
        await storage.merge(source, { op, source, pods: pods.map(podOf) });
        sent.push(takeAll(channel));
      }
      return {
        updates: sent.map((list) =>
          list.map(({ op, source, pods }) => ({ op, source, pods })),
        ),
      };
    });
  },
};

function takeAll(channel: Channel<PodUpdate>): PodUpdate[] {
  const taken: PodUpdate[] = [];
  while (channel.canRecv()) {
    const update = channel.take();
    if (update !== undefined) taken.push(update);
  }
  return taken;
}
