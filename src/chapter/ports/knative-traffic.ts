/**
 * `knative/traffic`: which Revisions a Route's targets lead to, and who gets
 * which share at which host.
 */
import type { Gvr, KObject } from '../../../runnable/apiserver/store.ts';
import { Lister } from '../../../runnable/client-go/tools/cache/listers.ts';
import type { NamespaceLister } from '../../../runnable/client-go/tools/cache/listers.ts';
import { Cache } from '../../../runnable/client-go/tools/cache/store.ts';
import {
  configurations,
  revisions,
} from '../../../runnable/knative/apis/resources.ts';
import type { TrafficTarget } from '../../../runnable/knative/apis/serving/v1alpha1/route-types.ts';
import { resourceOf } from '../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import type { RevisionTarget } from '../../../runnable/knative/reconciler/v1alpha1/route/traffic/targets.ts';
import { buildTrafficConfiguration } from '../../../runnable/knative/reconciler/v1alpha1/route/traffic/traffic.ts';
import { VirtualClock } from '../../../runnable/sim/clock.ts';
import { defaultStart } from '../../../runnable/sim/sim.ts';
import type { Port } from '../port.ts';
import { integer, listOf, object, text } from '../schema/json-schema.ts';
import { objectOf } from '../schema/objects.ts';

interface Given {
  readonly objects: readonly KObject[];
  readonly namespace: string;
  readonly traffic: readonly TrafficTarget[];
}

const target = object({
  name: text,
  revisionName: text,
  configurationName: text,
  percent: integer(),
});

export const port: Port = {
  schema: object(
    { objects: listOf(objectOf), namespace: text, traffic: listOf(target) },
    ['objects', 'namespace', 'traffic'],
  ),
  answer(document) {
    const { objects, namespace, traffic } = document as Given;
    const lister = <O extends KObject>(gvr: Gvr): NamespaceLister<O> =>
      listerOf<O>(gvr, objects).byNamespace(namespace);
    const { config, error } = buildTrafficConfiguration(
      {
        configurations: lister(configurations),
        revisions: lister(revisions),
      },
      traffic,
      new VirtualClock(defaultStart),
    );
    return Promise.resolve({
      targets: Object.fromEntries(
        [...config.targets].map(([name, group]) => [name, group.map(shown)]),
      ),
      revisionTargets: config.revisionTargets.map(shown),
      configurations: [...config.configurations.keys()].sort(),
      revisions: [...config.revisions.keys()].sort(),
      error: error?.message ?? null,
    });
  },
};

function listerOf<O extends KObject>(
  gvr: Gvr,
  objects: readonly KObject[],
): Lister<O> {
  const cache = new Cache<O>();
  for (const one of objects) if (resourceOf(one) === gvr) cache.add(one as O);
  return new Lister(cache);
}

/** A target with the fields that it has, in upstream's order. */
function shown(one: RevisionTarget): RevisionTarget {
  const { name, revisionName, configurationName } = one;
  const { percent = 0, active, protocol } = one;
  return {
    ...(name ? { name } : {}),
    revisionName,
    ...(configurationName ? { configurationName } : {}),
    percent,
    active,
    protocol,
  };
}
