/**
 * The Route that a Service wants to exist.
 */
import type { Mutable } from '../../../../../apiserver/objects.ts';
import { releaseLatestRevisionKeyword } from '../../../../apis/serving/v1alpha1/service-types.ts';
import type {
  ReleaseType,
  ServiceObject,
} from '../../../../apis/serving/v1alpha1/service-types.ts';
import type {
  RouteObject,
  TrafficTarget,
} from '../../../../apis/serving/v1alpha1/route-types.ts';
import { newControllerRef } from '../../../../kmeta/owner-references.ts';
import { makeLabels } from './labels.ts';
import * as names from './names/names.ts';

/**
 * Builds the Route, with one to three targets by the Service's mode.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/resources/route.go MakeRoute
 * @throws {Error} when the Service has no mode that keeps a Route
 */
export function makeRoute(service: ServiceObject): Mutable<RouteObject> {
  const traffic = trafficOf(service);
  if (traffic === undefined) {
    throw new Error(
      'malformed Service: MakeRoute requires one of runLatest, pinned, or release must be present',
    );
  }
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Route',
    metadata: {
      name: names.route(service),
      namespace: service.metadata.namespace ?? '',
      ownerReferences: [newControllerRef(service)],
      labels: makeLabels(service),
    },
    spec: { traffic },
  };
}

/**
 * Who gets which share. `release` is asked first, then `runLatest`, then
 * `pinned`: not the order in which the Configuration is looked for.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/resources/route.go MakeRoute (part)
 */
function trafficOf(service: ServiceObject): TrafficTarget[] | undefined {
  const { release, runLatest, pinned } = service.spec ?? {};
  const configurationName = names.configuration(service);
  if (release !== undefined) return releaseTraffic(release, configurationName);
  if (runLatest !== undefined) return [{ configurationName, percent: 100 }];
  if (pinned === undefined) return undefined;
  return [{ revisionName: pinned.revisionName ?? '', percent: 100 }];
}

/**
 * `current` and, if two Revisions are named, `candidate` share the traffic;
 * `latest` gets none of it, and with it a subdomain to try it out.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/resources/route.go MakeRoute (part)
 */
function releaseTraffic(
  release: ReleaseType,
  configurationName: string,
): TrafficTarget[] {
  const { revisions = [], rolloutPercent = 0 } = release;
  const target = (revision = ''): TrafficTarget =>
    revision === releaseLatestRevisionKeyword
      ? { configurationName }
      : { revisionName: revision };
  const [current, candidate] = revisions;
  return [
    { name: 'current', ...target(current), percent: 100 - rolloutPercent },
    ...(revisions.length === 2
      ? [{ name: 'candidate', ...target(candidate), percent: rolloutPercent }]
      : []),
    { name: 'latest', configurationName, percent: 0 },
  ];
}
