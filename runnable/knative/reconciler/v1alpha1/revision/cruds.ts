/**
 * Creating what stands behind a Revision, and repairing what has changed.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import type { Deployment } from '../../../apis/apps/v1/types.ts';
import type { PodAutoscalerObject } from '../../../apis/autoscaling/v1alpha1/pa-types.ts';
import type { K8sService } from '../../../apis/core/v1/types.ts';
import { semanticDeepEqual } from '../../../apis/equality/equality.ts';
import type { Revision } from '../../../apis/serving/v1alpha1/revision-types.ts';
import type { Config } from './config/store.ts';
import { makeDeployment } from './resources/deploy.ts';
import { makeImageCache } from './resources/imagecache.ts';
import { makeKPA } from './resources/kpa.ts';
import { makeK8sService } from './resources/service.ts';
import type { Reconciler } from './revision.ts';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/cruds.go Reconciler.createDeployment
 * @story on store.create: No Deployment for {rev.metadata.name} is in the cache,
 *   so the controller makes one: the user's container, the queue proxy before
 *   it, and one pod to begin with.
 */
export async function createDeployment(
  c: Reconciler,
  rev: Revision,
  cfgs: Config,
): Promise<Deployment> {
  return c.kubeClient.deployments.create(makeDeployment(rev, cfgs));
}

/**
 * Gives a Deployment the spec it should have. How many pods there are is left
 * to the autoscaler, and a selector cannot be changed at all.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/cruds.go Reconciler.checkAndUpdateDeployment
 * @omits logging in what the two differ
 * @returns the Deployment as it is now
 */
export async function checkAndUpdateDeployment(
  c: Reconciler,
  { rev, have }: { readonly rev: Revision; readonly have: Deployment },
  cfgs: Config,
): Promise<Deployment> {
  const desired = makeDeployment(rev, cfgs);
  const { replicas, selector } = have.spec ?? {};
  const spec = deepCopy({ ...desired.spec, replicas, selector });
  if (semanticDeepEqual(have.spec, spec)) return have;
  const labels = { ...have.metadata.labels, ...desired.metadata.labels };
  const metadata = { ...have.metadata, labels };
  const update = { ...have, metadata, spec };
  return c.kubeClient.deployments.update(update);
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/cruds.go Reconciler.createImageCache
 * @story on store.create: An Image asks for these bytes to be kept near the
 *   nodes; whether anybody does it, the controller never looks.
 */
export async function createImageCache(
  c: Reconciler,
  rev: Revision,
  deployment: Deployment,
): Promise<void> {
  await c.cachingClient.images.create(makeImageCache(rev, deployment));
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/cruds.go Reconciler.createKPA
 * @story on store.create: The last phase makes a PodAutoscaler, which names the
 *   Deployment to scale and the Service whose addresses to count.
 */
export async function createKPA(
  c: Reconciler,
  rev: Revision,
): Promise<PodAutoscalerObject> {
  return c.autoscalingClient.podAutoscalers.create(makeKPA(rev));
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/cruds.go Reconciler.createService
 * @story on store.create: A Kubernetes Service is made for the pods of
 *   {rev.metadata.name}; it leads to the port of the queue proxy.
 */
export async function createService(
  c: Reconciler,
  rev: Revision,
): Promise<void> {
  await c.kubeClient.services.create(makeK8sService(rev));
}

/** Whether something had to be written. */
export type Changed = 'WasChanged' | 'Unchanged';

/**
 * Gives a k8s Service the ports and the selector it should have, and touches
 * nothing else of it.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/cruds.go Reconciler.checkAndUpdateService
 * @omits logging in what the two differ
 */
export async function checkAndUpdateService(
  c: Reconciler,
  rev: Revision,
  service: K8sService,
): Promise<Changed> {
  const { ports = [], selector = {} } = makeK8sService(rev).spec ?? {};
  const spec = deepCopy({ ...service.spec, ports, selector });
  if (semanticDeepEqual(spec, service.spec)) return 'Unchanged';
  await c.kubeClient.services.update({ ...service, spec });
  return 'WasChanged';
}
