/**
 * The page that an error is answered with.
 *
 * @differs shorter than Tomcat's, and without the stack of an exception
 */
import { getMessage } from '../coyote/http11/http-messages.ts';
import type { Response } from './response.ts';

/** Writes the page, if an error was declared and nothing has been sent. */
export async function report(response: Response): Promise<void> {
  const { error } = response;
  response.outputBuffer.suspended = false;
  if (error === undefined || response.isCommitted()) return;
  const status = String(response.getStatus());
  const reason = getMessage(response.getStatus());
  const text = filter(error.message === '' ? reason : error.message);
  response.setContentType('text/html;charset=utf-8');
  await response.print(
    `<!DOCTYPE html><html><head><title>Error report</title></head><body><h1>HTTP Status ${status} - ${text}</h1><p>${filter(reason)}</p></body></html>`,
  );
}

/** Nothing that a request contained may become markup. */
const filter = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
