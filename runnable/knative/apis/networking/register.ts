/**
 * Annotations and labels of what has to do with the network.
 * `pkg/apis/networking/register.go` of v0.4.1 defines them.
 */
/** On Route, ClusterIngress and VirtualService: whose work the ingress is. */
export const ingressClassAnnotationKey = 'networking.knative.dev/ingress.class';

/** On a VirtualService, the ClusterIngress it was made for. */
export const clusterIngressLabelKey =
  'networking.internal.knative.dev/clusteringress';
