/**
 * The Deployment that runs a Revision: the user's container, made ready for
 * being watched over, and the queue proxy in front of it.
 */
import { deepCopy } from '../../../../../apiserver/objects.ts';
import type { Deployment } from '../../../../apis/apps/v1/types.ts';
import type {
  Container,
  PodSpec,
  Probe,
  ResourceRequirements,
  Volume,
  VolumeMount,
} from '../../../../apis/core/v1/types.ts';
import { requestQueuePort } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import type { Revision } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import type { Config } from '../config/store.ts';
import {
  istioOutboundIPRangeAnnotation,
  progressDeadlineSeconds,
  sidecarIstioInjectAnnotation,
  userContainerCPU,
  userContainerName,
  varLogVolumeName,
} from './constants.ts';
import { getKnativeEnvVar } from './env-var.ts';
import { makeFluentdConfigMapVolume, makeFluentdContainer } from './fluentd.ts';
import {
  childMeta,
  makeAnnotations,
  makeLabels,
  makeSelector,
} from './meta.ts';
import * as names from './names/names.ts';
import { makeQueueContainer, quitBeforeStop } from './queue.ts';
import {
  buildContainerPorts,
  buildUserPortEnv,
  getUserPort,
} from './user-port.ts';

const varLogVolume: Volume = { name: varLogVolumeName, ...{ emptyDir: {} } };

const varLogVolumeMount: VolumeMount = {
  name: varLogVolumeName,
  mountPath: '/var/log',
};

const userResources: ResourceRequirements = {
  requests: { cpu: userContainerCPU },
};

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/deploy.go MakeDeployment
 */
export function makeDeployment(rev: Revision, config: Config): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: childMeta(rev, names.deployment(rev)),
    spec: {
      replicas: 1,
      selector: makeSelector(rev),
      progressDeadlineSeconds,
      template: {
        metadata: {
          labels: makeLabels(rev),
          annotations: podTemplateAnnotations(rev, config),
        },
        spec: makePodSpec(rev, config),
      },
    },
  };
}

/**
 * The Revision's annotations, and what Istio's sidecar has to know.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/deploy.go MakeDeployment (part)
 */
function podTemplateAnnotations(
  rev: Revision,
  { network }: Config,
): Readonly<Record<string, string>> {
  const annotations = {
    ...makeAnnotations(rev),
    [sidecarIstioInjectAnnotation]: 'true',
  };
  const ranges = network.istioOutboundIPRanges;
  // What the user wrote himself stays.
  if (ranges === '' || istioOutboundIPRangeAnnotation in annotations) {
    return annotations;
  }
  return { ...annotations, [istioOutboundIPRangeAnnotation]: ranges };
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/deploy.go makePodSpec
 */
function makePodSpec(rev: Revision, config: Config): PodSpec {
  const { serviceAccountName, timeoutSeconds = 0, volumes = [] } = rev.spec;
  const { enableVarLogCollection } = config.observability;
  return {
    containers: [
      makeUserContainer(rev),
      makeQueueContainer(rev, config),
      ...(enableVarLogCollection ? [makeFluentdContainer(rev, config)] : []),
    ],
    volumes: [
      varLogVolume,
      ...volumes,
      ...(enableVarLogCollection ? [makeFluentdConfigMapVolume(rev)] : []),
    ],
    ...(serviceAccountName ? { serviceAccountName } : {}),
    // A pod that has to stop may finish the requests it has.
    terminationGracePeriodSeconds: timeoutSeconds,
  };
}

/**
 * What the user wrote, with what Knative needs to know or to have done.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/deploy.go makePodSpec (part)
 */
function makeUserContainer(rev: Revision): Container {
  const user: Container = deepCopy(rev.spec.container ?? {});
  const { env = [], volumeMounts = [] } = user;
  const { readinessProbe, livenessProbe } = user;
  const userPort = getUserPort(rev);
  const image = rev.status.imageDigest ? rev.status.imageDigest : user.image;
  return {
    ...user,
    ...(image === undefined ? {} : { image }),
    name: userContainerName,
    resources: applyDefaultResources(userResources, user.resources ?? {}),
    volumeMounts: [...volumeMounts, varLogVolumeMount],
    lifecycle: quitBeforeStop,
    // There is at most one port, so nothing is lost.
    ports: buildContainerPorts(userPort),
    env: [...env, buildUserPortEnv(userPort), ...getKnativeEnvVar(rev)],
    // So that the last words of a crash reach the Revision's status.
    terminationMessagePolicy: user.terminationMessagePolicy
      ? user.terminationMessagePolicy
      : 'FallbackToLogsOnError',
    ...(readinessProbe === undefined
      ? {}
      : { readinessProbe: rewriteUserProbe(readinessProbe, userPort) }),
    ...(livenessProbe === undefined
      ? {}
      : { livenessProbe: rewriteUserProbe(livenessProbe, userPort) }),
  };
}

/**
 * Sends a probe by HTTP through the queue proxy, so that it is known to live
 * as well; a probe by TCP goes to the user's port.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/deploy.go rewriteUserProbe
 */
function rewriteUserProbe(probe: Probe, userPort: number): Probe {
  const { httpGet, tcpSocket } = probe;
  if (httpGet !== undefined) {
    return { ...probe, httpGet: { ...httpGet, port: requestQueuePort } };
  }
  if (tcpSocket !== undefined) {
    return { ...probe, tcpSocket: { ...tcpSocket, port: userPort } };
  }
  return probe;
}

/**
 * What the user asked for, and the defaults where he did not ask.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/deploy.go applyDefaultResources
 */
function applyDefaultResources(
  defaults: ResourceRequirements,
  { limits, requests }: ResourceRequirements,
): ResourceRequirements {
  return {
    ...(limits === undefined ? {} : { limits }),
    requests: { ...defaults.requests, ...requests },
  };
}
