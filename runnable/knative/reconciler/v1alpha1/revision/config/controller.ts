/**
 * What `config-controller` says: which image the queue proxy is, and where no
 * digests are asked for.
 */
import type { ConfigMap } from '../../../../configmap/watcher.ts';

/** The ConfigMap that holds it. */
export const controllerConfigName = 'config-controller';

const queueSidecarImageKey = 'queueSidecarImage';
const registriesSkippingTagResolvingKey = 'registriesSkippingTagResolving';

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/config/controller.go Controller
 */
export class Controller {
  readonly queueSidecarImage: string;
  /** Registries whose images keep their tags, such as a developer's own. */
  readonly registriesSkippingTagResolving: ReadonlySet<string>;

  constructor(data: Readonly<Record<string, string>>) {
    const image = data[queueSidecarImageKey];
    if (image === undefined) throw new Error('Queue sidecar image is missing');
    this.queueSidecarImage = image;
    const registries = data[registriesSkippingTagResolvingKey];
    this.registriesSkippingTagResolving = new Set(
      (registries ?? 'ko.local,dev.local').split(','),
    );
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/config/controller.go NewControllerConfigFromConfigMap
 * @throws {Error} when no image is named for the queue proxy
 */
export function newControllerConfigFromConfigMap(
  configMap: ConfigMap,
): Controller {
  return new Controller(configMap.data ?? {});
}
