/**
 * Sees to it that a container's image is on the machine.
 */
import type { Backoff } from '../../client-go/util/flowcontrol/backoff.ts';
import type { EventRecorder } from '../../client-go/tools/record/event.ts';
import type { Sim } from '../../sim/sim.ts';
import type { Container, Pod } from '../api/v1.ts';
import type { ImageManagerService } from '../apis/cri/services.ts';
import { ReasonError } from '../container/sync-result.ts';
import { infof, warningf } from '../klog.ts';
import { asError } from '../util/errors.ts';
import type { SerialImagePuller } from './puller.ts';

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/images/types.go ImageManager
 */
export interface ImageManagerConfig {
  readonly sim: Sim;
  readonly recorder: EventRecorder;
  readonly imageService: ImageManagerService;
  readonly backOff: Backoff;
  readonly puller: SerialImagePuller;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/images/image_manager.go imageManager
 */
export class ImageManager {
  readonly #config: ImageManagerConfig;

  constructor(config: ImageManagerConfig) {
    this.#config = config;
  }

  /**
   * Asks the pull policy, the runtime and the back-off, in that order, and
   * pulls if need be.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/images/image_manager.go imageManager.EnsureImageExists
   * @returns the image's reference
   * @throws {ReasonError} `InvalidImageName`, `ImageInspectError`,
   *   `ErrImageNeverPull`, `ImagePullBackOff` or `ErrImagePull`
   */
  async ensureImageExists(
    pod: Pod,
    container: Container,
    pullSecrets: readonly string[],
  ): Promise<string> {
    const { recorder, sim, backOff, puller } = this.#config;
    const image = applyDefaultImageTag(container.image);
    const present = await this.#inspect(pod, container, image);
    if (!shouldPullImage(container, present !== undefined)) {
      if (present !== undefined) {
        const text = `Container image "${container.image}" already present on machine`;
        recorder.event(pod, 'Normal', 'Pulled', text);
        return present;
      }
      const text = `Container image "${container.image}" is not present with pull policy of Never`;
      recorder.event(pod, 'Warning', 'ErrImageNeverPull', text);
      throw new ReasonError('ErrImageNeverPull', text);
    }
    const backOffKey = `${pod.metadata.uid}_${container.image}`;
    if (backOff.isInBackOffSinceUpdate(backOffKey, sim.now())) {
      const text = `Back-off pulling image "${container.image}"`;
      recorder.event(pod, 'Normal', 'BackOff', text);
      infof(text);
      throw new ReasonError('ImagePullBackOff', text);
    }
    const pulling = `pulling image "${container.image}"`;
    recorder.event(pod, 'Normal', 'Pulling', pulling);
    try {
      const imageRef = await puller.pullImage(image, pullSecrets);
      const pulled = `Successfully pulled image "${container.image}"`;
      recorder.event(pod, 'Normal', 'Pulled', pulled);
      backOff.gc();
      return imageRef;
    } catch (thrown) {
      const { message } = asError(thrown);
      const text = `Failed to pull image "${container.image}": ${message}`;
      recorder.event(pod, 'Warning', 'Failed', text);
      warningf(text);
      backOff.next(backOffKey, sim.now());
      throw new ReasonError('ErrImagePull', message);
    }
  }

  /** The reference of the image if it is present. */
  async #inspect(
    pod: Pod,
    container: Container,
    image: string,
  ): Promise<string | undefined> {
    const { imageService, recorder } = this.#config;
    try {
      return await imageService.imageStatus(image);
    } catch (thrown) {
      const text = `Failed to inspect image "${container.image}": ${asError(thrown).message}`;
      recorder.event(pod, 'Warning', 'InspectFailed', text);
      throw new ReasonError('ImageInspectError', text);
    }
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/images/image_manager.go shouldPullImage
 */
export function shouldPullImage(
  container: Container,
  imagePresent: boolean,
): boolean {
  if (container.imagePullPolicy === 'Never') return false;
  if (container.imagePullPolicy === 'Always') return true;
  return !imagePresent;
}

/**
 * A name with neither tag nor digest means the tag `latest`.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/images/image_manager.go applyDefaultImageTag
 * @omits the parsing of the name: one with blanks or capitals counts as invalid
 * @throws {ReasonError} `InvalidImageName`
 */
export function applyDefaultImageTag(image: string): string {
  const match =
    /^[a-z0-9._-]+(?::\d+(?=\/))?(?:\/[a-z0-9._-]+)*(:[\w.-]+)?(@sha256:[0-9a-f]+)?$/.exec(
      image,
    );
  if (match === null) {
    throw new ReasonError(
      'InvalidImageName',
      `couldn't parse image reference "${image}": invalid reference format`,
    );
  }
  const [, tag, digest] = match;
  return tag === undefined && digest === undefined ? `${image}:latest` : image;
}
