import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workbookWish } from '../../src/player/workbook.ts';

test('workbookWish() reads the link that the terminal prints', () => {
  const file = 'kubelet/02-pod-workers/parking/trace-two-kills.json';
  assert.deepEqual(
    workbookWish(`#workbook=${file}&step=call+PodWorkers.updatePod+kill+%232`),
    { file, address: 'call PodWorkers.updatePod kill #2' },
  );
  assert.deepEqual(workbookWish(`#workbook=${file}`), { file, address: '' });
});

test('workbookWish() takes no other file', () => {
  for (const file of [
    '',
    '../secret.json',
    'a/01-b/c/../../trace.json',
    'a/01-b/c/answer.json',
    'https://example.org/a/01-b/c/trace.json',
  ]) {
    assert.equal(workbookWish(`#workbook=${file}`), undefined);
  }
});
