/**
 * Label and field selectors: which objects a list or a watch is about.
 */
import { newBadRequest } from './api-error.ts';
import type { KObject, ListOptions } from './store.ts';

/** Whether an object is meant. */
export type Matches = (object: KObject) => boolean;

/** @throws {ApiError} BadRequest when a selector cannot be read */
export function matcher(options: ListOptions): Matches {
  const { namespace, labelSelector = '', fieldSelector = '' } = options;
  const tests: Matches[] = [
    ...terms(labelSelector).map(labelTest),
    ...terms(fieldSelector).map(fieldTest),
  ];
  if (namespace !== undefined) {
    tests.push(({ metadata }) => (metadata.namespace ?? '') === namespace);
  }
  return (object) => tests.every((test) => test(object));
}

function terms(selector: string): string[] {
  return selector === '' ? [] : selector.split(',').map((term) => term.trim());
}

function labelTest(term: string): Matches {
  const match = /^(!?)([^=!]*?)\s*(?:(==|=|!=)\s*([^=!]*))?$/.exec(term);
  if (match === null) {
    throw newBadRequest(
      `unable to parse requirement: found '${term}', expected: identifier`,
    );
  }
  const [, not = '', key = '', operator, value = ''] = match;
  if (key === '') {
    throw newBadRequest(
      `unable to parse requirement: found '${operator ?? term}', expected: identifier`,
    );
  }
  return ({ metadata }) => {
    const actual = metadata.labels?.[key];
    if (operator === undefined) return (actual !== undefined) === (not === '');
    return operator === '!=' ? actual !== value : actual === value;
  };
}

function fieldTest(term: string): Matches {
  const match = /^([^=!]+?)(==|=|!=)(.*)$/.exec(term);
  if (match === null) {
    throw newBadRequest(
      `invalid selector: '${term}'; can't understand '${term}'`,
    );
  }
  const [, field = '', operator, value = ''] = match;
  if (field !== 'metadata.name' && field !== 'metadata.namespace') {
    throw newBadRequest(
      `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`,
    );
  }
  return ({ metadata }) => {
    const actual =
      field === 'metadata.name' ? metadata.name : (metadata.namespace ?? '');
    return (actual === value) === (operator !== '!=');
  };
}
