/** What Services cost until they are ready, and how that grows with them. */
import { services } from '../../runnable/knative/apis/resources.ts';
import type { ServiceObject } from '../../runnable/knative/apis/serving/v1alpha1/service-types.ts';
import { ControlPlane } from '../../runnable/scenarios/knative/control-plane.ts';
import { helloworld } from '../../runnable/scenarios/knative/helloworld.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { recordScenario, runScenario } from '../chapter/record.ts';
import { ports } from '../ports/ports.ts';
import { median, type Figure } from './bench-figure.ts';

const rounds = 3;
/** Of virtual time; each Service takes a few seconds. */
const limitMs = 3_600_000;
const lookEveryMs = 500;

/**
 * So many Services to Ready with nobody watching, beside half as many twice;
 * and helloworld-go recorded, beside the plain run.
 */
export async function* knative(): AsyncIterable<Figure> {
  await cpuTimeOf(() => toReady(25));
  for (const count of [100, 1000]) {
    const half = await medianOf(() => toReady(count / 2));
    const whole = await medianOf(() => toReady(count));
    yield {
      name: `${count.toLocaleString('en')} Services to Ready`,
      value: whole,
      yardstick: `twice ${String(count / 2)} Services`,
      against: 2 * half,
      unit: 'ms',
    };
    yield {
      name: `one of ${count.toLocaleString('en')} Services`,
      value: whole / count,
      yardstick: `one of ${String(count / 2)}`,
      against: half / (count / 2),
      unit: 'ms',
    };
  }
  const hello = { chapter: 'knative/02-service', scenario: 'hello-world' };
  yield {
    name: 'hello-world recorded, loading included',
    value: await medianOf(() => recordScenario(hello)),
    yardstick: 'the plain run',
    against: await medianOf(() => runScenario(hello)),
    unit: 'ms',
  };
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push(await cpuTimeOf(work));
  }
  return median(times);
}

/** Milliseconds of the processor; what else runs meanwhile does not count. */
async function cpuTimeOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * Applies Services, all at once, and waits until each says that it is ready.
 *
 * @throws {Error} when one of them is not ready within an hour of the run
 */
async function toReady(count: number): Promise<void> {
  const sim = new Sim({ seed: 1, maxTurns: 20_000 * count });
  const first = helloworld();
  const stage = new ControlPlane(sim, ports, first);
  await sim.run(async () => {
    await stage.startAll();
    for (let index = 0; index < count; index += 1) {
      const metadata = { ...first.metadata, name: `hello-${String(index)}` };
      await stage.client.services.create({ ...first, metadata });
    }
    const end = sim.now() + limitMs;
    while (sim.now() < end) {
      if (stage.store.peekAll<ServiceObject>(services).every(isReady)) return;
      await sim.sleep(lookEveryMs);
    }
    throw new Error(`Cannot time ${String(count)} Services: not all got ready`);
  });
}

const isReady = ({ status }: ServiceObject): boolean =>
  status?.conditions?.some(
    ({ type, status: value }) => type === 'Ready' && value === 'True',
  ) === true;
