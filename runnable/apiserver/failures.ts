/**
 * Requests that fail because a scenario or a test says so.
 */
export type Verb =
  | 'create'
  | 'get'
  | 'list'
  | 'watch'
  | 'update'
  | 'patch'
  | 'delete'
  | 'delete-collection';

interface Failure {
  readonly verb: Verb;
  readonly resource: string;
  readonly error: Error;
  left: number;
}

/** The failures that are still to come. */
export class Failures {
  readonly #failures: Failure[] = [];

  add(verb: Verb, resource: string, error: Error, times: number): void {
    this.#failures.push({ verb, resource, error, left: times });
  }

  /** The error of a request that shall fail. */
  take(verb: Verb, resource: string): Error | undefined {
    const failure = this.#failures.find(
      (one) => one.verb === verb && one.resource === resource && one.left > 0,
    );
    if (failure === undefined) return undefined;
    failure.left -= 1;
    return failure.error;
  }
}
