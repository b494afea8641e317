/**
 * The requests of this chapter, and what its stories leave out.
 */

/** A request without a body. */
export function get(path: string, connection = ''): string {
  const header = connection === '' ? '' : `Connection: ${connection}\r\n`;
  return `GET ${path} HTTP/1.1\r\nHost: localhost:8080\r\n${header}\r\n`;
}

/** Tasks begin and end behind the scenes; what counts is who acts. */
export const fold: readonly string[] = ['task.', 'chan.'];
