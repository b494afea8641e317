/**
 * What the service controller compares: a child that is there with the child
 * that the Service wants, and a Route's spec with what became of it.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import type { Mutable } from '../../../../apiserver/objects.ts';
import {
  deepEqual,
  semanticDeepEqual,
} from '../../../apis/equality/equality.ts';
import { routeLabelKey } from '../../../apis/serving/register.ts';
import type { ConfigurationObject } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import type { RouteObject } from '../../../apis/serving/v1alpha1/route-types.ts';

/**
 * Whether a Configuration is as the Service wants it. Spec and labels count,
 * and nothing else: annotations and owners of a child are never repaired.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/service.go configSemanticEquals
 */
export function configSemanticEquals(
  desired: ConfigurationObject,
  config: ConfigurationObject,
): boolean {
  return semanticDeepEqual(specAndLabels(desired), specAndLabels(config));
}

/**
 * Whether a Route is as the Service wants it, by the same measure.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/service.go routeSemanticEquals
 */
export function routeSemanticEquals(
  desired: RouteObject,
  route: RouteObject,
): boolean {
  return semanticDeepEqual(specAndLabels(desired), specAndLabels(route));
}

function specAndLabels({ spec, metadata }: ConfigurationObject | RouteObject): {
  readonly spec: unknown;
  readonly labels: unknown;
} {
  return { spec, labels: metadata.labels };
}

/**
 * Wants of one label whatever there is: which Route uses a Configuration is
 * for the labeler to say, and the two controllers would otherwise undo each
 * other's work for ever.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/service.go ignoreRouteLabelChange
 * @story when routeLabel: The service controller copies the label into the
 *   Configuration it wants, so as not to undo the labeler's work.
 */
export function ignoreRouteLabelChange(
  config: ConfigurationObject,
  desired: Mutable<ConfigurationObject>,
): void {
  const routeLabel = config.metadata.labels?.[routeLabelKey];
  desired.metadata.labels ??= {};
  if (routeLabel === undefined) delete desired.metadata.labels[routeLabelKey];
  else desired.metadata.labels[routeLabelKey] = routeLabel;
}

/**
 * Wants the child's old counter of generations to be what it is. The Service
 * knows nothing of it, and wanting another value would never end.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcileConfiguration (part)
 */
export function keepGeneration(
  desired: Mutable<ConfigurationObject | RouteObject>,
  observed: ConfigurationObject | RouteObject,
): void {
  const { generation } = observed.spec ?? {};
  const { generation: _, ...spec } = desired.spec ?? {};
  desired.spec = generation === undefined ? spec : { ...spec, generation };
}

/**
 * The child that is there, with spec and labels as desired and all else as it
 * is.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcileConfiguration (part)
 */
export function repaired<O extends ConfigurationObject | RouteObject>(
  observed: O,
  desired: O,
): O {
  const { labels = {} } = desired.metadata;
  const metadata = { ...observed.metadata, labels };
  return { ...observed, metadata, spec: desired.spec };
}

/**
 * Whether the Route has carried out what it was asked for. Asked for the
 * Configuration, it must serve the Revision that became ready last; a Route
 * can be ready while it still serves the one before.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/service.go Reconciler.reconcile (part)
 * @story when result: Traffic counts as migrated, because the Route's status
 *   already names the latest ready Revision.
 * @story Traffic is not migrated yet: the Route's status names another Revision
 *   or other shares than its spec asks for by now.
 */
export function isTrafficMigrated(
  route: RouteObject,
  config: ConfigurationObject,
): boolean {
  const found = route.status?.traffic ?? [];
  const wanted = deepCopy(route.spec?.traffic ?? []);
  for (const target of wanted) {
    if (target.configurationName !== config.metadata.name) continue;
    target.revisionName = config.status?.latestReadyRevisionName ?? '';
    delete target.configurationName;
  }
  return deepEqual(found, wanted);
}
