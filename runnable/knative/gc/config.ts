/**
 * When an old Revision may go: what `config-gc` says.
 */
import type { Milliseconds } from '../../sim/clock.ts';
import type { ConfigMap } from '../configmap/watcher.ts';
import { parseDuration } from '../time/duration.ts';

/** The ConfigMap that holds it. */
export const configName = 'config-gc';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/gc/config.go Config
 */
export class Config {
  /** How long a Revision is too young to be judged. */
  readonly staleRevisionCreateDelay: Milliseconds;
  /** How long after a Route last used it a Revision may go. */
  readonly staleRevisionTimeout: Milliseconds;
  /** How many of the newest Revisions stay whatever happens. */
  readonly staleRevisionMinimumGenerations: number;
  /** How often a Route repeats that it uses a Revision. */
  readonly staleRevisionLastpinnedDebounce: Milliseconds;

  constructor(data: Readonly<Record<string, string>>) {
    const duration = (key: string, byDefault: string): Milliseconds =>
      parseDuration(data[key] ?? byDefault);
    this.staleRevisionCreateDelay = duration(
      'stale-revision-create-delay',
      '24h',
    );
    this.staleRevisionTimeout = duration('stale-revision-timeout', '15h');
    this.staleRevisionLastpinnedDebounce = duration(
      'stale-revision-lastpinned-debounce',
      '5h',
    );
    this.staleRevisionMinimumGenerations = parseInteger(
      data['stale-revision-minimum-generations'] ?? '1',
    );
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/gc/config.go NewConfigFromConfigMap
 * @throws {Error} when a value is no duration or no whole number
 */
export function newConfigFromConfigMap(configMap: ConfigMap): Config {
  return new Config(configMap.data ?? {});
}

function parseInteger(text: string): number {
  if (/^[-+]?\d+$/.test(text)) return Number(text);
  throw new Error(
    `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}
