/**
 * What the scenario does to the process of the controllers.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { Stage } from './stage.ts';

/**
 * Ends the process between two lines of whatever it was doing.
 *
 * @story The process of the three controllers dies, and with it every cache and
 *   every queue.
 */
export function die(process: Sim): void {
  process.kill();
}

/**
 * Starts a process anew, as a Deployment of one replica would.
 *
 * @story A new process starts, and its informers list what the API server holds.
 */
export async function startAgain(stage: Stage): Promise<void> {
  await stage.startProcess();
}
