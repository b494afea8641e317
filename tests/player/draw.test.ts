import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  heightOf,
  layLanes,
  middleOf,
  stepAt,
  topOf,
  type Sizes,
} from '../../src/player/draw/lanes.ts';
import { arrange, type Node } from '../../src/player/draw/objects.ts';
import { sceneOf } from '../../src/player/draw/scene.ts';
import { layMachine } from '../../src/player/draw/machine.ts';
import { fit, shortName, textWidth } from '../../src/player/draw/text.ts';
import { changedPaths, textLines } from '../../src/player/draw/yaml.ts';
import type { TraceModel } from '../../src/trace/model.ts';
import { fakeModel } from './fake-model.ts';
import { longFacts, serviceFacts } from './service-facts.ts';

const model = fakeModel(serviceFacts);
const sizes: Sizes = {
  width: 430,
  row: 35,
  label: 14,
  name: 15,
  head: 41,
  gutter: 46,
  lozenges: true,
};

test('layLanes() keeps lanes in order, inside, and apart', () => {
  const width = fc.integer({ min: 340, max: 1300 });
  fc.assert(
    fc.property(width, (wide) => {
      const layout = layLanes(model, 'story', 1, { ...sizes, width: wide });
      const gaps = layout.xs.slice(1).map((x, i) => x - (layout.xs[i] ?? 0));
      assert.equal(layout.xs.length, 5);
      assert.ok(gaps.every((gap) => gap >= 35));
      assert.ok((layout.xs[0] ?? 0) >= sizes.gutter);
      assert.ok((layout.xs.at(-1) ?? 0) <= layout.width - 14);
    }),
  );
});

test('layLanes() becomes wider than its pane rather than crowd many lanes', () => {
  const lanes = Array.from(
    { length: 14 },
    (_, i) => [`lane${String(i)}`, ''] as const,
  );
  const crowd = fakeModel({ lanes, steps: [] });
  assert.ok(layLanes(crowd, 'story', 1, sizes).width > 430);
});

test('heightOf() puts a step in the middle of its row, and other moments between', () => {
  const layout = layLanes(model, 'story', 1, sizes);
  assert.equal(heightOf(layout, model, 8), middleOf(layout, 3));
  assert.equal(heightOf(layout, model, 9), topOf(layout, 4));
  assert.equal(stepAt(layout, middleOf(layout, 3)), 3);
});

test('layLanes() draws a very long run in several pictures', () => {
  const long: TraceModel = {
    ...model,
    count: (level) => (level === 'lines' ? 150_000 : 14),
  };
  const layout = layLanes(long, 'lines', 130_000, sizes);
  assert.deepEqual([layout.first, layout.last], [120_001, 150_000]);
});

test('sceneOf() places every label of the story inside, and none on another', () => {
  for (const width of [340, 430, 520, 800]) {
    const layout = layLanes(model, 'story', 1, { ...sizes, width });
    const { labels } = sceneOf(model, layout, 1, 14);
    const boxes = labels.map(({ text, x, y, anchor }) => {
      const wide = textWidth(text, sizes.label, 700);
      const left =
        anchor === 'start' ? x : anchor === 'end' ? x - wide : x - wide / 2;
      return { left, right: left + wide, top: y - 11, bottom: y + 3 };
    });
    boxes.forEach((box, i) => {
      assert.ok(box.left > 30 && box.right < layout.width);
      for (const other of boxes.slice(i + 1))
        assert.ok(
          box.right <= other.left ||
            other.right <= box.left ||
            box.bottom <= other.top ||
            other.bottom <= box.top,
        );
    });
    assert.ok(labels.length >= 14);
  }
});

test('sceneOf() draws a refused arrow, a ring for a step without arrow, and every kind of bar', () => {
  const layout = layLanes(model, 'story', 1, sizes);
  const scene = sceneOf(model, layout, 1, 14);
  assert.equal(
    scene.arrows.filter(({ style }) => style === 'refused').length,
    1,
  );
  assert.ok(scene.rings.some(({ y }) => y === middleOf(layout, 4)));
  assert.deepEqual(
    new Set(scene.bars.map(({ activity }) => activity)),
    new Set(['blocked', 'running', 'sleeping']),
  );
});

test('sceneOf() draws only its window', () => {
  const long = fakeModel(longFacts(300));
  const layout = layLanes(long, 'story', 1, sizes);
  assert.equal(sceneOf(long, layout, 100, 120).rings.length, 21);
});

const tree = fc
  .array(fc.tuple(fc.nat(20), fc.nat(8)), { minLength: 1, maxLength: 14 })
  .map((rows) => {
    const nodes: Node[] = [];
    for (const [i, [pick, fields]] of rows.entries()) {
      const owner = i === 0 || pick > 15 ? undefined : nodes[pick % i];
      nodes.push({
        id: `n${String(i)}`,
        owner: owner?.id,
        depth: owner ? owner.depth + 1 : 0,
        fields: Array.from({ length: fields }, (_, k) => `f${String(k)}`),
      });
    }
    const inOrder = (owner?: string): Node[] =>
      nodes
        .filter((node) => node.owner === owner)
        .flatMap((node) => [node, ...inOrder(node.id)]);
    return inOrder();
  });

test('arrange() never lets two objects overlap, whatever owns whatever', () => {
  fc.assert(
    fc.property(tree, fc.integer({ min: 300, max: 1200 }), (nodes, width) => {
      const { boxes, edges } = arrange(nodes, width);
      assert.equal(boxes.length, nodes.length);
      assert.equal(
        edges.length,
        nodes.filter((node) => node.owner !== undefined).length,
      );
      boxes.forEach((a, i) => {
        assert.ok(a.x >= 0 && a.x + a.width <= width + 1 && a.width >= 60);
        for (const b of boxes.slice(i + 1))
          assert.ok(
            a.x + a.width <= b.x ||
              b.x + b.width <= a.x ||
              a.y + a.height <= b.y ||
              b.y + b.height <= a.y,
          );
      });
    }),
  );
});

test('layMachine() places each state once, what is never visited on the right', () => {
  const machine = model.machines(0)[0];
  assert.ok(machine);
  const named = {
    ...machine,
    states: ['OPEN', 'UPGRADING', 'UPGRADED', 'LONG'],
    edges: [
      ['OPEN', 'UPGRADING'],
      ['UPGRADING', 'OPEN'],
      ['OPEN', 'UPGRADED'],
    ].map(([from = '', to = '']) => ({
      from,
      to,
      taken: 0,
      total: 1,
      now: false,
      next: 0,
    })),
  };
  const { states, edges } = layMachine(named, 420, 260);
  const x = (name: string) =>
    states.find((state) => state.name === name)?.x ?? 0;
  assert.ok(x('LONG') > x('OPEN') && x('UPGRADED') > x('UPGRADING'));
  assert.deepEqual(
    states.map(({ visited }) => visited),
    [true, true, true, false],
  );
  assert.equal(edges.length, 3);
});

test('layMachine() shortens long names before states overlap', () => {
  const machine = model.machines(0)[0];
  assert.ok(machine);
  const names = [
    'not found',
    'activator-service',
    'helloworld-go-00001-service',
  ];
  const named = {
    ...machine,
    states: names,
    edges: names.slice(1).map((to, at) => ({
      ...{ from: names[at] ?? '', to, taken: 1, total: 1 },
      ...{ now: false, next: 0 },
    })),
  };
  const { states, pill } = layMachine(named, 400, 260);
  const middles = states.map(({ x }) => x).sort((a, b) => a - b);
  for (const [at, x] of middles.slice(1).entries()) {
    assert.ok(x - (middles[at] ?? 0) >= pill.width);
  }
  assert.match(states[2]?.label ?? '', /^hel.*…/);
});

test('fit() shortens to the room and gives way below three letters', () => {
  assert.equal(fit('create Route', 14, 500), 'create Route');
  const short = fit('initializeConditions', 14, 70);
  assert.match(short, /^init.*…$/);
  assert.ok(textWidth(short, 14) <= 70);
  assert.equal(fit('initializeConditions', 14, 12), '');
});

test('shortName() keeps both ends of a long name', () => {
  assert.equal(shortName('helloworld-go-00001', 12), 'hello…-00001');
});

test('textLines() writes nested objects and lists with their paths', () => {
  const lines = textLines({
    kind: 'Service',
    status: { conditions: [{ type: 'Ready', status: 'True' }], empty: {} },
  });
  assert.deepEqual(
    lines.map(({ indent, text }) => '  '.repeat(indent) + text),
    [
      'kind: Service',
      'status:',
      '  conditions:',
      '    - type: Ready',
      '      status: "True"',
      '  empty: {}',
    ],
  );
  assert.equal(lines[4]?.path, 'status.conditions.Ready.status');
});

test('changedPaths() marks what is new or different, and not what moved', () => {
  const before = textLines({
    a: 1,
    list: [
      { name: 'x', v: 1 },
      { name: 'y', v: 2 },
    ],
  });
  const now = textLines({
    a: 2,
    list: [
      { name: 'y', v: 2 },
      { name: 'x', v: 1 },
    ],
    b: 3,
  });
  assert.deepEqual([...changedPaths(now, before)], ['a', 'b']);
});
