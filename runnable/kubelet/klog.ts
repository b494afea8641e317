/**
 * The kubelet's log, as klog writes it: a level and a finished text.
 *
 * Every call becomes a `log` event of the trace. The functions return the line
 * that klog would have written, without date and thread.
 *
 * @differs the text comes finished, where klog takes a format and arguments
 */

/** Something worth knowing happened. */
export function infof(text: string): string {
  return `I ${text}`;
}

/** Something is not as it should be, and the kubelet goes on. */
export function warningf(text: string): string {
  return `W ${text}`;
}

/** Something failed. */
export function errorf(text: string): string {
  return `E ${text}`;
}

/** For those who run with `--v=2`: what the loop receives and decides. */
export function v2f(text: string): string {
  return `I ${text}`;
}

/** For those who run with `--v=4`. */
export function v4f(text: string): string {
  return `I ${text}`;
}
