/**
 * What the service controller tells people about a Service. Children have its
 * name.
 */
import type { KObject } from '../../../../apiserver/store.ts';
import type { EventRecorder } from '../../../../client-go/tools/record/event.ts';

/** A child was made. */
export function recordCreated(
  recorder: EventRecorder,
  service: KObject,
  kind: 'Configuration' | 'Route',
): void {
  const { name } = service.metadata;
  recorder.eventf(service, 'Normal', 'Created', `Created ${kind} %q`, name);
}

/** A child could not be made; the error says why. */
export function recordCreationFailed(
  recorder: EventRecorder,
  service: KObject,
  kind: 'Configuration' | 'Route',
  error: unknown,
): void {
  recorder.eventf(
    service,
    'Warning',
    'CreationFailed',
    `Failed to create ${kind} %q: %v`,
    service.metadata.name,
    error,
  );
}

/** The status was written after a run without an error. */
export function recordUpdated(recorder: EventRecorder, service: KObject): void {
  const { name } = service.metadata;
  recorder.eventf(service, 'Normal', 'Updated', 'Updated Service %q', name);
}

/** The status could not be written. */
export function recordUpdateFailed(
  recorder: EventRecorder,
  service: KObject,
  error: unknown,
): void {
  recorder.eventf(
    service,
    'Warning',
    'UpdateFailed',
    'Failed to update status for Service %q: %v',
    service.metadata.name,
    error,
  );
}
