/**
 * The autoscaler's arithmetic against what the original decided.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { port } from '../../src/chapter/ports/knative-autoscaler.ts';
import { casesOf, titleOf } from './knative/cases.ts';

describe('autoscaler', () => {
  const cases = casesOf('autoscaler').filter(({ id }) =>
    id.startsWith('autoscaler-'),
  );
  for (const one of cases) {
    it(titleOf(one), async () => {
      assert.deepEqual(await port.answer(one.given), one.expect);
    });
  }
});
