/**
 * The form that all ports of Knative's reconcilers have: a world of objects, a
 * key, what shall fail and what time it is, in; everything written, out.
 */
import type { Verb } from '../../../runnable/apiserver/failures.ts';
import type { KObject } from '../../../runnable/apiserver/store.ts';
import { FatalConfigError } from '../../../runnable/knative/configmap/store.ts';
import { reconcileOnce } from '../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import type { Build } from '../../../runnable/knative/reconciler/testing/reconcile-once.ts';
import type { Port } from '../port.ts';
import { PortError } from '../port.ts';
import { listOf, object, oneOf, text, time } from '../schema/json-schema.ts';
import { objectOf } from '../schema/objects.ts';

interface Case {
  readonly objects: readonly KObject[];
  readonly key: string;
  readonly failures?: readonly {
    readonly verb: Verb;
    readonly resource: string;
  }[];
  readonly now?: string;
}

const verbs: readonly Verb[] = [
  ...(['create', 'get', 'list', 'watch', 'update', 'patch'] as const),
  ...(['delete', 'delete-collection'] as const),
];

const schema = object(
  {
    objects: listOf(objectOf),
    key: { ...text, description: 'a key "namespace/name"' },
    failures: listOf(
      object({ verb: oneOf(...verbs), resource: text }, ['verb', 'resource']),
    ),
    now: time,
  },
  ['objects', 'key'],
);

/** The port of one reconciler. */
export function reconcilePort(build: Build): Port {
  return {
    schema,
    async answer(document) {
      const { objects, key, failures = [], now } = document as Case;
      try {
        return await reconcileOnce(build, {
          objects,
          key,
          failures,
          ...(now === undefined ? {} : { now: Date.parse(now) }),
        });
      } catch (error) {
        if (!(error instanceof FatalConfigError)) throw error;
        throw new PortError(pathOf(error.configMap, objects), error.message);
      }
    },
  };
}

/** Where the ConfigMap stands in the document. */
function pathOf(name: string, objects: readonly KObject[]): string {
  const index = objects.findIndex(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name,
  );
  return `objects[${String(index)}].data`;
}
