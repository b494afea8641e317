/**
 * The phases that make something: Deployment, k8s Service, ConfigMap,
 * PodAutoscaler. Each looks into the cache, creates what is missing, repairs
 * what is there, and notes in the status what it has seen.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import { sprintf } from '../../../../apiserver/sprintf.ts';
import type { KObject } from '../../../../apiserver/store.ts';
import type { Deployment } from '../../../apis/apps/v1/types.ts';
import { getCondition } from '../../../apis/duck/v1alpha1/condition-set.ts';
import { semanticDeepEqual } from '../../../apis/equality/equality.ts';
import { podAutoscalerConditionReady } from '../../../apis/autoscaling/v1alpha1/pa-types.ts';
import type { PodAutoscalerObject } from '../../../apis/autoscaling/v1alpha1/pa-types.ts';
import type { Revision } from '../../../apis/serving/v1alpha1/revision-types.ts';
import { isControlledBy } from '../../../kmeta/owner-references.ts';
import type { Config } from './config/store.ts';
import {
  checkAndUpdateDeployment,
  checkAndUpdateService,
  createDeployment,
  createImageCache,
  createKPA,
  createService,
} from './cruds.ts';
import { judgeEndpoints, judgeProgress, lastTermination } from './helpers.ts';
import { progressDeadlineSeconds } from './resources/constants.ts';
import { makeFluentdConfigMap } from './resources/fluentd.ts';
import * as names from './resources/names/names.ts';
import type { Reconciler } from './revision.ts';

/**
 * Makes or repairs the Deployment, and sees whether its pods crash or do not
 * come at all.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileDeployment
 */
export async function reconcileDeployment(
  c: Reconciler,
  rev: Revision,
  cfgs: Config,
): Promise<void> {
  const deployment = await ensureDeployment(c, rev, cfgs);

  const { replicas = 1 } = deployment.spec ?? {};
  const { availableReplicas = 0 } = deployment.status ?? {};
  if (replicas > 0 && availableReplicas === 0) {
    await surfaceCrash(c, rev, deployment);
  }

  if (judgeProgress(deployment, rev) === 'exceeded') {
    const format = 'Unable to create pods for more than %d seconds.';
    const message = sprintf(format, progressDeadlineSeconds);
    rev.status.markProgressDeadlineExceeded(message);
    const event = 'Revision %s not ready due to Deployment timeout';
    const { name } = rev.metadata;
    c.recorder.eventf(rev, 'Normal', 'ProgressDeadlineExceeded', event, name);
  }

  await reconcileImageCache(c, rev, deployment);
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileDeployment (part)
 */
async function ensureDeployment(
  c: Reconciler,
  rev: Revision,
  cfgs: Config,
): Promise<Deployment> {
  const { namespace = '' } = rev.metadata;
  const name = names.deployment(rev);
  const lister = c.listers.deployments.byNamespace(namespace);
  const have = lister.get(name);
  if (have === undefined) {
    rev.status.markDeploying('Deploying');
    const created = await createDeployment(c, rev, cfgs);
    c.logger.infof('Created deployment %q', name);
    return created;
  }
  insistOnOwner(rev, have);
  return checkAndUpdateDeployment(c, { rev, have }, cfgs);
}

/**
 * Pods are wanted and none is there: perhaps they crash. They are asked for
 * directly, for this controller keeps no cache of pods.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileDeployment (part)
 */
async function surfaceCrash(
  c: Reconciler,
  rev: Revision,
  { spec }: Deployment,
): Promise<void> {
  const { namespace = '' } = rev.metadata;
  const { matchLabels = {} } = spec?.selector ?? {};
  const terms = Object.entries(matchLabels);
  const labelSelector = terms.map(([key, is]) => `${key}=${is}`).join(',');
  try {
    const pods = await c.kubeClient.pods.list({ namespace, labelSelector });
    // Any one will do: they run the same code.
    const terminated = lastTermination(pods.items[0]);
    if (terminated === undefined) return;
    const { exitCode, message = '' } = terminated;
    rev.status.markContainerExiting(exitCode, message);
  } catch (error) {
    c.logger.errorf('Error getting pods: %v', error);
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileDeployment (part)
 */
async function reconcileImageCache(
  c: Reconciler,
  rev: Revision,
  deployment: Deployment,
): Promise<void> {
  const { namespace = '' } = rev.metadata;
  const name = names.imageCache(rev);
  const lister = c.listers.images.byNamespace(namespace);
  // What became of the hint is of no interest.
  if (lister.get(name) !== undefined) return;
  await createImageCache(c, rev, deployment);
  c.logger.infof('Created image cache %q', name);
}

/**
 * Makes or repairs the k8s Service, and takes from its Endpoints whether a pod
 * answers.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileService
 */
export async function reconcileService(
  c: Reconciler,
  rev: Revision,
): Promise<void> {
  const { namespace = '' } = rev.metadata;
  const serviceName = names.k8sService(rev);
  rev.status.serviceName = serviceName;
  await ensureService(c, rev, serviceName);

  const lister = c.listers.endpoints.byNamespace(namespace);
  const endpoints = lister.get(serviceName);
  if (endpoints === undefined) {
    // Whoever makes them has not got to it yet.
    c.logger.infof('Endpoints not created yet %q', serviceName);
    rev.status.markDeploying('Deploying');
    return;
  }
  const readiness = judgeEndpoints(endpoints, rev, c.clock.now());
  if (readiness === 'ready') {
    rev.status.markResourcesAvailable();
    rev.status.markContainerHealthy();
  } else if (readiness === 'timed out') {
    markTimeout(c, rev, serviceName);
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileService (part)
 */
async function ensureService(
  c: Reconciler,
  rev: Revision,
  name: string,
): Promise<void> {
  const { namespace = '' } = rev.metadata;
  const service = c.listers.services.byNamespace(namespace).get(name);
  if (service === undefined) {
    rev.status.markDeploying('Deploying');
    await createService(c, rev);
    c.logger.infof('Created Service %q', name);
    return;
  }
  insistOnOwner(rev, service);
  const changed = await checkAndUpdateService(c, rev, service);
  if (changed === 'Unchanged') return;
  c.logger.infof('Updated Service %q', name);
  rev.status.markDeploying('Updating');
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileService (part)
 */
function markTimeout(c: Reconciler, rev: Revision, serviceName: string): void {
  rev.status.markServiceTimeout();
  // Said on every run for as long as no pod answers.
  const format = 'Revision did not become ready due to endpoint %q';
  c.recorder.eventf(rev, 'Warning', 'RevisionFailed', format, serviceName);
}

/**
 * Tells the collector of logs what to collect, where there is one.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileFluentdConfigMap
 * @omits logging in what the two differ
 */
export async function reconcileFluentdConfigMap(
  c: Reconciler,
  rev: Revision,
  cfgs: Config,
): Promise<void> {
  if (!cfgs.observability.enableVarLogCollection) return;
  const { namespace = '' } = rev.metadata;
  const name = names.fluentdConfigMap(rev);
  const desired = makeFluentdConfigMap(rev, cfgs);
  const lister = c.listers.configMaps.byNamespace(namespace);
  const configMap = lister.get(name);
  if (configMap === undefined) {
    await c.kubeClient.configMaps.create(desired);
    c.logger.infof('Created fluentd configmap: %q', name);
  } else if (!semanticDeepEqual(configMap.data, desired.data)) {
    const existing = deepCopy(configMap);
    existing.data = { ...desired.data };
    await c.kubeClient.configMaps.update(existing);
  }
}

/**
 * Makes the PodAutoscaler, and takes over whether the Revision is active.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileKPA
 */
export async function reconcileKPA(
  c: Reconciler,
  rev: Revision,
): Promise<void> {
  const kpa = await ensureKPA(c, rev);
  const cond = getCondition(kpa.status, podAutoscalerConditionReady);
  if (cond === undefined) {
    rev.status.markActivating('Deploying', '');
    return;
  }
  const { status, reason = '', message = '' } = cond;
  if (status === 'Unknown') rev.status.markActivating(reason, message);
  else if (status === 'False') rev.status.markInactive(reason, message);
  else if (status === 'True') rev.status.markActive();
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileKPA (part)
 */
async function ensureKPA(
  c: Reconciler,
  rev: Revision,
): Promise<PodAutoscalerObject> {
  const { namespace = '' } = rev.metadata;
  const name = names.kpa(rev);
  const lister = c.listers.podAutoscalers.byNamespace(namespace);
  const kpa = lister.get(name);
  if (kpa !== undefined) {
    insistOnOwner(rev, kpa);
    return kpa;
  }
  const created = await createKPA(c, rev);
  c.logger.infof('Created kpa: %q', name);
  return created;
}

/**
 * An object of the right name that belongs to somebody else is not touched.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/reconcile_resources.go Reconciler.reconcileKPA (part)
 * @throws {Error} when the Revision does not control it
 */
function insistOnOwner(rev: Revision, child: KObject): void {
  if (isControlledBy(child, rev)) return;
  const { kind } = child;
  const { name } = child.metadata;
  rev.status.markResourceNotOwned(kind, name);
  const format = 'Revision: %q does not own %s: %q';
  throw new Error(sprintf(format, rev.metadata.name, kind, name));
}
