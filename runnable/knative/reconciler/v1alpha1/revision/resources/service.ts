/**
 * The k8s Service in front of a Revision's pods.
 */
import { kpaLabelKey } from '../../../../apis/autoscaling/register.ts';
import type {
  K8sService,
  ServicePort,
} from '../../../../apis/core/v1/types.ts';
import { revisionLabelKey } from '../../../../apis/serving/register.ts';
import {
  requestQueueMetricsPort,
  requestQueueMetricsPortName,
  requestQueuePortName,
} from '../../../../apis/serving/v1alpha1/revision-types.ts';
import type { Revision } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import {
  metricsPortName,
  servicePort,
  servicePortNameH2C,
  servicePortNameHTTP1,
} from './constants.ts';
import { childMeta } from './meta.ts';
import * as names from './names/names.ts';

/**
 * Requests go to the queue proxy, and never to the user's container itself.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/service.go MakeK8sService
 */
export function makeK8sService(rev: Revision): K8sService {
  const metadata = childMeta(rev, names.k8sService(rev));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, [kpaLabelKey]: names.kpa(rev) },
    },
    spec: {
      ports: [
        portTo(servicePortName(rev), servicePort, requestQueuePortName),
        portTo(
          metricsPortName,
          requestQueueMetricsPort,
          requestQueueMetricsPortName,
        ),
      ],
      selector: { [revisionLabelKey]: rev.metadata.name },
    },
  };
}

/**
 * How Istio learns which protocol is spoken: by the name of the port.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/service.go ServicePortName
 */
export function servicePortName(rev: Revision): string {
  return rev.getProtocol() === 'h2c'
    ? servicePortNameH2C
    : servicePortNameHTTP1;
}

function portTo(name: string, port: number, targetPort: string): ServicePort {
  return { name, protocol: 'TCP', port, targetPort };
}
