/**
 * The activator is started anew before a Revision that has two pods, and three
 * requests come. Its cache of Revisions is filled a little later than its
 * cache of Endpoints.
 */
import { endpoints } from '../../../../../runnable/apiserver/kinds.ts';
import type { Endpoints } from '../../../../../runnable/knative/apis/core/v1/types.ts';
import { revisionUID } from '../../../../../runnable/knative/apis/serving/register.ts';
import { main } from '../../../../../runnable/knative/cmd/activator/main.ts';
import type { ActivatorProcess } from '../../../../../runnable/knative/cmd/activator/main.ts';
import { response } from '../../../../../runnable/knative/http/http.ts';
import type { HttpResponse } from '../../../../../runnable/knative/http/http.ts';
import { informers } from '../../../../../runnable/scenarios/knative/cast.ts';
import {
  loadRevision,
  namespace,
  revisionName,
} from '../../../../../runnable/scenarios/knative/scaling/objects.ts';
import { KnativeStage } from '../../../../../runnable/scenarios/knative/stage.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import { Channel } from '../../../../../runnable/sim/channel.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

const users = 3;

export const scenario: Scenario = {
  title: 'A new activator',
  summary:
    'Two pods are ready, and the activator has just been started; watch how many requests it lets through, and when.',
  seed: 1,
  notes: [
    'cast: activator = a new process, which may meet its first requests before it has heard of their Revision; pods = played, they take one request at a time, for 1 s; scenario = plays the cluster',
    'an API answer takes 2 ms, and the list of Revisions 5 ms; requests come at 1 s; at 30 s the Endpoints change, and have two addresses as before',
  ],
  cast: [
    {
      id: 'activator',
      noun: 'the activator',
      role: 'a new process',
      tasks: ['request *', 'activate *', 'activator *'],
    },
    informers,
    { id: 'pods', noun: 'a pod', played: true, symbols: ['serve'] },
    {
      id: 'scenario',
      noun: 'the scenario',
      role: 'plays the cluster',
      played: true,
      tasks: ['scenario'],
    },
  ],
  folded: [
    'client-go',
    'knative/activator/handler',
    'knative/activator/revision.ts',
    'knative/apis',
    'knative/cmd',
    'knative/http',
    'knative/logging',
    'knative/reconciler',
    'knative/websocket',
  ],
  fold: [
    ...['task.', 'log ', 'clock.', 'watch.deliver', 'select.'],
    ...['chan.send req', 'chan.recv re', 'chan.send act', 'chan.recv act'],
    ...['chan.send stat', 'chan.recv stat'],
    'chan.send breaker default/helloworld-go-00001/pending',
    'chan.recv breaker default/helloworld-go-00001/pending',
  ],
  begin: (sim) => begin(sim),
};

function begin(sim: Sim): Run {
  const stage = new KnativeStage(sim, {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Revision',
    metadata: { name: revisionName, namespace },
  });
  loadRevision(sim, stage.store, {
    replicas: 2,
    active: 'True',
    since: sim.now(),
    containerConcurrency: 1,
  });
  stage.store.load(endpoints, [twoAddresses()]);
  const told: (number | undefined)[] = [];
  let capacity: (() => number | undefined) | undefined;
  return {
    view: {
      watched: [{ name: 'activator capacity', read: () => capacity?.() }],
    },
    async main() {
      await stage.survey();
      const activator = await start(sim, stage);
      const key = `${namespace}/${revisionName}`;
      capacity = () => activator.throttler.capacities.get(key);
      for (let n = 1; n <= users; n++) {
        sim.go(`request ${String(n)}`, async () => {
          await stage.at(1000);
          told[n - 1] = (await come(activator, n)).status;
        });
      }
      const played = sim.go('scenario', async () => {
        await stage.at(30_000);
        await touch(stage);
        await stage.at(33_000);
      });
      await played.done;
      return Array.from({ length: users }, (_, at) => told[at]);
    },
  };
}

/** The activator's process, between a played API server and played pods. */
function start(sim: Sim, stage: KnativeStage): Promise<ActivatorProcess> {
  const store = stage.store.client(sim, {
    answerAfter: (verb, { resource }) =>
      verb !== 'list' ? 2 : resource === 'revisions' ? 5 : 0,
  });
  const forEver = new Channel<number>(sim, 'connection');
  return main({
    sim,
    store,
    podName: 'activator-1',
    transport: () => serve(sim),
    dial: () =>
      Promise.resolve({
        writeMessage: () => undefined,
        closed: async () => (await forEver.recv()) ?? 0,
      }),
  });
}

/**
 * A request comes, and waits for its answer.
 *
 * @story Request {n} comes to the activator.
 * @story returns: After {took} request {n} has its answer, status {result.status}.
 */
async function come(
  activator: ActivatorProcess,
  n: number,
): Promise<HttpResponse> {
  const answer = await activator.handler({
    method: 'GET',
    path: `/${String(n)}`,
    host: 'helloworld-go.default.example.com',
    headers: [
      ['knative-serving-namespace', namespace],
      ['knative-serving-revision', revisionName],
    ],
    body: '',
  });
  return answer;
}

/**
 * Plays a pod, which works for a second.
 *
 * @story A pod has a request.
 */
async function serve(sim: Sim): Promise<HttpResponse> {
  await sim.sleep(1000);
  return response(200, 'Hello Go Sample v1!\n');
}

/**
 * Plays the cluster, where one of two pods makes room for another.
 *
 * @story on store.update: One pod was replaced, and there are two addresses as
 *   before.
 */
async function touch(stage: KnativeStage): Promise<void> {
  const client = stage.store.client(stage.sim).resource<Endpoints>(endpoints);
  const { metadata } = await client.get(namespace, `${revisionName}-service`);
  await client.update({ ...twoAddresses('10.0.0.3'), metadata });
}

function twoAddresses(second = '10.0.0.2'): Endpoints {
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: `${revisionName}-service`,
      namespace,
      labels: { [revisionUID]: 'uid-rev1' },
    },
    subsets: [
      {
        addresses: [{ ip: '10.0.0.1' }, { ip: second }],
        ports: [{ name: 'http', port: 8012 }],
      },
    ],
  };
}
