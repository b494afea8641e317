/**
 * What the annotations of a PodAutoscaler say. They come from its Revision,
 * and so from whoever wrote the Service.
 */
import type { ObjectMeta } from '../../../../apiserver/store.ts';
import {
  classAnnotationKey,
  kpa,
  maxScaleAnnotationKey,
  minScaleAnnotationKey,
  targetAnnotationKey,
} from '../register.ts';

/** What has annotations: a PodAutoscaler as stored, or one to work on. */
interface Annotated {
  readonly metadata: ObjectMeta;
}

/** The fewest and the most replicas; a `max` of 0 sets no limit. */
export interface ScaleBounds {
  readonly min: number;
  readonly max: number;
}

const largestInt32 = 2_147_483_647;

/**
 * Which controller looks after it.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscaler.Class
 */
export function classOf(pa: Annotated): string {
  return pa.metadata.annotations?.[classAnnotationKey] ?? kpa;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscaler.ScaleBounds
 */
export function scaleBounds(pa: Annotated): ScaleBounds {
  return {
    min: annotationInt32(pa, minScaleAnnotationKey),
    max: annotationInt32(pa, maxScaleAnnotationKey),
  };
}

/**
 * The concurrency to aim at; undefined unless it is an integer of at least 1.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscaler.Target
 */
export function targetOf(pa: Annotated): number | undefined {
  const text = pa.metadata.annotations?.[targetAnnotationKey];
  if (text === undefined || !isInteger(text)) return undefined;
  const value = Number(text);
  return value < 1 ? undefined : value;
}

/**
 * An annotation as a number; the webhook has seen to it that it is one, so
 * anything else counts as 0.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/autoscaling/v1alpha1/pa_types.go PodAutoscaler.annotationInt32
 */
function annotationInt32(pa: Annotated, key: string): number {
  const text = pa.metadata.annotations?.[key];
  if (text === undefined || !isInteger(text)) return 0;
  const value = Number(text);
  return Math.max(-largestInt32 - 1, Math.min(largestInt32, value));
}

/** Whether Go's `strconv` takes it. */
function isInteger(text: string): boolean {
  return /^[-+]?\d+$/.test(text);
}
