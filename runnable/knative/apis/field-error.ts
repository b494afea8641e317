/**
 * What is wrong with an object, and with which of its fields.
 *
 * A validation gathers every fault before it answers. Each level that a fault
 * passes puts its own field before the path, so that the user reads where to
 * look: `spec.runLatest.configuration.revisionTemplate.spec.container.image`.
 */
import { sprintf } from '../../apiserver/sprintf.ts';
import { sortBy } from '../../sim/sort-by.ts';

/** The field itself, for whoever is called to look at one. */
export const currentField = '';

interface Fault {
  readonly message: string;
  readonly paths: readonly string[];
  readonly details?: string;
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/field_error.go FieldError
 * @differs a list of faults, which may be empty, where upstream has a tree
 *   that may be nil
 */
export class FieldError {
  readonly #faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
  }

  /** Whether nothing is wrong. */
  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  /**
   * The same faults, of a field of something larger.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/field_error.go FieldError.ViaField
   */
  viaField(...prefix: readonly string[]): FieldError {
    return new FieldError(
      this.#faults.map((fault) => ({
        ...fault,
        paths: fault.paths.map((path) => flatten([...prefix, path])),
      })),
    );
  }

  /**
   * The same faults, of one entry of a list.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/field_error.go FieldError.ViaFieldIndex
   */
  viaFieldIndex(field: string, index: number): FieldError {
    return this.viaField(field, `[${String(index)}]`);
  }

  /**
   * These faults and others.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/field_error.go FieldError.Also
   */
  also(...others: readonly FieldError[]): FieldError {
    return new FieldError([
      ...this.#faults,
      ...others.flatMap((other) => other.#faults),
    ]);
  }

  /**
   * All of it as text, faults of the same words together.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/github.com/knative/pkg/apis/field_error.go FieldError.Error
   */
  error(): string {
    return merge(this.#faults)
      .map(({ message, paths, details }) => {
        const line = `${message}: ${paths.join(', ')}`;
        return details === undefined ? line : `${line}\n${details}`;
      })
      .join('\n');
  }
}

/** Nothing is wrong. */
export const noError = new FieldError([]);

/** One fault of one or more fields. */
export function newFieldError(
  message: string,
  paths: readonly string[],
  details?: string,
): FieldError {
  return new FieldError([
    details === undefined ? { message, paths } : { message, paths, details },
  ]);
}

/**
 * Joins the parts of a path; an index stands right behind its list.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/field_error.go flatten
 */
function flatten(path: readonly string[]): string {
  return path
    .filter((part) => part !== currentField)
    .join('.')
    .replaceAll('.[', '[');
}

/**
 * Faults of the same words become one, with all their paths in order.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/field_error.go merge
 */
function merge(faults: readonly Fault[]): Fault[] {
  const merged = new Map<string, Fault>();
  for (const fault of faults) {
    const key = `${fault.message}-${fault.details ?? ''}`;
    const paths = [...(merged.get(key)?.paths ?? []), ...fault.paths];
    const unique = sortBy([...new Set(paths)], (path) => path);
    merged.set(key, { ...fault, paths: unique });
  }
  return sortBy([...merged.values()], ({ message, details }) => [
    message,
    details ?? '',
  ]);
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/field_error.go ErrMissingField
 */
export function errMissingField(...paths: readonly string[]): FieldError {
  return newFieldError('missing field(s)', paths);
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/field_error.go ErrDisallowedFields
 */
export function errDisallowedFields(...paths: readonly string[]): FieldError {
  return newFieldError('must not set the field(s)', paths);
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/field_error.go ErrInvalidValue
 */
export function errInvalidValue(value: string, path: string): FieldError {
  return newFieldError(sprintf('invalid value %q', value), [path]);
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/field_error.go ErrInvalidArrayValue
 */
export function errInvalidArrayValue(
  value: string,
  path: string,
  index: number,
): FieldError {
  return errInvalidValue(value, currentField).viaFieldIndex(path, index);
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/field_error.go ErrMissingOneOf
 */
export function errMissingOneOf(...paths: readonly string[]): FieldError {
  return newFieldError('expected exactly one, got neither', paths);
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/field_error.go ErrMultipleOneOf
 */
export function errMultipleOneOf(...paths: readonly string[]): FieldError {
  return newFieldError('expected exactly one, got both', paths);
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/field_error.go ErrOutOfBoundsValue
 */
export function errOutOfBoundsValue(
  value: string,
  lower: string,
  upper: string,
  path: string,
): FieldError {
  return newFieldError(`expected ${lower} <= ${value} <= ${upper}`, [path]);
}
