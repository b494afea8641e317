/**
 * How badly a request went: may the response still be sent, and must the
 * connection be closed after it?
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/ErrorState.java ErrorState
 */
export type ErrorState = 'NONE' | 'CLOSE_CLEAN' | 'CLOSE_NOW';

const severity: readonly ErrorState[] = ['NONE', 'CLOSE_CLEAN', 'CLOSE_NOW'];

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/ErrorState.java ErrorState.getMostSevere
 */
export function getMostSevere(one: ErrorState, other: ErrorState): ErrorState {
  return severity.indexOf(one) > severity.indexOf(other) ? one : other;
}
