/**
 * Labels and annotations of autoscaling.
 * `pkg/apis/autoscaling/register.go` of v0.4.1 defines them.
 */
/** On a Revision's k8s Service and its Endpoints, the PodAutoscaler. */
export const kpaLabelKey = 'autoscaling.knative.dev/kpa';
