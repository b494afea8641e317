/**
 * How long a container that keeps crashing has to wait.
 */
import type { Backoff } from '../../client-go/util/flowcontrol/backoff.ts';
import type { Container, Pod } from '../api/v1.ts';
import type { PodStatus } from '../container/runtime.ts';
import { v2f } from '../klog.ts';
import { formatDuration } from '../util/duration.ts';
import * as format from '../util/format/pod.ts';
import { getStableKey } from './helpers.ts';
import type { RuntimeContext } from './runtime-context.ts';

/**
 * Whether a container that crashed has to wait. If it need not, the next
 * wait grows; it is counted from the exit of the newest dead instance.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_manager.go kubeGenericRuntimeManager.doBackOff
 * @returns why it waits; undefined when it may start
 * @story as {container.name}
 * @story when message: `{container.name}` exited less than {delay} ago, so it stays down.
 * @story when !exited: No instance of `{container.name}` has exited, so nothing holds it up.
 * @story when !delay: `{container.name}` exited and has no wait to its name yet, so it may start at once, and a first wait is set.
 * @story when exited: `{container.name}` exited {delay} ago or more, so it may start, and its wait is set anew.
 */
export function doBackOff(
  m: RuntimeContext,
  { pod, podStatus }: { readonly pod: Pod; readonly podStatus: PodStatus },
  container: Container,
  backOff: Backoff,
): string | undefined {
  const exited = podStatus.containerStatuses.find(
    ({ name, state }) => name === container.name && state === 'exited',
  );
  if (exited === undefined) return undefined;
  const key = getStableKey(pod, container);
  const delay = backOff.get(key);
  if (backOff.isInBackOffSince(key, exited.finishedAt)) {
    m.recorder.event(
      pod,
      'Warning',
      'BackOff',
      'Back-off restarting failed container',
    );
    const message = `Back-off ${formatDuration(delay)} restarting failed container=${container.name} pod=${format.pod(pod)}`;
    v2f(message);
    return message;
  }
  backOff.next(key, exited.finishedAt);
  return undefined;
}
