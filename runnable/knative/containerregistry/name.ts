/**
 * What an image is called: a registry, a repository in it, and a tag or a
 * digest. A tag can be moved to another image; a digest is the image.
 *
 * Go's `go-containerregistry` reads them for Knative; this follows its
 * `pkg/name`, with its words for what is wrong.
 */
import { sprintf } from '../../apiserver/sprintf.ts';

/** Docker's own registry, for names that do not begin with one. */
const defaultRegistry = 'index.docker.io';

/** An image by its tag. */
export interface Tag {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

/** What a part of a name may be made of, and how long it may be. */
interface Rule {
  readonly what: string;
  readonly runes: string;
  readonly least: number;
  readonly most: number;
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';

const digestRule: Rule = {
  what: 'digest',
  runes: `sh:${digits}abcdef`,
  least: 71,
  most: 71,
};

const tagRule: Rule = {
  what: 'tag',
  runes: `${lower}${digits}_-.${lower.toUpperCase()}`,
  least: 1,
  most: 127,
};

const repositoryRule: Rule = {
  what: 'repository',
  runes: `${lower}${digits}_-./`,
  least: 2,
  most: 255,
};

/** A host's name or address, with or without a port. */
const authority = /^[\w.~-]*(?:\[[\da-fA-F:.]+\])?(?::\d*)?$/;

/** Whether an image is named by its digest, such as `a/b@sha256:…`. */
export function isDigest(image: string): boolean {
  const [base = '', digest, ...more] = image.split('@');
  if (digest === undefined || more.length > 0) return false;
  return !fails(() => {
    if (digest !== '') check(digestRule, digest);
    newTag(base);
  });
}

/**
 * Reads a name such as `gcr.io/a/b:v1`. Without a tag it is the latest.
 *
 * @throws {Error} when it cannot be the name of an image
 */
export function newTag(image: string): Tag {
  const colon = image.lastIndexOf(':');
  // The colon of `localhost:5000/a` belongs to the registry.
  const isTagged = colon >= 0 && !image.slice(colon).includes('/');
  const tag = isTagged ? image.slice(colon + 1) : '';
  if (tag !== '') check(tagRule, tag);
  const base = isTagged ? image.slice(0, colon) : image;
  return { ...repositoryOf(base), tag: tag === '' ? 'latest' : tag };
}

/** Registry and repository in full, as a digest is put behind it. */
export function repositoryName({ registry, repository }: Tag): string {
  // What has no folder in Docker's registry is in that of its library.
  const isImplicit = registry === defaultRegistry && !repository.includes('/');
  return `${registry}/${isImplicit ? 'library/' : ''}${repository}`;
}

function repositoryOf(name: string): Omit<Tag, 'tag'> {
  if (name === '') throw new Error('a repository name must be specified');
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isRegistry = /[.:]/.test(first);
  const repository = isRegistry ? name.slice(slash + 1) : name;
  check(repositoryRule, repository);
  if (!authority.test(first)) {
    const format = 'registries must be valid RFC 3986 URI authorities: %s';
    throw new Error(sprintf(format, first));
  }
  return { registry: isRegistry ? first : defaultRegistry, repository };
}

function check({ what, runes, least, most }: Rule, element: string): void {
  const { length } = Array.from(element);
  if (length < least || length > most) {
    const format = '%s must be between %d and %d runes in length: %s';
    throw new Error(sprintf(format, what, least, most, element));
  }
  if (Array.from(element).some((rune) => !runes.includes(rune))) {
    const format = '%s can only contain the runes `%s`: %s';
    throw new Error(sprintf(format, what, runes, element));
  }
}

function fails(work: () => void): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}
