/**
 * Names and numbers that the pieces of a Revision have in common.
 * `pkg/reconciler/v1alpha1/revision/resources/constants.go` of v0.4.1 defines
 * them.
 */
/** The container that a user wrote. */
export const userContainerName = 'user-container';
/** The one in front of it, which counts and limits requests. */
export const queueContainerName = 'queue-proxy';
/** The one beside it, which collects its files below `/var/log`. */
export const fluentdContainerName = 'fluentd-proxy';

export const sidecarIstioInjectAnnotation = 'sidecar.istio.io/inject';
export const istioOutboundIPRangeAnnotation =
  'traffic.sidecar.istio.io/includeOutboundIPRanges';

export const userPortName = 'user-port';
export const defaultUserPort = 8080;
export const userPortEnvName = 'PORT';

export const autoscalerPort = 8080;

export const servicePort = 80;
export const servicePortNameHTTP1 = 'http';
export const servicePortNameH2C = 'http2';
export const metricsPortName = 'metrics';

export const appLabelKey = 'app';

/** Seconds in which a Deployment has to get on. */
export const progressDeadlineSeconds = 120;

/** With 50m for Istio's own sidecar a pod asks for half a processor. */
export const userContainerCPU = '400m';
export const queueContainerCPU = '25m';
export const fluentdContainerCPU = '25m';

export const varLogVolumeName = 'varlog';
