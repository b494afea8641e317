/**
 * Annotations that tune the autoscaler, and the label by which it finds the
 * Services it reads endpoints of. `pkg/apis/autoscaling/register.go` of
 * v0.4.1 defines them.
 */
/** On the k8s Service of a Revision, the PodAutoscaler that watches it. */
export const kpaLabelKey = 'autoscaling.knative.dev/kpa';

/** Which autoscaler is responsible. */
export const classAnnotationKey = 'autoscaling.knative.dev/class';
export const classKPA = 'kpa.autoscaling.knative.dev';
export const classHPA = 'hpa.autoscaling.knative.dev';

/** Bounds of the number of pods. */
export const minScaleAnnotationKey = 'autoscaling.knative.dev/minScale';
export const maxScaleAnnotationKey = 'autoscaling.knative.dev/maxScale';

/** What is measured, and how much of it a pod shall carry. */
export const metricAnnotationKey = 'autoscaling.knative.dev/metric';
export const metricConcurrency = 'concurrency';
export const metricCPU = 'cpu';
export const targetAnnotationKey = 'autoscaling.knative.dev/target';
