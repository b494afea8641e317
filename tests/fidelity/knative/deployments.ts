/**
 * Deployments of the data, which are written out in two cases alone: the
 * others say "as case …" and name what differs.
 */
import type { Compact } from './cases.ts';

/** A Deployment of which only replicas and images are told. */
interface Abbreviated extends Compact {
  readonly replicas: number;
  /** `user-container=busybox`: each container and its image. */
  readonly containers: readonly string[];
}

interface Spec {
  readonly template: {
    readonly spec: {
      readonly containers: readonly { readonly name: string }[];
    };
  };
}

/** A Deployment that is written out, and the Revision it is of. */
export interface Model {
  readonly revision: string;
  readonly spec: unknown;
}

/** Whether a Deployment has to be completed. */
export function isAbbreviated(compact: Compact): compact is Abbreviated {
  return 'rest' in compact;
}

/** The Deployment written out as the model is, with its own images. */
export function completed(
  compact: Abbreviated,
  models: readonly Model[],
): Compact {
  const { replicas, containers, rest: _, ...known } = compact;
  const images = new Map(
    containers.map((text) => text.split('=') as [string, string]),
  );
  const named = models.map(({ revision, spec }) => {
    const own = (compact.metadata?.name ?? '').replace(/-deployment$/, '');
    const text = JSON.stringify(spec).replaceAll(revision, own);
    return JSON.parse(text) as Spec;
  });
  const spec = named.find(
    (one) => one.template.spec.containers.length === images.size,
  );
  if (spec === undefined) throw new RangeError('Cannot find a model');
  const { template } = spec;
  const own = template.spec.containers.map((container) => ({
    ...container,
    image: images.get(container.name) ?? '',
  }));
  return {
    ...known,
    spec: {
      ...spec,
      replicas,
      template: { ...template, spec: { ...template.spec, containers: own } },
    },
  };
}
