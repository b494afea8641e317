/**
 * Under which domain a Route is reached: what `config-domain` says.
 *
 * Each key is a domain, and its value says for which Routes: those that carry
 * all the labels of its selector, or all Routes if it has none.
 */
import { isRecord } from '../../../../../apiserver/objects.ts';
import type { Ports } from '../../../../../ports.ts';
import type { ConfigMap } from '../../../../configmap/watcher.ts';
import { getClusterDomainName } from '../../../../utils/utils.ts';

/** The ConfigMap that holds it. */
export const domainConfigName = 'config-domain';

/** For Routes that no selector matches, if nobody names another. */
const defaultDomain = 'example.com';

/** An entry of every ConfigMap of Knative's that explains the others. */
const exampleKey = '_example';

const visibilityLabelKey = 'serving.knative.dev/visibility';
const visibilityClusterLocal = 'cluster-local';

/** Reads one YAML document. */
export type ParseYaml = Ports['parseYaml'];

/** The labels of a Route. */
type Labels = Readonly<Record<string, string>>;

/**
 * Which Routes a domain is for.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/config/domain.go LabelSelector
 */
export class LabelSelector {
  readonly selector: Labels;

  constructor(selector: Labels) {
    this.selector = selector;
  }

  /**
   * How many labels it asks for: a domain that asks for more goes first.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/config/domain.go LabelSelector.specificity
   */
  specificity(): number {
    return Object.keys(this.selector).length;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/config/domain.go LabelSelector.Matches
   */
  matches(labels: Labels): boolean {
    return Object.entries(this.selector).every(
      ([label, expected]) => labels[label] === expected,
    );
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/config/domain.go Domain
 */
export class Domain {
  readonly domains: ReadonlyMap<string, LabelSelector>;

  constructor(domains: ReadonlyMap<string, LabelSelector>) {
    this.domains = domains;
  }

  /**
   * The domain for a Route with these labels: of those that match, the one
   * that asks for most, and of equals the first in the alphabet. A Route that
   * is only for the cluster gets the cluster's own.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/route/config/domain.go Domain.LookupDomainForLabels
   */
  lookupDomainForLabels(labels: Labels): string {
    if (labels[visibilityLabelKey] === visibilityClusterLocal) {
      return `svc.${getClusterDomainName()}`;
    }
    let domain = '';
    let specificity = -1;
    for (const [name, selector] of this.domains) {
      if (!selector.matches(labels)) continue;
      const own = selector.specificity();
      if (own < specificity) continue;
      if (own > specificity || name < domain) {
        domain = name;
        specificity = own;
      }
    }
    return domain;
  }
}

/**
 * Reads every entry; adds the default domain if none is for all Routes.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/route/config/domain.go NewDomainFromConfigMap
 * @throws {Error} when the value of an entry is no YAML, or has no selector of
 *   text by text
 */
export function newDomainFromConfigMap(
  configMap: ConfigMap,
  parseYaml: ParseYaml,
): Domain {
  const domains = new Map<string, LabelSelector>();
  for (const [name, value] of Object.entries(configMap.data ?? {})) {
    if (name === exampleKey) continue;
    domains.set(name, unmarshal(parseYaml(value)));
  }
  const selectors = [...domains.values()];
  if (!selectors.some((selector) => selector.specificity() === 0)) {
    domains.set(defaultDomain, new LabelSelector({}));
  }
  return new Domain(domains);
}

/**
 * A selector out of plain data. Numbers and truth values are taken as the
 * text they were written as; other fields are ignored.
 *
 * @throws {Error} worded as Go's JSON decoder words it
 */
function unmarshal(document: unknown): LabelSelector {
  if (document === undefined || document === null) return new LabelSelector({});
  if (!isRecord(document)) {
    throw unfit(document, 'value of type config.LabelSelector');
  }
  const selector = document['selector'] ?? {};
  if (!isRecord(selector)) {
    const field = 'struct field LabelSelector.selector';
    throw unfit(selector, `${field} of type map[string]string`);
  }
  const labels = Object.entries(selector).map(
    ([label, value]) => [label, textOf(value)] as const,
  );
  return new LabelSelector(Object.fromEntries(labels));
}

function textOf(value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  const field = 'struct field LabelSelector.selector';
  throw unfit(value, `${field} of type string`);
}

function unfit(value: unknown, place: string): Error {
  const found = Array.isArray(value) ? 'array' : typeof value;
  const shown = found === 'boolean' ? 'bool' : found;
  return new Error(
    `error unmarshaling JSON: json: cannot unmarshal ${shown} into Go ${place}`,
  );
}
