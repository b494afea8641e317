/**
 * Errors that no retry can cure.
 */

/**
 * Wraps an error so that its key is not tried again. No reconciler of 0.4
 * uses it.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/controller/controller.go permanentError
 */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';

  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/controller/controller.go NewPermanentError
 */
export function newPermanentError(cause: Error): PermanentError {
  return new PermanentError(cause);
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/controller/controller.go IsPermanentError
 */
export function isPermanentError(error: unknown): boolean {
  return error instanceof PermanentError;
}
