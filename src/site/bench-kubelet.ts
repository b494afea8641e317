/** What pods cost on one node, and how the cost grows with their number. */
import { pods as podsResource } from '../../runnable/apiserver/kinds.ts';
import type { Pod } from '../../runnable/kubelet/api/v1.ts';
import { image } from '../../runnable/scenarios/kubelet/node-scenario.ts';
import { NodeWorld } from '../../runnable/scenarios/kubelet/node-world.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { median, type Figure } from './bench-figure.ts';

/** Of virtual time; nothing here takes so long. */
const limit = 3_600_000;
const rounds = 3;

/** So many pods to Running and back to gone, and half as many twice. */
export async function* kubelet(): AsyncIterable<Figure> {
  await cpuTimeOf(50);
  for (const count of [100, 1000]) {
    const half = await medianOf(count / 2);
    const whole = await medianOf(count);
    yield {
      name: `${count.toLocaleString('en')} pods to Running and back to gone`,
      value: whole,
      yardstick: `twice ${String(count / 2)} pods`,
      against: 2 * half,
      unit: 'ms',
    };
  }
}

async function medianOf(count: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push(await cpuTimeOf(count));
  }
  return median(times);
}

/** Milliseconds of the processor; what else runs meanwhile does not count. */
async function cpuTimeOf(count: number): Promise<number> {
  const before = process.cpuUsage();
  await comeAndGo(count);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * Creates pods, waits until they run, deletes them, and waits until neither
 * the API nor the runtime has any of them.
 */
async function comeAndGo(count: number): Promise<void> {
  const sim = new Sim({ seed: 1, maxTurns: 1000 * count + 100_000 });
  const world = new NodeWorld(sim, { maxPods: count });
  const inApi = (): Pod[] => world.store.peekAll<Pod>(podsResource);
  const names = Array.from({ length: count }, (_, index) => `pod-${index}`);
  const spec = { restartPolicy: 'Always' as const, containers: [image('app')] };
  await sim.run(async () => {
    world.startKubelet();
    for (const name of names) await world.createPod(name, spec);
    const run = await world.waitFor(() => inApi().every(isRunning), limit);
    for (const name of names) await world.deletePod(name);
    const gone = await world.waitFor(
      () => inApi().length === 0 && world.machine.sandboxes.size === 0,
      limit,
    );
    if (run && gone) return;
    throw new Error(`Cannot time ${String(count)} pods: they did not settle`);
  });
}

const isRunning = ({ status }: Pod): boolean => status.phase === 'Running';
