import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { initialState, update } from '../../src/player/core.ts';
import {
  speeds,
  views,
  type Beat,
  type Command,
  type State,
  type World,
} from '../../src/player/state.ts';
import { levels } from '../../src/trace/model.ts';
import { fakeModel } from './fake-model.ts';
import { serviceFacts } from './service-facts.ts';

const model = fakeModel(serviceFacts);
const beats: Beat[] = [
  {
    id: 'b1',
    scenario: 'first',
    address: 'call ServiceStatus.initializeConditions',
  },
  {
    id: 'b2',
    scenario: 'first',
    address: 'queue.add Services default/helloworld-go from Route',
  },
  {
    id: 'b3',
    scenario: 'second',
    address: 'queue.done Services default/helloworld-go',
  },
];
const world: World = { model, beats };

function play(
  commands: readonly Command[],
  from = update(initialState('first'), { type: 'open' }, world),
): State {
  return commands.reduce(
    (state, command) => update(state, command, world),
    from,
  );
}

function assertValid(state: State): void {
  if (state.status !== 'ready') {
    assert.deepEqual([state.n, state.row, state.playing], [0, 0, false]);
    return;
  }
  assert.ok(state.n >= 1 && state.n <= model.count(state.level));
  assert.equal(model.step(state.level, state.n).row, state.row);
}

const way = fc.constantFrom<1 | -1>(1, -1);
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>(
    { type: 'step' },
    { type: 'back' },
    { type: 'first' },
    { type: 'last' },
    { type: 'play' },
    { type: 'pause' },
    { type: 'tick' },
    { type: 'open' },
    { type: 'help' },
    { type: 'projector' },
    { type: 'close' },
  ),
  fc.record({
    type: fc.constant('seek' as const),
    n: fc.oneof(fc.integer(), fc.double()),
  }),
  fc.record({
    type: fc.constant('row' as const),
    row: fc.integer({ min: -5, max: 99 }),
  }),
  fc.record({ type: fc.constant('address' as const), address: fc.string() }),
  fc.record({
    type: fc.constantFrom(
      'toBeat' as const,
      'toVisit' as const,
      'toChange' as const,
      'toOwn' as const,
    ),
    way,
  }),
  fc.record({
    type: fc.constant('level' as const),
    level: fc.constantFrom(...levels),
  }),
  fc.record({
    type: fc.constant('view' as const),
    view: fc.constantFrom(...views),
  }),
  fc.record({
    type: fc.constant('speed' as const),
    speed: fc.constantFrom(...speeds),
  }),
  fc.record({
    type: fc.constantFrom('beat' as const, 'prose' as const),
    beat: fc.constantFrom(...beats),
  }),
  fc.record({
    type: fc.constant('scenario' as const),
    scenario: fc.constantFrom('first', 'second'),
  }),
  fc.record({
    type: fc.constant('lane' as const),
    lane: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({
    type: fc.constant('thing' as const),
    thing: fc.constantFrom(
      ...Object.keys(serviceFacts.owners ?? {}),
      'no/such',
    ),
  }),
  fc.record({
    type: fc.constant('line' as const),
    file: fc.string(),
    line: fc.nat(99),
  }),
);

test('update() keeps the cursor valid after any commands', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      let state = initialState('first');
      for (const one of commands) {
        state = update(state, one, world);
        assertValid(state);
      }
    }),
  );
});

test('update() returns to the same step after step and back', () => {
  fc.assert(
    fc.property(fc.constantFrom(...levels), fc.nat(60), (level, n) => {
      const from = play([
        { type: 'level', level },
        { type: 'seek', n },
      ]);
      if (from.n === model.count(level)) return;
      const to = play([{ type: 'step' }, { type: 'back' }], from);
      assert.deepEqual([to.n, to.row], [from.n, from.row]);
    }),
  );
});

test('update() stops at the first and the last step', () => {
  assert.equal(play([{ type: 'back' }]).n, 1);
  assert.equal(play([{ type: 'last' }, { type: 'step' }]).n, 14);
});

test('update() plays to the end, stops there, and starts again from the first step', () => {
  const playing = play([
    { type: 'seek', n: 12 },
    { type: 'play' },
    { type: 'tick' },
  ]);
  assert.deepEqual([playing.n, playing.playing], [13, true]);
  const ended = play([{ type: 'tick' }], playing);
  assert.deepEqual([ended.n, ended.playing], [14, false]);
  assert.equal(play([{ type: 'play' }], ended).n, 1);
});

test('update() stops playing at any action of the reader', () => {
  assert.equal(play([{ type: 'play' }, { type: 'back' }]).playing, false);
  assert.equal(
    play([{ type: 'play' }, { type: 'toOwn', way: 1 }]).playing,
    false,
  );
});

test('update() follows the prose until the reader takes the cursor over', () => {
  const [first, second] = beats;
  assert.ok(first && second);
  const followed = play([{ type: 'prose', beat: first }]);
  assert.deepEqual([followed.n, followed.driver], [4, 'prose']);
  const taken = play(
    [{ type: 'step' }, { type: 'prose', beat: second }],
    followed,
  );
  assert.deepEqual([taken.n, taken.driver], [5, 'reader']);
  const pressed = play([{ type: 'beat', beat: second }], taken);
  assert.deepEqual([pressed.n, pressed.driver], [8, 'prose']);
});

test('update() waits for the trace when a beat belongs to another scenario', () => {
  const beat = beats[2];
  assert.ok(beat);
  const waiting = play([{ type: 'prose', beat }]);
  assert.deepEqual(
    [waiting.scenario, waiting.status, waiting.n],
    ['second', 'loading', 0],
  );
  assert.equal(play([{ type: 'open' }], waiting).n, 12);
});

test('update() opens the nearest earlier beat for an address that is gone, and says so', () => {
  const state = play([
    { type: 'address', address: 'queue.get Services default/gone' },
  ]);
  assert.equal(state.n, 4);
  const late = play([
    { type: 'address', address: 'store.updateStatus Service default/gone' },
  ]);
  assert.equal(late.n, 8);
  assert.match(
    late.notice,
    /no longer has the step “store.updateStatus Service default\/gone”/,
  );
  assert.equal(play([{ type: 'step' }], late).notice, '');
});

test('update() keeps the moment when the level changes', () => {
  const lines = play([
    { type: 'seek', n: 5 },
    { type: 'level', level: 'lines' },
  ]);
  assert.deepEqual([lines.n, lines.row], [13, 16]);
  assert.equal(
    play([{ type: 'step' }, { type: 'level', level: 'story' }], lines).n,
    5,
  );
});

test('update() jumps to the next change of the thing that was just touched', () => {
  const created = play([
    { type: 'seek', n: 5 },
    { type: 'toChange', way: 1 },
  ]);
  assert.equal(created.n, 13);
  assert.equal(play([{ type: 'toChange', way: -1 }], created).n, 5);
});

test('update() jumps along the chosen lane, and along the step’s own without one', () => {
  assert.equal(
    play([
      { type: 'seek', n: 2 },
      { type: 'toOwn', way: 1 },
    ]).n,
    6,
  );
  assert.equal(
    play([
      { type: 'lane', lane: 4 },
      { type: 'toOwn', way: 1 },
    ]).n,
    10,
  );
});

test('update() shows a visit that is no step of this level at the level of lines', () => {
  const at = play([
    { type: 'seek', n: 2 },
    { type: 'toVisit', way: 1 },
  ]);
  assert.deepEqual([at.n, at.level], [6, 'story']);
  const inner = play([
    {
      type: 'line',
      file: 'runnable/knative/reconciler/service/service.ts',
      line: 36,
    },
    { type: 'toVisit', way: 1 },
  ]);
  assert.deepEqual([inner.row, inner.level], [5, 'lines']);
});

test('update() jumps between beats of its own scenario', () => {
  assert.equal(play([{ type: 'toBeat', way: 1 }]).n, 4);
  assert.equal(
    play([
      { type: 'toBeat', way: 1 },
      { type: 'toBeat', way: 1 },
      { type: 'toBeat', way: 1 },
    ]).n,
    8,
  );
});

test('update() ignores moves while no trace is open, and tells why it failed', () => {
  const waiting = update(
    initialState('first'),
    { type: 'step' },
    { model: undefined, beats },
  );
  assert.equal(waiting.n, 0);
  const failed = update(
    waiting,
    { type: 'fail', why: 'No network' },
    { model: undefined, beats },
  );
  assert.deepEqual([failed.status, failed.notice], ['failed', 'No network']);
});
