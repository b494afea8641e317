/**
 * Errors as values, where upstream passes them on instead of returning them.
 */

/** What was thrown, as an `Error`. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
