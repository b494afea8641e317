/**
 * Labels and annotations of autoscaling.
 * `pkg/apis/autoscaling/register.go` of v0.4.1 defines them.
 */
/** On a Revision's k8s Service and its Endpoints, the PodAutoscaler. */
export const kpaLabelKey = 'autoscaling.knative.dev/kpa';

/** On a PodAutoscaler: which controller looks after it. */
export const classAnnotationKey = 'autoscaling.knative.dev/class';

/** The class of those that scale by requests; also where none is named. */
export const kpa = 'kpa.autoscaling.knative.dev';

/** The class of those that Kubernetes' own autoscaler looks after. */
const hpa = 'hpa.autoscaling.knative.dev';

/** The fewest pods that a Revision may have. */
export const minScaleAnnotationKey = 'autoscaling.knative.dev/minScale';

/** The most; 0 for no limit. */
export const maxScaleAnnotationKey = 'autoscaling.knative.dev/maxScale';

/** What is measured. */
export const metricAnnotationKey = 'autoscaling.knative.dev/metric';

/** How much of what is measured one pod should bear. */
export const targetAnnotationKey = 'autoscaling.knative.dev/target';

/** What each class measures where nothing is said. */
export const defaultMetrics: Readonly<Record<string, string>> = {
  [kpa]: 'concurrency',
  [hpa]: 'cpu',
};
