/**
 * Labels and annotations by which Serving's controllers find each other's
 * objects. `pkg/apis/serving/register.go` of v0.4.1 defines them.
 */
/** On a Configuration, the Route that uses it; on a ClusterIngress, its Route. */
export const routeLabelKey = 'serving.knative.dev/route';

/** On ClusterIngress and VirtualService, the namespace of that Route. */
export const routeNamespaceLabelKey = 'serving.knative.dev/routeNamespace';

/** On Configuration and Route, the Service that made them. */
export const serviceLabelKey = 'serving.knative.dev/service';

/** On a Revision, the Configuration it is a snapshot of. */
export const configurationLabelKey = 'serving.knative.dev/configuration';

/** On a Revision, the generation of the Configuration it was made for. */
export const configurationGenerationLabelKey =
  'serving.knative.dev/configurationGeneration';

/** The same; 0.4 looks Revisions up by this one. */
export const configurationMetadataGenerationLabelKey =
  'serving.knative.dev/configurationMetadataGeneration';

/** On a Revision: when a Route last used it, in seconds since 1970. */
export const revisionLastPinnedAnnotationKey = 'serving.knative.dev/lastPinned';

/** On a Build, the hash of what it builds. */
export const buildHashLabelKey = 'serving.knative.dev/buildHash';

/** On everything that stands behind a Revision, its name and its uid. */
export const revisionLabelKey = 'serving.knative.dev/revision';
export const revisionUID = 'serving.knative.dev/revisionUID';
