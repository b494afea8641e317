/**
 * Runs a scenario once undisturbed and then once for each of its writes, after
 * which all controllers die and are started again.
 *
 * All runs go on for a while after the scenario's end, without clients. By
 * then a Revision that was still in use has been idle for a stable window, was
 * marked inactive and, a grace period later, has lost its pods; what a new
 * autoscaler could not know does not count any more. It is far less than the
 * ten hours after which informers repeat what they hold: what only they would
 * mend counts as a difference.
 *
 * It is the program of a thread of its own: in that of the tests each promise
 * is followed by the test runner, which costs half as much again.
 */
import { parentPort } from 'node:worker_threads';
import { loadScenario } from '../../src/chapter/catalog.ts';
import { ports } from '../../src/ports/ports.ts';
import { CrashingWorld } from './crashing-world.ts';
import { differences, finalObjects } from './final-objects.ts';
import type { FinalObjects } from './final-objects.ts';
import { lives } from './knative-lives.ts';
import type { Life } from './knative-lives.ts';

const goesOnFor = 180_000;

/** By write, such as `3 store.create Route default/a`: what differs then. */
export type Found = Readonly<Record<string, readonly string[]>>;

interface End {
  /** What was written until the scenario's end, in order. */
  readonly written: readonly string[];
  readonly objects: FinalObjects;
}

parentPort?.on('message', (id: string) => {
  void answer(id);
});

async function answer(id: string): Promise<void> {
  let found: Found;
  try {
    found = await restartAfterEach(id);
  } catch (error) {
    found = { 'no write': [`the run fails: ${String(error)}`] };
  }
  parentPort?.postMessage(found);
}

async function restartAfterEach(id: string): Promise<Found> {
  const life = await lifeOf(id);
  const { written, objects } = await live(life, Infinity);
  const found: Record<string, readonly string[]> = {};
  for (const [i, write] of written.entries()) {
    const differing = await compare(life, objects, i + 1);
    if (differing.length > 0) found[`${String(i + 1)} ${write}`] = differing;
  }
  return found;
}

/** What an id such as `knative/02-service/update` names, or one of our own. */
async function lifeOf(id: string): Promise<Life> {
  const own = lives[id];
  if (own !== undefined) return own;
  const end = id.lastIndexOf('/');
  return loadScenario(id.slice(0, end), id.slice(end + 1));
}

/** Lets it happen, with a crash after so many writes, and a while longer. */
async function live(life: Life, crashAfter: number): Promise<End> {
  const world = new CrashingWorld(life.seed, crashAfter);
  return world.run(async () => {
    await life.begin(world, ports).main();
    world.isCalm = true;
    const written = [...world.written];
    await world.sleep(goesOnFor);
    const { store } = world;
    if (store === undefined) throw new Error('No controller was started');
    return { written, objects: finalObjects(store) };
  });
}

async function compare(
  life: Life,
  undisturbed: FinalObjects,
  crashAfter: number,
): Promise<readonly string[]> {
  try {
    const { objects } = await live(life, crashAfter);
    return differences(undisturbed, objects);
  } catch (error) {
    return [`the run fails: ${String(error)}`];
  }
}
