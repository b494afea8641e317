/**
 * What the API server asks of an object before it takes it.
 */
import { ApiError, newBadRequest, newInvalid } from './api-error.ts';
import { apiVersionOf } from './kinds.ts';
import { deepEqual } from './objects.ts';
import type { Gvr, KObject } from './store.ts';

interface NameRule {
  readonly pattern: RegExp;
  readonly longest: number;
  readonly text: string;
}

const subdomain: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  text: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
};

const label: NameRule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  text: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
};

const letterLabel: NameRule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  text: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
};

/** @throws {ApiError} BadRequest when the object is of another kind */
export function checkKind(gvr: Gvr, { apiVersion, kind }: KObject): void {
  if (kind === gvr.kind && apiVersion === apiVersionOf(gvr)) return;
  const version = apiVersion.split('/').at(-1) ?? '';
  throw newBadRequest(
    `${kind} in version "${version}" cannot be handled as a ${gvr.kind}`,
  );
}

/**
 * @throws {ApiError} Invalid, or a nameless error of code 500 when the object
 *   says which version it is
 */
export function checkNew(gvr: Gvr, { metadata }: KObject): void {
  const { name, namespace = '', resourceVersion = '' } = metadata;
  if (resourceVersion !== '') {
    const text = 'resourceVersion should not be set on objects to be created';
    throw new ApiError(500, '', text);
  }
  const wrong: string[] = [];
  if (name === '') {
    wrong.push(
      'metadata.name: Required value: name or generateName is required',
    );
  } else {
    wrong.push(...nameFaults(nameRule(gvr), name));
  }
  if (gvr.namespaced && namespace === '') {
    wrong.push('metadata.namespace: Required value');
  }
  if (!gvr.namespaced && namespace !== '') {
    wrong.push('metadata.namespace: Forbidden: not allowed on this type');
  }
  refuse(gvr, name, wrong);
}

/** @throws {ApiError} Invalid */
export function checkUpdate(gvr: Gvr, next: KObject, current: KObject): void {
  const { name, deletionTimestamp, finalizers = [] } = current.metadata;
  if (deletionTimestamp === undefined) return;
  const added = (next.metadata.finalizers ?? []).filter(
    (finalizer) => !finalizers.includes(finalizer),
  );
  if (deepEqual(added, [])) return;
  const list = added.map((finalizer) => JSON.stringify(finalizer)).join(', ');
  refuse(gvr, name, [
    `metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`,
  ]);
}

function nameRule({ group, resource }: Gvr): NameRule {
  if (group !== '') return subdomain;
  if (resource === 'namespaces') return label;
  return resource === 'services' ? letterLabel : subdomain;
}

function nameFaults(rule: NameRule, name: string): string[] {
  const faults: string[] = [];
  if (name.length > rule.longest) {
    faults.push(`must be no more than ${rule.longest} characters`);
  }
  if (!rule.pattern.test(name)) faults.push(rule.text);
  return faults.map(
    (fault) =>
      `metadata.name: Invalid value: ${JSON.stringify(name)}: ${fault}`,
  );
}

function refuse(gvr: Gvr, name: string, wrong: readonly string[]): void {
  if (wrong.length === 0) return;
  const why = wrong.length === 1 ? wrong.join() : `[${wrong.join(', ')}]`;
  throw newInvalid(gvr, name, why);
}
