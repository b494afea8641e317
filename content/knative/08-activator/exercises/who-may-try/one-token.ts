/**
 * One pod is ready that takes one request at a time, and the network does not
 * let anybody through to it yet. Two requests come.
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

/** When requests come, and when the network lets them through. */
const comes = [1000, 1050];
const opens = 1500;

export const scenario: Scenario = {
  title: 'Two requests, one token',
  summary:
    'Two requests come for a pod that cannot be reached yet; watch which of them the activator tries, and when.',
  seed: 1,
  notes: [
    'cast: activator = has heard of the Revision and of its one pod; network = played, and the pod behind it, which takes one request at a time, for 1 s',
    'an API answer takes 2 ms; requests come at 1 s and 1.05 s; the network refuses everybody until 1.5 s',
  ],
  cast: [
    {
      id: 'activator',
      noun: 'the activator',
      tasks: ['request *', 'activate *', 'activator *'],
    },
    informers,
    {
      id: 'network',
      noun: 'the network',
      played: true,
      symbols: ['arrive'],
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
  keep: ['call arrive'],
  fold: [
    'throw arrive',
    ...['task.', 'log ', 'clock.wake', 'watch.deliver', 'select.'],
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
    replicas: 1,
    active: 'True',
    since: sim.now(),
    containerConcurrency: 1,
  });
  stage.store.load(endpoints, [oneAddress()]);
  return {
    async main() {
      await stage.survey();
      const activator = await start(sim, stage);
      const told: number[] = [];
      const requests = comes.map((moment, index) =>
        sim.go(`request ${String(index + 1)}`, async () => {
          await stage.at(moment);
          told.push((await come(activator, index + 1)).status);
        }),
      );
      await Promise.all(requests.map(({ done }) => done));
      return told;
    },
  };
}

/** The activator's process, which knows the Revision before its Endpoints. */
function start(sim: Sim, stage: KnativeStage): Promise<ActivatorProcess> {
  const store = stage.store.client(sim, {
    answerAfter: (verb, { resource }) =>
      verb !== 'list' ? 2 : resource === 'endpoints' ? 5 : 0,
  });
  const forEver = new Channel<number>(sim, 'connection');
  return main({
    sim,
    store,
    podName: 'activator-1',
    transport: (_target, { path }) => arrive(stage, Number(path.slice(1))),
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
 * Plays the network and the pod, which works for a second.
 *
 * @story An attempt of request {n} comes to the network.
 * @throws {Error} while it lets nobody through
 */
async function arrive(stage: KnativeStage, n: number): Promise<HttpResponse> {
  if (stage.elapsed < opens) throw new Error('connect: connection refused');
  await stage.sim.sleep(1000);
  return response(200, `Hello, ${String(n)}!\n`);
}

function oneAddress(): Endpoints {
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
        addresses: [{ ip: '10.0.0.1' }],
        ports: [{ name: 'http', port: 8012 }],
      },
    ],
  };
}
