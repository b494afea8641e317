/**
 * helloworld-go: the Service of this chapter, as a user writes it and as it
 * stands once everything is ready.
 */
import { deepCopy } from '../../../apiserver/objects.ts';
import type { Mutable } from '../../../apiserver/objects.ts';
import type { ServiceObject } from '../../../knative/apis/serving/v1alpha1/service-types.ts';

const image = 'gcr.io/knative-samples/helloworld-go';

/** The twelve lines of YAML; `target` is whom the program greets. */
export function helloworld(target = 'Go Sample v1'): ServiceObject {
  const env = [{ name: 'TARGET', value: target }];
  return {
    apiVersion: 'serving.knative.dev/v1alpha1',
    kind: 'Service',
    metadata: { name: 'helloworld-go', namespace: 'default' },
    spec: {
      runLatest: {
        configuration: {
          revisionTemplate: { spec: { container: { image, env } } },
        },
      },
    },
  };
}

/** A document of the reader's, or helloworld-go without one. */
export function serviceOf(input: unknown): Mutable<ServiceObject> {
  const service = deepCopy((input ?? helloworld()) as ServiceObject);
  service.metadata.namespace ??= 'default';
  return service;
}
