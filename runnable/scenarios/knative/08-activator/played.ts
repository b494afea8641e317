/**
 * Who is played here: users who ask, and the route controller.
 */
import type { Stage } from './stage.ts';

/** What a user was told. */
export interface Told {
  readonly status: number;
  readonly body: string;
  readonly after: number;
  /** Who it was, where there are several. */
  readonly n?: number;
}

/**
 * A user asks for the page, and waits.
 *
 * @story on bytes.write: The user asks the gateway for the page of helloworld-go.
 * @story returns: After {took} the user has an answer, status {result.status}.
 */
export async function ask(stage: Stage): Promise<Told> {
  const told = await curl(stage);
  return told;
}

/**
 * One of several users who ask at once.
 *
 * @story on bytes.write: User {n} asks the gateway for the page of helloworld-go.
 * @story returns: After {took} user {n} has an answer, status {result.status}.
 */
export async function askAsOneOfMany(stage: Stage, n: number): Promise<Told> {
  return { ...(await curl(stage)), n };
}

async function curl(stage: Stage): Promise<Told> {
  const start = stage.sim.now();
  const { status, body } = await stage.curl();
  return { status, body: body.trim(), after: stage.sim.now() - start };
}

/**
 * Plays the route controller, which follows the condition Active.
 *
 * @story on store.update: The Revision is active again, so the scenario, playing
 *   the route controller, sends its traffic to the pods.
 */
export async function sendTrafficToPods(stage: Stage): Promise<void> {
  await stage.writeRoute();
}
