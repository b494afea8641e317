/**
 * Reading objects of kinds that nobody knew beforehand, by the fields they
 * have in common: what walks like a duck is watched like one.
 */
import type { Gvr } from '../../../apiserver/store.ts';
import type { SharedIndexInformer } from '../../../client-go/tools/cache/shared-informer.ts';
import type { KResource } from './v1alpha1/conditions-types.ts';

/** A cache to read, and to listen to. */
export type DuckInformer = Pick<
  SharedIndexInformer<KResource>,
  'addEventHandler' | 'lister'
>;

/**
 * Makes informers on demand.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/duck/interface.go InformerFactory
 */
export interface InformerFactory {
  /** The informer of that kind, its cache filled. */
  get(gvr: Gvr): Promise<DuckInformer>;
}
