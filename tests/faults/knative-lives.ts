/**
 * Lives of helloworld-go that no chapter shows: what a user gets to see, what
 * is left when everything was deleted, and somebody who meddles.
 */
import assert from 'node:assert/strict';
import {
  deployments,
  pods,
  services as k8sServices,
} from '../../runnable/apiserver/kinds.ts';
import type { Deployment } from '../../runnable/knative/apis/apps/v1/types.ts';
import type { K8sService } from '../../runnable/knative/apis/core/v1/types.ts';
import { knativeResources } from '../../runnable/knative/apis/resources.ts';
import {
  apply,
  change,
} from '../../runnable/scenarios/knative/02-service/played.ts';
import {
  first,
  makeFirst,
  reportActive,
  reportQueued,
} from '../../runnable/scenarios/knative/04-revision/played.ts';
import { Stage } from '../../runnable/scenarios/knative/04-revision/stage.ts';
import { ControlPlane } from '../../runnable/scenarios/knative/control-plane.ts';
import {
  helloworld,
  hostOf,
} from '../../runnable/scenarios/knative/helloworld.ts';
import type { Scenario } from '../../runnable/scenarios/scenario.ts';
import type { Ports } from '../../runnable/ports.ts';
import type { Sim } from '../../runnable/sim/sim.ts';

/** What of a scenario makes a run. */
export type Life = Pick<Scenario, 'seed' | 'begin'>;

export const lives: Readonly<Record<string, Life>> = {
  'a Service that is changed and deleted': { seed: 1, begin: beginService },
  'a Revision with which somebody meddles': { seed: 1, begin: beginRevision },
};

/** All six controllers, and two requests: one for each generation. */
function beginService(sim: Sim, ports: Ports): { main(): Promise<void> } {
  const stage = new ControlPlane(sim, ports, helloworld());
  return {
    async main() {
      await stage.startAll();
      await apply(stage, helloworld());
      await stage.at(4000);
      const before = await stage.curl(hostOf(stage));
      assert.equal(before.body, 'Hello Go Sample v1!\n');
      await change(stage, helloworld('Go Sample v2').spec);
      await stage.at(9000);
      const after = await stage.curl(hostOf(stage));
      assert.equal(after.body, 'Hello Go Sample v2!\n');
      await stage.client.services.delete(stage.namespace, stage.name);
      await stage.at(12_000);
      for (const gvr of [...knativeResources, deployments, pods]) {
        assert.deepEqual(stage.store.peekAll(gvr), []);
      }
    },
  };
}

/** A user changes what is not his to change. */
function beginRevision(sim: Sim, ports: Ports): { main(): Promise<void> } {
  const stage = new Stage(sim, ports);
  return {
    async main() {
      await stage.startController();
      await makeFirst(stage, first);
      await stage.at(500);
      await reportQueued(stage, first);
      await stage.at(3000);
      await reportActive(stage, first);
      await stage.at(4000);
      await meddle(stage);
      await stage.at(8000);
    },
  };
}

async function meddle({ api, namespace }: Stage): Promise<void> {
  const services = api.resource<K8sService>(k8sServices);
  const service = await services.get(namespace, `${first}-service`);
  await services.update({ ...service, spec: { selector: { a: 'b' } } });
  const client = api.resource<Deployment>(deployments);
  const deployment = await client.get(namespace, `${first}-deployment`);
  const { spec = {} } = deployment;
  await client.update({
    ...deployment,
    spec: { ...spec, progressDeadlineSeconds: 1 },
  });
}
