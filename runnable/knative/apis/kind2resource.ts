/**
 * From the kind of an object to the word its URL has.
 */
import type { Gvr, KObject } from '../../apiserver/store.ts';

/**
 * A resource's name, guessed from the kind: lower case, plural.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/kind2resource.go KindToResource
 */
export function kindToResource({
  apiVersion,
  kind,
}: Pick<KObject, 'apiVersion' | 'kind'>): Gvr {
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    resource: pluralizeKind(kind),
    kind,
    namespaced: true,
    custom: slash >= 0,
    generations: slash >= 0,
  };
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/kind2resource.go pluralizeKind
 */
function pluralizeKind(kind: string): string {
  const word = kind.toLowerCase();
  if (word.endsWith('s')) return `${word}es`;
  if (word.endsWith('y')) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}
