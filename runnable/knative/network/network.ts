/**
 * What `config-network` says: which addresses a pod reaches through its
 * sidecar, and who configures an ingress that names nobody.
 */
import type { ConfigMap } from '../configmap/watcher.ts';

/** The ConfigMap that holds it. */
export const configName = 'config-network';

/** The class of ingress that Knative itself looks after. */
export const istioIngressClassName = 'istio.ingress.networking.knative.dev';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/network/network.go Config
 */
export class Config {
  /** `*` for all, or ranges such as `10.0.0.0/8` joined by commas. */
  readonly istioOutboundIPRanges: string;
  readonly defaultClusterIngressClass: string;

  constructor(data: Readonly<Record<string, string>>) {
    const ranges = data['istio.sidecar.includeOutboundIPRanges'] ?? '*';
    this.istioOutboundIPRanges = validateAndNormalizeOutboundIPRanges(ranges);
    this.defaultClusterIngressClass =
      data['clusteringress.class'] ?? istioIngressClassName;
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/network/network.go NewConfigFromConfigMap
 * @throws {Error} when an address range is none
 */
export function newConfigFromConfigMap(configMap: ConfigMap): Config {
  return new Config(configMap.data ?? {});
}

/**
 * The ranges without spaces and without empty ones.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/network/network.go validateAndNormalizeOutboundIPRanges
 * @throws {Error} worded as Go's `net.ParseCIDR` words it
 */
function validateAndNormalizeOutboundIPRanges(text: string): string {
  const ranges = text.trim();
  if (ranges === '*') return ranges;
  const normalized = ranges
    .split(',')
    .map((cidr) => cidr.trim())
    .filter((cidr) => cidr !== '');
  for (const cidr of normalized) {
    if (!isCidr(cidr)) throw new Error(`invalid CIDR address: ${cidr}`);
  }
  return normalized.join(',');
}

/** Whether `text` is an address and how many of its bits count. */
function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  if (isIPv4(address)) return Number(bits) <= 32;
  return isIPv6(address) && Number(bits) <= 128;
}

function isIPv4(address: string): boolean {
  const parts = address.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
  );
}

function isIPv6(address: string): boolean {
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const endsInIPv4 = isIPv4(last);
  const hex = endsInIPv4 ? groups.slice(0, -1) : groups;
  const count = hex.length + (endsInIPv4 ? 2 : 0);
  return (
    hex.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)) &&
    (halves.length === 2 ? count < 8 : count === 8)
  );
}
