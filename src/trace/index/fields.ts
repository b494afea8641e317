/**
 * Which fields of a thing the diagram of objects shows: a few telling ones
 * for each kind, and what most kinds have for the rest.
 */
import type { FieldView } from '../model.ts';
import { conditionText, follow, isCondition, same } from './documents.ts';
import { absent, clipped, dataText, isEmpty } from './texts.ts';
import { isRecord } from './values.ts';

const common = [
  'metadata.generation',
  'status.observedGeneration',
  'spec.replicas',
  'status.phase',
];

/** Dotted paths, in the order they are shown; conditions come last. */
const telling: Readonly<Record<string, readonly string[]>> = {
  Service: [
    'metadata.generation',
    'status.observedGeneration',
    'status.latestCreatedRevisionName',
    'status.latestReadyRevisionName',
    'status.domain',
    'status.traffic',
  ],
  Configuration: [
    'metadata.generation',
    'status.observedGeneration',
    'status.latestCreatedRevisionName',
    'status.latestReadyRevisionName',
  ],
  Revision: ['status.serviceName', 'status.imageDigest', 'spec.container'],
  Route: [
    'metadata.generation',
    'status.observedGeneration',
    'spec.traffic',
    'status.traffic',
    'status.domain',
  ],
  ClusterIngress: ['status.loadBalancer.ingress', 'metadata.finalizers'],
  VirtualService: ['spec.hosts', 'spec.gateways'],
  PodAutoscaler: ['spec.concurrencyModel', 'spec.scaleTargetRef.name'],
  Deployment: [
    'spec.replicas',
    'status.replicas',
    'status.readyReplicas',
    'metadata.generation',
  ],
  Pod: ['spec.nodeName', 'status.phase', 'status.podIP', 'status.reason'],
  'core/Service': ['spec.type', 'spec.externalName', 'spec.selector'],
  Endpoints: ['subsets'],
  Image: ['spec.image'],
};

const shownWidth = 48;

/**
 * The fields of a document, and what they were before.
 *
 * @param kind '' for a declared thing, of which everything is shown
 */
export function shownFields(
  kind: string,
  document: unknown,
  before: unknown,
): FieldView[] {
  const paths = kind === '' ? keysOf(document, before) : telling[kind];
  const views = (paths ?? common).flatMap((path) =>
    fieldView(path, path.split('.'), document, before),
  );
  return [...views, ...conditionViews(document, before)];
}

function keysOf(...documents: readonly unknown[]): string[] {
  const keys = documents.filter(isRecord).flatMap((one) => Object.keys(one));
  return [...new Set(keys)];
}

function conditionViews(document: unknown, before: unknown): FieldView[] {
  const path = ['status', 'conditions'];
  const types = [follow(document, path), follow(before, path)]
    .flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
    .filter(isCondition)
    .map((condition) => condition.type);
  return [...new Set(types)].flatMap((type) =>
    fieldView(`status.conditions.${type}`, [...path, type], document, before),
  );
}

function fieldView(
  dotted: string,
  path: readonly string[],
  document: unknown,
  before: unknown,
): FieldView[] {
  const now = follow(document, path);
  const was = follow(before, path);
  if (missing(now) && missing(was)) return [];
  const condition = isCondition(now) || isCondition(was);
  const text = (value: unknown): string =>
    missing(value)
      ? absent
      : condition
        ? conditionText(value)
        : dataText(value, shownWidth);
  return [
    {
      name: shortName(dotted),
      value: text(now),
      style: condition ? 'condition' : 'plain',
      ...(same(now, was) ? {} : { before: text(was) }),
    },
  ];
}

function missing(value: unknown): boolean {
  return value === undefined || value === null || isEmpty(value);
}

const prefixes = ['status.conditions.', 'status.', 'metadata.'];

/** The name under which a field is shown. */
function shortName(dotted: string): string {
  const prefix = prefixes.find((one) => dotted.startsWith(one)) ?? '';
  return clipped(dotted.slice(prefix.length), 40);
}

const tops = new Set(['status', 'metadata', 'spec', 'fields', 'kind', 'data']);

/** The path that a shown name, or a dotted path, stands for. */
export function pathOf(field: string): readonly string[] {
  const label = /^(.*\.(?:labels|annotations))\.(.+)$/u.exec(field);
  if (label !== null) {
    return [...(label[1] ?? '').split('.'), label[2] ?? ''];
  }
  const [top = ''] = field.split('.');
  if (tops.has(top)) return field.split('.');
  const paths = [...common, ...Object.values(telling).flat()];
  const known = paths.find((path) => shortName(path) === field);
  return (known ?? `status.conditions.${field}`).split('.');
}
