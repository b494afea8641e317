/**
 * `kubelet/relist`: which events PLEG makes of what the runtime lists.
 */
import { Cache } from '../../../runnable/kubelet/container/cache.ts';
import { emptyPodStatus } from '../../../runnable/kubelet/container/runtime.ts';
import type {
  Container,
  Pod,
} from '../../../runnable/kubelet/container/runtime.ts';
import { GenericPLEG } from '../../../runnable/kubelet/pleg/generic.ts';
import type { PodLifecycleEvent } from '../../../runnable/kubelet/pleg/pleg.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import type { Port } from '../port.ts';
import { listOf, object, oneOf, text } from '../schema/json-schema.ts';
import {
  containerState,
  listed,
  listedContainer,
  sandboxState,
  sandboxStateOf,
} from './kubelet-values.ts';

interface Entry {
  readonly id: string;
  readonly state: string;
}

interface GivenPod {
  readonly id: string;
  readonly containers?: readonly Entry[];
  readonly sandboxes?: readonly Entry[];
}

interface Case {
  readonly relists: readonly (readonly GivenPod[])[];
}

const anyState = oneOf(
  ...(containerState['enum'] as string[]),
  ...(sandboxState['enum'] as string[]),
);

export const port: Port = {
  schema: object(
    {
      relists: listOf(
        listOf(
          object(
            {
              id: text,
              name: text,
              namespace: text,
              containers: listOf(listed(containerState)),
              sandboxes: listOf(listed(anyState)),
            },
            ['id'],
          ),
        ),
      ),
    },
    ['relists'],
  ),
  answer(document) {
    const { relists } = document as Case;
    const sim = new Sim({ seed: 1 });
    let pods: Pod[] = [];
    const pleg = new GenericPLEG(sim, {
      runtime: {
        getPods: () => Promise.resolve(pods),
        getPodStatus: (id) => Promise.resolve(emptyPodStatus(id)),
      },
      channelCapacity: roomFor(relists),
      relistPeriod: 1000,
      cache: new Cache(sim),
    });
    return sim.run(async () => {
      const events: PodLifecycleEvent[][] = [];
      for (const list of relists) {
        pods = list.map(listedPod);
        await pleg.relist();
        events.push(eventsOf(pleg));
        await sim.sleep(1000);
      }
      return { events };
    });
  },
};

/** Every container and sandbox may make two events when it comes or goes. */
function roomFor(relists: Case['relists']): number {
  const entries = relists
    .flat()
    .reduce(
      (sum, { containers = [], sandboxes = [] }) =>
        sum + containers.length + sandboxes.length,
      0,
    );
  return 1000 + 2 * entries;
}

function listedPod({ id, containers = [], sandboxes = [] }: GivenPod): Pod {
  return {
    id,
    name: id,
    namespace: 'default',
    containers: containers.map((one) =>
      listedContainer(one.id, one.state as Container['state']),
    ),
    sandboxes: sandboxes.map((one) =>
      listedContainer(one.id, stateOfSandbox(one.state)),
    ),
  };
}

/** A sandbox that is ready counts as a running container, as upstream. */
function stateOfSandbox(word: string): Container['state'] {
  if (!word.endsWith('READY')) return word as Container['state'];
  return sandboxStateOf(word) === 'SANDBOX_READY' ? 'running' : 'exited';
}

function eventsOf(pleg: GenericPLEG): PodLifecycleEvent[] {
  const channel = pleg.watch();
  const events: PodLifecycleEvent[] = [];
  while (channel.canRecv()) {
    const event = channel.take();
    if (event !== undefined) events.push(event);
  }
  return events;
}
