import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServiceObject } from '../../../runnable/knative/apis/serving/v1alpha1/service-types.ts';
import { scenario as lagging } from '../../../runnable/scenarios/knative/01-control-loop/lagging-informer.ts';
import { scenario as restart } from '../../../runnable/scenarios/knative/01-control-loop/restart.ts';
import { scenario as three } from '../../../runnable/scenarios/knative/01-control-loop/three-controllers.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import { ports } from '../../../src/ports/ports.ts';

for (const [name, scenario] of Object.entries({ three, lagging, restart })) {
  test(`${name}: the Service ends Ready, served by its first Revision`, async () => {
    const sim = new Sim({ seed: scenario.seed });
    const run = scenario.begin(sim, ports);
    const { status } = (await sim.run(() => run.main())) as ServiceObject;
    assert.deepEqual(
      status?.conditions?.map(({ type, status }) => `${type} ${status}`),
      ['ConfigurationsReady True', 'Ready True', 'RoutesReady True'],
    );
    assert.deepEqual(status.traffic, [
      { percent: 100, revisionName: 'helloworld-go-00001' },
    ]);
  });
}
