/**
 * helloworld-go: the program of these chapters, as a user asks for it.
 */
import { deepCopy } from '../../apiserver/objects.ts';
import type { Mutable } from '../../apiserver/objects.ts';
import type { ConfigurationSpec } from '../../knative/apis/serving/v1alpha1/configuration-types.ts';
import type { ServiceObject } from '../../knative/apis/serving/v1alpha1/service-types.ts';

export const image = 'gcr.io/knative-samples/helloworld-go';

/** Which image to run, and whom the program greets. */
export function template(target: string, from = image): ConfigurationSpec {
  const env = [{ name: 'TARGET', value: target }];
  return { revisionTemplate: { spec: { container: { image: from, env } } } };
}

/** The twelve lines of YAML; `target` is whom the program greets. */
export function helloworld(target = 'Go Sample v1'): ServiceObject {
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Service',
    metadata: { name: 'helloworld-go', namespace: 'default' },
    spec: { runLatest: { configuration: template(target) } },
  };
}

/** What a client asks for: the name of the Route in the default domain. */
export function hostOf(object: {
  readonly name: string;
  readonly namespace: string;
}): string {
  return `${object.name}.${object.namespace}.example.com`;
}

/** A document of the reader's, or helloworld-go without one. */
export function serviceOf(input: unknown): Mutable<ServiceObject> {
  const service = deepCopy((input ?? helloworld()) as ServiceObject);
  service.metadata.namespace ??= 'default';
  return service;
}
