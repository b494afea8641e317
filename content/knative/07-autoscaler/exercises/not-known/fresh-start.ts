/**
 * The autoscaler starts when its Revision has long been there, and for some
 * seconds it knows nothing. How things stand by then is the run's input.
 */
import type { Start } from '../../../../../runnable/scenarios/knative/scaling/objects.ts';
import { ScalingStage } from '../../../../../runnable/scenarios/knative/scaling/stage.ts';
import {
  cast,
  fold,
  folded,
  look,
  notes,
} from '../../../../../runnable/scenarios/knative/07-autoscaler/cast.ts';
import type {
  Run,
  Scenario,
} from '../../../../../runnable/scenarios/scenario.ts';
import type { Sim } from '../../../../../runnable/sim/sim.ts';

/** How things stand when the autoscaler starts. */
export interface Found {
  readonly replicas: number;
  readonly active: Start['active'];
  /** For how many seconds, when the autoscaler starts. */
  readonly forSeconds: number;
  readonly minScale?: number;
}

const usual: Found = { replicas: 2, active: 'True', forSeconds: 30 };

export const scenario: Scenario = {
  title: 'A fresh start',
  summary:
    'Two pods are there before the autoscaler is; watch what becomes of them until it has heard of them.',
  seed: 1,
  notes: [
    ...notes,
    'at the start two pods are asked for, and the Revision has been active for half a minute; the autoscaler starts at 2 s; nobody sends requests',
  ],
  cast,
  folded,
  fold,
  begin: (sim, _ports, input) => begin(sim, input),
};

const autoscalerStarts = 2000;

function begin(sim: Sim, input: unknown): Run {
  const { replicas, active, forSeconds, minScale } =
    (input as Found | undefined) ?? usual;
  const stage = new ScalingStage(
    sim,
    {
      ...(minScale === undefined
        ? {}
        : {
            annotations: {
              'autoscaling.knative.dev/minScale': String(minScale),
            },
          }),
      replicas,
      active,
      since: sim.now() + autoscalerStarts - forSeconds * 1000,
    },
    { work: 100 },
  );
  return {
    view: look(stage),
    async main() {
      await stage.survey();
      await stage.startCluster();
      await stage.at(autoscalerStarts);
      await stage.startAutoscaler();
      await stage.at(4500);
      return { active: stage.active, replicas: stage.replicas };
    },
  };
}
