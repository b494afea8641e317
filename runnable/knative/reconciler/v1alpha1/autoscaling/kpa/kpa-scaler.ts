/**
 * Writes how many pods there shall be, and is careful with none.
 *
 * A Revision is not scaled to zero when nobody wants it: it is first marked
 * inactive, so that its requests go to the activator, and only after a grace
 * period does it lose its last pod.
 */
import type { Store } from '../../../../../apiserver/store.ts';
import { scaleBounds } from '../../../../apis/autoscaling/v1alpha1/pa-annotations.ts';
import type { ScaleBounds } from '../../../../apis/autoscaling/v1alpha1/pa-annotations.ts';
import type { PodAutoscaler } from '../../../../apis/autoscaling/v1alpha1/pa-types.ts';
import { Config } from '../../../../autoscaler/config.ts';
import { configName } from '../../../../autoscaler/dynamic-config.ts';
import { FatalConfigError } from '../../../../configmap/store.ts';
import type { ConfigMap, Watcher } from '../../../../configmap/watcher.ts';
import { getControllerOf } from '../../../../kmeta/owner-references.ts';
import type { SugaredLogger } from '../../../../logging/logger.ts';
import { ScalesGetter, resourceOfTarget } from './scales.ts';

/** Nothing was measured yet, so nothing is asked for. */
const scaleUnknown = -1;

/** What becomes of a wish for no pods at all. */
type AtZero = 'activating' | 'idle' | 'too-soon' | 'in-grace' | 'now';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa_scaler.go kpaScaler
 */
export class KpaScaler {
  readonly #scales: ScalesGetter;
  readonly #logger: SugaredLogger;
  #config = new Config();
  #isConfigured = false;

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa_scaler.go NewKPAScaler
   */
  constructor(store: Store, logger: SugaredLogger, watcher: Watcher) {
    this.#scales = new ScalesGetter(store);
    this.#logger = logger;
    watcher.watch(configName, (configMap) => {
      this.#receiveAutoscalerConfig(configMap);
    });
  }

  /**
   * Brings the target to `desiredScale` pods, as far as that is allowed.
   *
   * @returns how many are wanted now; -1 when that is not known
   * @throws {Error} when the target cannot be read or written
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa_scaler.go kpaScaler.Scale
   * @story on store.update: The scaler writes {desiredScale} as the number of
   *   replicas, where it read {scale.replicas}.
   */
  async scale(pa: PodAutoscaler, desiredScale: number): Promise<number> {
    const owner = getControllerOf(pa);
    if (
      owner?.kind !== 'Revision' ||
      owner.apiVersion !== 'serving.knative.dev/v1alpha1'
    ) {
      this.#logger.debugf('PA is not owned by a Revision.');
      return desiredScale;
    }
    const { scaleTargetRef = { kind: '', name: '' } } = pa.spec;
    const { namespace = '' } = pa.metadata;
    const gvr = resourceOfTarget(scaleTargetRef);
    const scale = await this.#scales.get(namespace, gvr, scaleTargetRef.name);

    desiredScale = applyBounds(scaleBounds(pa), desiredScale);
    if (desiredScale === 0) {
      const { stableWindow, scaleToZeroGracePeriod } = this.#config;
      switch (atZero(pa, stableWindow, scaleToZeroGracePeriod)) {
        case 'activating':
          desiredScale = scaleUnknown;
          break;
        case 'idle':
        case 'in-grace':
          return desiredScale;
        case 'too-soon':
          desiredScale = 1;
          break;
        case 'now':
          break;
      }
    }
    if (scale.replicas === 0 && desiredScale === scaleUnknown) {
      this.#logger.debugf('Scaling up from 0 to 1');
      desiredScale = 1;
    }
    if (desiredScale < 0) {
      this.#logger.debugf('Metrics are not yet being collected.');
      return desiredScale;
    }
    if (desiredScale === scale.replicas) return desiredScale;
    const format = 'Scaling from %d to %d';
    this.#logger.infof(format, scale.replicas, desiredScale);
    await scale.update(desiredScale);
    return desiredScale;
  }

  /**
   * Takes a new version; a bad one is logged, and the old one stays.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa_scaler.go kpaScaler.receiveAutoscalerConfig
   * @differs the defaults stand in until the first one was seen, without which
   *   upstream does not start; it ends the process by `Fatalf` if that is bad
   * @throws {FatalConfigError} when the very first version is bad
   */
  #receiveAutoscalerConfig(configMap: ConfigMap): void {
    try {
      this.#config = new Config(configMap.data);
      this.#isConfigured = true;
    } catch (error) {
      const format = 'Error updating Autoscaler ConfigMap: %v';
      this.#logger.errorf(format, error);
      if (this.#isConfigured) return;
      throw new FatalConfigError('autoscaler', configName, error);
    }
  }
}

/**
 * Whether the last pod may go. The names say why: pods are only just being
 * started; nobody has wanted them for a whole stable window; they have not
 * been there for that long; the news has not reached everybody; or it has.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa_scaler.go kpaScaler.Scale (part)
 * @story when result == 'activating': No pods are asked for, but {pa.metadata.name}
 *   is being activated, so the answer counts as unknown.
 * @story when result == 'idle': No pods are asked for, and {pa.metadata.name} has been
 *   active for longer than a stable window, so it may be marked inactive.
 * @story when result == 'too-soon': No pods are asked for, yet {pa.metadata.name} has
 *   not been active for a whole stable window, so it keeps one.
 * @story when result == 'in-grace': {pa.metadata.name} is inactive, and its grace
 *   period is not over, so it keeps its pods.
 * @story when result == 'now': {pa.metadata.name} has been inactive for longer than
 *   its grace period, so its last pod may go.
 */
function atZero(
  pa: PodAutoscaler,
  stableWindow: number,
  gracePeriod: number,
): AtZero {
  if (pa.status.isActivating()) return 'activating';
  if (pa.status.isReady()) {
    return pa.status.canMarkInactive(stableWindow) ? 'idle' : 'too-soon';
  }
  return pa.status.canScaleToZero(gracePeriod) ? 'now' : 'in-grace';
}

/**
 * Puts a number between two bounds. Where there is no lower one it is 0, and
 * so "unknown", which is -1, becomes "none".
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/autoscaling/kpa/kpa_scaler.go applyBounds
 */
function applyBounds({ min, max }: ScaleBounds, x: number): number {
  if (x < min) return min;
  if (max !== 0 && x > max) return max;
  return x;
}
