/**
 * When two objects count as equal, which decides whether anything is written.
 *
 * Reconcilers compare what they want with what is there. In Go the types say
 * how a field is compared; here its name does. A field that is absent equals
 * one that holds its zero value, except where Go has a pointer (`pointers`)
 * or a map, whose keys count.
 */
import { quantitiesEqual } from './quantity.ts';

/** Fields that Go types as pointers: zero and absent differ. */
const pointers: ReadonlySet<string> = new Set([
  ...['runLatest', 'pinned', 'release', 'manual', 'address', 'buildRef'],
  ...['replicas', 'optional', 'securityContext', 'emptyDir', 'valueFrom'],
  ...['readOnlyRootFilesystem', 'runAsUser', 'runAsNonRoot', 'privileged'],
  ...['allowPrivilegeEscalation', 'defaultMode', 'mode', 'expirationSeconds'],
  ...['livenessProbe', 'readinessProbe', 'httpGet', 'tcpSocket', 'exec'],
  ...['lifecycle', 'controller', 'blockOwnerDeletion', 'retries', 'timeout'],
  ...['progressDeadlineSeconds', 'terminationGracePeriodSeconds', 'rewrite'],
]);

/** Fields that Go types as maps of text: a key with '' is a key. */
const maps: ReadonlySet<string> = new Set([
  ...['labels', 'annotations', 'selector', 'matchLabels', 'nodeSelector'],
  ...['data', 'appendHeaders', 'headers'],
]);

/** Maps whose values are resource quantities. */
const quantities: ReadonlySet<string> = new Set(['limits', 'requests']);

/** Go's `VolatileTime`: says when something was noticed, and not what. */
const volatileTimes: ReadonlySet<string> = new Set(['lastTransitionTime']);

/**
 * Equality that matters: times of transitions are ignored, quantities are
 * compared by value, and nothing equals an empty list or map.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/apis/volatile_time.go init
 * @differs upstream's `equality.Semantic.DeepEqual` goes by Go types; field
 *   names stand for them here
 */
export function semanticDeepEqual(a: unknown, b: unknown): boolean {
  return fieldsEqual('', a, b, true);
}

/**
 * Equality of everything, times included. It stands for `reflect.DeepEqual`
 * and for `kmp.SafeEqual`.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/kmp/diff.go SafeEqual
 * @differs an empty list equals an absent one, because JSON data does not
 *   tell Go's nil from empty
 */
export function deepEqual(a: unknown, b: unknown): boolean {
  return fieldsEqual('', a, b, false);
}

function fieldsEqual(
  name: string,
  a: unknown,
  b: unknown,
  semantic: boolean,
): boolean {
  if (semantic && volatileTimes.has(name)) return true;
  if (isZero(name, a) && isZero(name, b)) return true;
  if (a === undefined || a === null || b === undefined || b === null) {
    return a === b || (isEmpty(name, a) && isEmpty(name, b));
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length &&
      a.every((item, index) => fieldsEqual('', item, b[index], semantic))
    );
  }
  if (typeof a === 'object' && typeof b === 'object') {
    return objectsEqual(name, { ...a }, { ...b }, semantic);
  }
  return a === b;
}

function objectsEqual(
  name: string,
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
  semantic: boolean,
): boolean {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  if (isMap(name, a) || isMap(name, b)) {
    return keys.every((key) => a[key] === b[key]);
  }
  if (semantic && quantities.has(name)) {
    return keys.every((key) => quantitiesEqual(a[key], b[key]));
  }
  return keys.every((key) => fieldsEqual(key, a[key], b[key], semantic));
}

/** A Service's `selector` is a map of labels; a Deployment's holds one. */
function isMap(
  name: string,
  value: Readonly<Record<string, unknown>>,
): boolean {
  return maps.has(name) && !('matchLabels' in value);
}

/** Whether Go would hold a zero value here. */
function isZero(name: string, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (pointers.has(name)) return false;
  return value === '' || value === 0 || value === false || isEmpty(name, value);
}

/** Whether a list or map, or a structure that is no pointer, holds nothing. */
function isEmpty(name: string, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value !== 'object' || pointers.has(name)) return false;
  if (Array.isArray(value)) return value.length === 0;
  return maps.has(name)
    ? Object.keys(value).length === 0
    : Object.entries(value).every(([key, field]) => isZero(key, field));
}
