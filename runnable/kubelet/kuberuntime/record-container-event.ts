/**
 * Events about one container of a pod.
 */
import type { EventRecorder } from '../../client-go/tools/record/event.ts';
import type { Container, Pod } from '../api/v1.ts';

/**
 * Records an event; the container's ID in the text becomes its name, so that
 * the same thing happening again counts as the same event.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/kuberuntime/kuberuntime_container.go kubeGenericRuntimeManager.recordContainerEvent
 * @differs the event is about the pod; upstream's names the container's field
 */
export function recordContainerEvent(
  { recorder }: { readonly recorder: EventRecorder },
  of: {
    readonly pod: Pod;
    readonly container: Container;
    readonly containerID: string;
  },
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
): void {
  const { pod, container, containerID } = of;
  const text =
    containerID === ''
      ? message
      : message.replaceAll(containerID, container.name);
  recorder.event(pod, type, reason, text);
}
