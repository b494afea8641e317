import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layLanes } from '../../src/player/draw/lanes.ts';
import { Tracks } from '../../src/player/draw/tracks.ts';
import { machineTrace } from '../../src/site/machine-trace.ts';
import { openTrace } from '../../src/trace/open.ts';
import type { ArrowMark } from '../../src/player/draw/scene.ts';

const model = openTrace(machineTrace({ rows: 500, objects: 2, workers: 3 }));
const layout = layLanes(model, 'story', 1, {
  width: 500,
  row: 35,
  label: 14,
  name: 15,
  head: 41,
  gutter: 46,
  lozenges: true,
});
const long: ArrowMark = { style: 'delivery', x1: 100, x2: 300, y1: 0, y2: 200 };

test('Tracks lead a long delivery along the side of its lane', () => {
  const tracks = new Tracks(layout);
  const one = tracks.laid(long);
  const other = tracks.laid(long);
  assert.ok(one.track !== undefined && one.track < 300 && one.track > 250);
  assert.notEqual(other.track, one.track);
  assert.equal(tracks.bars.length, 2);
  const back = new Tracks(layout).laid({ ...long, x1: 300, x2: 100 });
  assert.ok((back.track ?? 0) > 100);
});

test('Tracks leave short ways, calls and near lanes straight', () => {
  const tracks = new Tracks(layout);
  for (const arrow of [
    { ...long, y2: 40 },
    { ...long, style: 'call' as const },
    { ...long, x1: 260 },
  ])
    assert.equal(tracks.laid(arrow), arrow);
});
