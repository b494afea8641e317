/**
 * helloworld-go as it stands some generations later, put into the store as
 * though it had always been there.
 */
import { deepCopy } from '../../../apiserver/objects.ts';
import { formatTime } from '../../../apiserver/time.ts';
import { configurations, revisions } from '../../../knative/apis/resources.ts';
import { revisionLastPinnedAnnotationKey } from '../../../knative/apis/serving/register.ts';
import { setConfigurationSpecDefaults } from '../../../knative/apis/serving/v1alpha1/configuration-defaults.ts';
import type {
  ConfigurationObject,
  ConfigurationSpec,
} from '../../../knative/apis/serving/v1alpha1/configuration-types.ts';
import type { RevisionObject } from '../../../knative/apis/serving/v1alpha1/revision-types.ts';
import { makeRevision } from '../../../knative/reconciler/v1alpha1/configuration/resources/revision.ts';
import type { Instant } from '../../../sim/clock.ts';
import { condition } from '../conditions.ts';
import { template } from '../helloworld.ts';
import { allTrue } from './played.ts';
import { helloworld } from './stage.ts';
import type { Stage } from './stage.ts';

/** A Revision that is there at the start. */
export interface Past {
  readonly created: Instant;
  /** When a Route last said that it uses it. */
  readonly lastPinned?: Instant;
}

/**
 * Fills the store with one generation for each Revision, the last one ready
 * and in use; call it before anybody reads from it.
 */
export function loadReady(stage: Stage, past: readonly Past[]): void {
  const last = stage.nth(past.length);
  const generation = past.length;
  const metadata = { ...helloworld().metadata, uid: 'uid-c1', generation };
  const configuration: ConfigurationObject = {
    ...helloworld(),
    metadata,
    spec: stored(generation),
    status: {
      conditions: [condition(stage.sim.now(), 'Ready')],
      latestCreatedRevisionName: last,
      latestReadyRevisionName: last,
      observedGeneration: generation,
    },
  };
  stage.store.load(configurations, [configuration]);
  stage.store.load(
    revisions,
    past.map((each, i) => revisionOf(stage, i + 1, each)),
  );
}

/** The template of a generation, as the webhook let it through. */
function stored(generation: number): ConfigurationSpec {
  const spec = deepCopy(template(`Go Sample v${generation}`));
  setConfigurationSpecDefaults(spec);
  return spec;
}

function revisionOf(
  stage: Stage,
  generation: number,
  { created, lastPinned }: Past,
): RevisionObject {
  const made = makeRevision({
    ...helloworld(),
    metadata: { ...helloworld().metadata, uid: 'uid-c1', generation },
    spec: stored(generation),
  });
  const annotations: Record<string, string> = {};
  if (lastPinned !== undefined) {
    annotations[revisionLastPinnedAnnotationKey] = String(lastPinned / 1000);
  }
  return {
    ...made,
    metadata: {
      ...made.metadata,
      name: stage.nth(generation),
      creationTimestamp: formatTime(created),
      annotations,
    },
    status: { conditions: allTrue(stage), observedGeneration: 1 },
  };
}
