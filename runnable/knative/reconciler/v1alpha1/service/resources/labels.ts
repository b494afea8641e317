/**
 * The labels of a Service's children.
 */
import type { KObject } from '../../../../../apiserver/store.ts';
import { serviceLabelKey } from '../../../../apis/serving/register.ts';

/**
 * Names the Service, and repeats the Service's own labels. Those come last
 * and win, even over the name.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/service/resources/labels.go makeLabels
 */
export function makeLabels(service: KObject): Record<string, string> {
  const { name, labels } = service.metadata;
  return { [serviceLabelKey]: name, ...labels };
}
