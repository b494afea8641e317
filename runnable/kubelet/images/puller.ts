/**
 * Pulls images one after the other, so that several pods do not fetch the
 * same layers at once.
 */
import { Channel } from '../../sim/channel.ts';
import type { Sim } from '../../sim/sim.ts';
import type { ImageManagerService } from '../apis/cri/services.ts';
import { asError } from '../util/errors.ts';

/** How many requests wait before the asker does. */
const maxImagePullRequests = 10;

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/images/puller.go imagePullRequest
 */
interface ImagePullRequest {
  readonly image: string;
  readonly pullSecrets: readonly string[];
  readonly pullChan: Channel<PullResult>;
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/images/puller.go pullResult
 */
type PullResult = { readonly imageRef: string } | { readonly err: Error };

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/images/puller.go serialImagePuller
 */
export class SerialImagePuller {
  readonly #sim: Sim;
  readonly #imageService: ImageManagerService;
  readonly #pullRequests: Channel<ImagePullRequest>;

  constructor(sim: Sim, imageService: ImageManagerService) {
    this.#sim = sim;
    this.#imageService = imageService;
    this.#pullRequests = new Channel(sim, 'pullRequests', maxImagePullRequests);
  }

  /** Starts the task that does the pulling. */
  start(): void {
    this.#sim.go('image puller', () => this.processImagePullRequests());
  }

  /**
   * Asks for an image and waits for it.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/images/puller.go serialImagePuller.pullImage
   * @throws {Error} what the runtime says
   */
  async pullImage(
    image: string,
    pullSecrets: readonly string[],
  ): Promise<string> {
    const pullChan = new Channel<PullResult>(this.#sim, `pull/${image}`, 1);
    await this.#pullRequests.send({ image, pullSecrets, pullChan });
    const result = await pullChan.recv();
    if (result === undefined) throw new Error('image puller has ended');
    if ('err' in result) throw result.err;
    return result.imageRef;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/images/puller.go serialImagePuller.processImagePullRequests
   */
  async processImagePullRequests(): Promise<void> {
    for (;;) {
      const request = await this.#pullRequests.recv();
      if (request === undefined) return;
      const { image, pullSecrets, pullChan } = request;
      try {
        const imageRef = await this.#imageService.pullImage(image, pullSecrets);
        pullChan.trySend({ imageRef });
      } catch (thrown) {
        pullChan.trySend({ err: asError(thrown) });
      }
    }
  }
}
