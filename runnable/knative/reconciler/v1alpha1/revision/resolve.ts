/**
 * From the name of an image to the image itself.
 *
 * A tag such as `latest` means another image tomorrow. A Revision is a
 * snapshot, so the registry is asked once which image the tag means now.
 */
import {
  isDigest,
  newTag,
  repositoryName,
} from '../../../containerregistry/name.ts';
import type { Tag } from '../../../containerregistry/name.ts';

/** Whose secrets open a registry that is not open to all. */
export interface Keychain {
  readonly namespace: string;
  readonly serviceAccountName: string;
}

/** Registries that are not asked. */
export type RegistriesToSkip = Pick<ReadonlySet<string>, 'has'>;

/** A registry of images, or all of them, as this process reaches it. */
export interface Registry {
  /**
   * The digest of what a tag means now, such as `sha256:…`.
   *
   * @throws {Error} when there is no such image, or no answer
   */
  digest(tag: Tag, keychain: Keychain): Promise<string>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/revision.go resolver
 */
export interface Resolver {
  /**
   * The image with its digest in place of a tag; '' when it may keep its tag.
   *
   * @throws {Error} when the name is none, or the registry does not know it
   */
  resolve(
    image: string,
    keychain: Keychain,
    registriesToSkip: RegistriesToSkip,
  ): Promise<string>;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resolve.go digestResolver
 * @omits the certificates that upstream trusts beside the system's own
 */
export class DigestResolver implements Resolver {
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/reconciler/v1alpha1/revision/resolve.go digestResolver.Resolve
   * @story on clock.sleep: The registry is asked which image {image} means now,
   *   and the worker waits for its answer.
   * @differs the registry looks up the secrets of namespace and account
   */
  async resolve(
    image: string,
    keychain: Keychain,
    registriesToSkip: RegistriesToSkip,
  ): Promise<string> {
    if (isDigest(image)) return image;
    const tag = newTag(image);
    if (registriesToSkip.has(tag.registry)) return '';
    const digest = await this.#registry.digest(tag, keychain);
    return `${repositoryName(tag)}@${digest}`;
  }
}
