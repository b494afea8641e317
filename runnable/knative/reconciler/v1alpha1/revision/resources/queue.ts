/**
 * The queue proxy: the container that stands in front of the user's, lets so
 * many requests through at a time and counts them for the autoscaler.
 */
import type {
  Container,
  ContainerPort,
  Probe,
} from '../../../../apis/core/v1/types.ts';
import {
  requestQueueAdminPort,
  requestQueueAdminPortName,
  requestQueueMetricsPort,
  requestQueueMetricsPortName,
  requestQueuePort,
  requestQueuePortName,
} from '../../../../apis/serving/v1alpha1/revision-types.ts';
import type { Revision } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import { namespace as systemNamespace } from '../../../../system/names.ts';
import type { Config } from '../config/store.ts';
import {
  autoscalerPort,
  queueContainerCPU,
  queueContainerName,
} from './constants.ts';
import { configurationOf, envVar, podNameVar } from './env-var.ts';
import { getUserPort } from './user-port.ts';

const queuePorts: readonly ContainerPort[] = [
  { name: requestQueuePortName, containerPort: requestQueuePort },
  // For questions about health, and for the word to quit.
  { name: requestQueueAdminPortName, containerPort: requestQueueAdminPort },
  { name: requestQueueMetricsPortName, containerPort: requestQueueMetricsPort },
];

/** Before a container stops, the queue proxy is told to expect no more. */
export const quitBeforeStop = {
  preStop: { httpGet: { port: requestQueueAdminPort, path: '/quitquitquit' } },
};

/**
 * Asked every second, for a pod that is told to quit shall get no more
 * requests. The answer may take long: the proxy asks the user's container.
 */
const queueReadinessProbe: Probe = {
  httpGet: { port: requestQueueAdminPort, path: '/health' },
  periodSeconds: 1,
  timeoutSeconds: 10,
};

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/queue.go makeQueueContainer
 */
export function makeQueueContainer(rev: Revision, config: Config): Container {
  const { controller, logging } = config;
  const { name, namespace = '' } = rev.metadata;
  const { containerConcurrency = 0, timeoutSeconds = 0 } = rev.spec;
  return {
    name: queueContainerName,
    image: controller.queueSidecarImage,
    resources: { requests: { cpu: queueContainerCPU } },
    ports: queuePorts,
    lifecycle: quitBeforeStop,
    readinessProbe: queueReadinessProbe,
    env: [
      envVar('SERVING_NAMESPACE', namespace),
      envVar('SERVING_CONFIGURATION', configurationOf(rev)),
      envVar('SERVING_REVISION', name),
      envVar('SERVING_AUTOSCALER', 'autoscaler'),
      envVar('SERVING_AUTOSCALER_PORT', String(autoscalerPort)),
      envVar('CONTAINER_CONCURRENCY', String(containerConcurrency)),
      envVar('REVISION_TIMEOUT_SECONDS', String(timeoutSeconds)),
      podNameVar('SERVING_POD'),
      envVar('SERVING_LOGGING_CONFIG', logging.loggingConfig),
      envVar('SERVING_LOGGING_LEVEL', logging.loggingLevel['queueproxy'] ?? ''),
      envVar('USER_PORT', String(getUserPort(rev))),
      envVar('SYSTEM_NAMESPACE', systemNamespace()),
    ],
  };
}
