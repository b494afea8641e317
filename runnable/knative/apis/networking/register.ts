/**
 * Annotations and labels of Knative's networking objects.
 * `pkg/apis/networking/register.go` of v0.4.1 defines them.
 */
/** Which implementation serves a ClusterIngress. */
export const ingressClassAnnotationKey = 'networking.knative.dev/ingress.class';

/** On a VirtualService, the ClusterIngress it carries out. */
export const ingressLabelKey = 'networking.internal.knative.dev/clusteringress';
