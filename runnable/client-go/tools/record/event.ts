/**
 * Events: what a controller tells people about an object.
 *
 * @omits writing Event objects to the API, and gathering many alike into one
 */
import { sprintf } from '../../../apiserver/sprintf.ts';
import type { KObject } from '../../../apiserver/store.ts';

/** Whether all is well. */
export type EventType = 'Normal' | 'Warning';

/** One event, as `kubectl describe` would list it. */
export interface RecordedEvent {
  readonly object: KObject;
  readonly type: EventType;
  /** One word in CamelCase, for machines. */
  readonly reason: string;
  /** A sentence, for people. */
  readonly message: string;
}

/**
 * Records events in the name of one controller.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/k8s.io/client-go/tools/record/event.go EventRecorder
 */
export class EventRecorder {
  /** Who tells: the controller's agent name. */
  readonly component: string;
  readonly #events: RecordedEvent[] = [];

  constructor(component: string) {
    this.component = component;
  }

  /** What was recorded so far, in order. */
  get events(): readonly RecordedEvent[] {
    return this.#events;
  }

  /**
   * Records an event about `object`.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/record/event.go recorderImpl.Event
   */
  event(
    object: KObject,
    type: EventType,
    reason: string,
    message: string,
  ): void {
    this.#events.push({ object, type, reason, message });
  }

  /**
   * The same with a format as Go's `fmt` has them.
   *
   * @upstream knative/serving v0.4.1
   *   vendor/k8s.io/client-go/tools/record/event.go recorderImpl.Eventf
   */
  eventf(
    object: KObject,
    type: EventType,
    reason: string,
    messageFmt: string,
    ...args: readonly unknown[]
  ): void {
    this.event(object, type, reason, sprintf(messageFmt, ...args));
  }
}
