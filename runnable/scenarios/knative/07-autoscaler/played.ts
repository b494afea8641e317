/**
 * What happens to the autoscaler and to the network, as the scenario has it.
 */
import type { ScalingStage } from '../scaling/stage.ts';

/**
 * @story The autoscaler’s process dies, and with it goes all that it has measured
 *   and decided.
 */
export function crash(stage: ScalingStage): void {
  stage.killAutoscaler();
}

/**
 * @story Another process of the autoscaler starts, and fills its caches.
 */
export async function startAgain(stage: ScalingStage): Promise<void> {
  await stage.startAutoscaler();
}

/**
 * @story From now on the network loses whatever {pod} sends to the autoscaler; its
 *   requests reach it as before.
 */
export function loseMeasurements(stage: ScalingStage, pod: string): void {
  stage.cutOff(pod);
}
