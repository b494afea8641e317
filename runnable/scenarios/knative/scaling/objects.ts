/**
 * helloworld-go when it has long been deployed: one Revision and what stands
 * behind it, put into the store as though it had always been there.
 */
import { deployments, services } from '../../../apiserver/kinds.ts';
import type { MemoryStore } from '../../../apiserver/memory-store.ts';
import type { Deployment } from '../../../knative/apis/apps/v1/types.ts';
import type { PodAutoscalerObject } from '../../../knative/apis/autoscaling/v1alpha1/pa-types.ts';
import {
  images,
  podAutoscalers,
  revisions,
} from '../../../knative/apis/resources.ts';
import { Revision } from '../../../knative/apis/serving/v1alpha1/revision-types.ts';
import type { RevisionObject } from '../../../knative/apis/serving/v1alpha1/revision-types.ts';
import type { Condition } from '../../../knative/apis/duck/v1alpha1/conditions-types.ts';
import { SugaredLogger } from '../../../knative/logging/logger.ts';
import { makeRevision } from '../../../knative/reconciler/v1alpha1/configuration/resources/revision.ts';
import { Store } from '../../../knative/reconciler/v1alpha1/revision/config/store.ts';
import { makeDeployment } from '../../../knative/reconciler/v1alpha1/revision/resources/deploy.ts';
import { makeImageCache } from '../../../knative/reconciler/v1alpha1/revision/resources/imagecache.ts';
import { makeKPA } from '../../../knative/reconciler/v1alpha1/revision/resources/kpa.ts';
import { makeK8sService } from '../../../knative/reconciler/v1alpha1/revision/resources/service.ts';
import type { Instant } from '../../../sim/clock.ts';
import type { Sim } from '../../../sim/sim.ts';
import { condition } from '../conditions.ts';
import { image, template } from '../helloworld.ts';

/** The name that the API server made for the Revision. */
export const revisionName = 'helloworld-go-00001';
export const namespace = 'default';
const revisionUid = 'uid-rev1';

/** How things stand when the run begins. */
export interface Start {
  readonly annotations?: Readonly<Record<string, string>>;
  /** How many requests a pod takes at a time; 0 for any number. */
  readonly containerConcurrency?: number;
  readonly replicas: number;
  /** Whether it takes part in traffic, and since when that is so. */
  readonly active: Condition['status'];
  readonly since: Instant;
}

/** Puts the Revision and its children into the store. */
export function loadRevision(sim: Sim, store: MemoryStore, start: Start): void {
  const config = new Store(sim, new SugaredLogger('')).load();
  const { loggingURLTemplate } = config.observability;
  const logUrl = loggingURLTemplate.replace('${REVISION_UID}', revisionUid);
  const object = revisionOf(start, logUrl);
  const rev = new Revision(object, sim.clock);
  const deployment = makeDeployment(rev, config);
  const { replicas } = start;
  store.load(revisions, [object]);
  const { spec } = deployment;
  const scaled: Deployment = { ...deployment, spec: { ...spec, replicas } };
  store.load(deployments, [scaled]);
  store.load(images, [makeImageCache(rev, deployment)]);
  store.load(services, [makeK8sService(rev)]);
  const conditions = activeAndReady(start);
  const pa: PodAutoscalerObject = {
    ...makeKPA(rev),
    status: { conditions, observedGeneration: 1 },
  };
  store.load(podAutoscalers, [pa]);
}

/** Why a PodAutoscaler is not active, in the words of its controller. */
const reasons: Readonly<Record<string, Pick<Condition, 'reason' | 'message'>>> =
  {
    False: {
      reason: 'NoTraffic',
      message: 'The target is not receiving traffic.',
    },
    Unknown: {
      reason: 'Queued',
      message:
        'Requests to the target are being buffered as resources are provisioned.',
    },
  };

function activeAndReady(start: Start): Condition[] {
  const { active, since } = start;
  return ['Active', 'Ready'].map((type) =>
    condition(since, type, active, reasons[active]),
  );
}

function revisionOf(start: Start, logUrl: string): RevisionObject {
  const { annotations = {}, containerConcurrency = 0, since } = start;
  const made = makeRevision({
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Configuration',
    metadata: {
      name: 'helloworld-go',
      namespace,
      uid: 'uid-c1',
      generation: 1,
    },
    spec: template('Go Sample v1'),
  });
  const [active] = activeAndReady(start);
  return {
    ...made,
    metadata: {
      ...made.metadata,
      name: revisionName,
      uid: revisionUid,
      generation: 1,
      annotations,
    },
    spec: { ...made.spec, containerConcurrency, timeoutSeconds: 300 },
    status: {
      conditions: [
        ...(active === undefined
          ? []
          : [{ ...active, severity: 'Info' as const }]),
        ...[
          'BuildSucceeded',
          'ContainerHealthy',
          'Ready',
          'ResourcesAvailable',
        ].map((type) => condition(since, type)),
      ],
      observedGeneration: 1,
      logUrl,
      serviceName: `${revisionName}-service`,
      imageDigest: `${image}@sha256:${'0123456789abcdef'.repeat(4)}`,
    },
  };
}
