/**
 * The stepper on a terminal of our own: keys in, frames out.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { beatsOf } from '../../../src/chapter/step/prose.ts';
import { show } from '../../../src/chapter/step/screen.ts';
import { sourceReader } from '../../../src/chapter/step/source.ts';
import { Stage } from '../../../src/chapter/step/stage.ts';
import type { StageSetup } from '../../../src/chapter/step/stage.ts';
import { width } from '../../../src/chapter/step/text.ts';
import { recordScenario } from '../../../src/chapter/record.ts';
import { openTrace } from '../../../src/trace/open.ts';
import type { TraceModel } from '../../../src/trace/model.ts';
import { FakeTerminal } from './fake-terminal.ts';

const chapter = 'kubelet/02-pod-workers';
const names = ['parked-kill', 'forgotten-kill', 'two-kills'];
const models = new Map<string, Promise<TraceModel>>();

function load(scenario: string): Promise<TraceModel> {
  const known = models.get(scenario);
  if (known !== undefined) return known;
  const model = recordScenario({ chapter, scenario }).then(openTrace);
  models.set(scenario, model);
  return model;
}

/** Steps on a terminal as `act` says, and gives what is left of it. */
async function stepping(
  act: (terminal: FakeTerminal, stage: Stage) => Promise<void>,
  more: Partial<StageSetup> & { readonly at?: string } = {},
  terminal = new FakeTerminal(),
): Promise<FakeTerminal> {
  const stage = new Stage({
    name: chapter,
    flags: [],
    scenarios: names.map((id) => ({ id, title: `About ${id}` })),
    scenario: 'parked-kill',
    level: 'story',
    beats: beatsOf(chapter, names),
    source: sourceReader(),
    load,
    ...more,
  });
  await stage.begin(more.at);
  const acted = async (): Promise<void> => {
    try {
      await act(terminal, stage);
    } finally {
      await terminal.type('\u0003');
    }
  };
  await Promise.all([show(stage, terminal), acted()]);
  assert.equal(terminal.isTaken, false, 'the screen is given back');
  assert.deepEqual(terminal.raw, [true, false], 'so is the keyboard');
  return terminal;
}

const right = '\u001b[C';
const left = '\u001b[D';

describe('show()', () => {
  test('draws source, sentence and stack of each step', async () => {
    await stepping(async (terminal) => {
      assert.equal(terminal.isTaken, true);
      assert.match(
        terminal.text,
        /^ kubelet\/02-pod-workers · parked-kill .* story 1\/26 {2}0\.000s {2}pleg/,
      );
      await terminal.type(right, 'j');
      const { text } = terminal;
      assert.match(text, /story 3\/26/);
      assert.match(text, /\nrunnable\/kubelet\/pod-workers\.ts:\d+/);
      assert.match(text, /\n▶ +\d+ /);
      assert.match(
        text,
        /\n── task\.start worker uid-web ─+\n`updatePod` starts a worker/,
      );
      assert.match(text, /\nstack: .*PodWorkers\.updatePod/);
      assert.match(text, /\? keys {2}q leave$/);
      await terminal.type(left);
      assert.match(terminal.text, /story 2\/26/);
    });
  });

  test('no row is wider or lower than the terminal, at any size', async () => {
    await stepping(async (terminal) => {
      for (const [columns, rows] of [
        [80, 24],
        [132, 50],
        [40, 12],
        [24, 8],
        [10, 3],
        [200, 9],
      ] as const) {
        terminal.resize(columns, rows);
        for (const key of ['4', '5', '?', '?', 't', right]) {
          await terminal.type(key);
          const drawn = terminal.text.split('\n');
          assert.ok(drawn.length <= rows);
          for (const row of drawn) {
            assert.ok(width(row) <= columns, `${columns}: ${row}`);
          }
        }
      }
    });
  });

  test('a wide terminal has the other view beside the source', async () => {
    await stepping(async (terminal) => {
      terminal.resize(140, 40);
      assert.match(terminal.text, / │ ── (?:Objects|Queues|States) ─/);
    });
  });

  test('levels, beats and views have the keys of the page', async () => {
    await stepping(async (terminal, stage) => {
      await terminal.type('2');
      assert.match(terminal.text, / calls \d+\/\d+/);
      await terminal.type('1', 'b');
      assert.match(terminal.text, / beat 1\/8 /);
      const { row } = stage.state;
      await terminal.type('t');
      assert.match(terminal.text, /\n── Text ─+\n\w/);
      await terminal.type('b', 'B');
      assert.equal(stage.state.row, row);
      await terminal.type('\t');
      assert.match(terminal.text, /\n── Lanes ─/);
      assert.doesNotMatch(terminal.text, /\n── Text ─/);
      await terminal.type('\u001b[Z', '?');
      assert.match(terminal.text, /\n {2}b B +next, previous beat of the text/);
      assert.match(terminal.text, /\n {2}q +leave/);
    });
  });

  test('finds an address, words, and says when there is none', async () => {
    await stepping(async (terminal, stage) => {
      await terminal.type('/', 'q', '\u007f');
      await terminal.type('call killPodNow uid-web', '\r');
      assert.match(terminal.text, /\n── call killPodNow uid-web ─/);
      await terminal.type('/', 'PARK', '\r');
      const { n } = stage.state;
      await terminal.type('n', 'N');
      assert.equal(stage.state.n, n);
      await terminal.type('/', 'killPodLater', '\r');
      assert.match(terminal.text, /\nNo step has “killPodLater”; the nearest/);
      assert.equal(stage.state.n, n);
    });
  });

  test('records another scenario when it is chosen', async () => {
    await stepping(async (terminal) => {
      await terminal.type('s', '\u001b[B');
      assert.match(terminal.text, /\n▶ forgotten-kill {2}About forgotten-kill/);
      await terminal.type('\r');
      await load('forgotten-kill');
      await terminal.type('l');
      assert.match(terminal.text, /· forgotten-kill .*story 1\//);
    });
  });

  test('says why a scenario cannot be had', async () => {
    const why = 'Cannot run it: for a test';
    const broken = async (id: string): Promise<TraceModel> => {
      if (id === 'two-kills') throw new Error(why);
      return load(id);
    };
    await stepping(
      async (terminal) => {
        await terminal.type('s', '\u001b[F', '\r', 'l');
        assert.match(terminal.text, /\nCannot run it: for a test\n/);
      },
      { load: broken },
    );
  });

  test('marks where a second run parts from the first', async () => {
    const model = await load('two-kills');
    await stepping(
      async (terminal, stage) => {
        const first = stage.divergence!;
        assert.ok(first > 1);
        await terminal.type(' ', ' ', 'x');
        assert.equal(stage.state.n, first);
        assert.match(terminal.text, / ≠ here the runs part ─/);
        assert.match(terminal.text, /\n {4}this run +│ two-kills/);
        assert.match(terminal.text, new RegExp(`\\n≠ ${first} .* ≠ ${first} `));
      },
      { against: { name: 'two-kills', model } },
    );
  });

  test('begins where it is asked to, and tells how to come back', async () => {
    const at = 'call PodWorkers.updatePod kill';
    await stepping(
      async (terminal) => {
        assert.match(terminal.text, /\n── call PodWorkers\.updatePod kill ─/);
        await terminal.type('c');
        const shown = terminal.text.replaceAll('\n', '');
        assert.ok(
          shown.includes(`npm run chapter step ${chapter} -- --at "${at}"`),
        );
      },
      { at },
    );
  });

  test('uses no colour when none is wanted', async () => {
    const styled = (text: string): boolean =>
      text.replaceAll('\u001b[0m', '').includes('m') &&
      /\u001b\[[1-9;]+m/u.test(text);
    const plain = await stepping(async () => undefined);
    assert.equal(styled(plain.written), false);
    const colours = new FakeTerminal(80, 24, true);
    await stepping(async () => undefined, {}, colours);
    assert.equal(styled(colours.written), true);
  });

  test('gives the terminal back when something breaks', async () => {
    const terminal = new FakeTerminal();
    const source = (): never => {
      throw new Error('for a test');
    };
    await assert.rejects(
      stepping(async () => undefined, { source }, terminal),
      /for a test/,
    );
    assert.equal(terminal.isTaken, false);
    assert.deepEqual(terminal.raw, [true, false]);
  });

  test('ends when the terminal goes away', async () => {
    const terminal = new FakeTerminal();
    await stepping(
      async () => {
        terminal.input.end();
      },
      {},
      terminal,
    );
  });

  test('q leaves', async () => {
    await stepping(async (terminal) => {
      await terminal.type('q');
      assert.equal(terminal.isTaken, false);
    });
  });

  test('Ctrl+C leaves from everywhere', async () => {
    const terminal = new FakeTerminal();
    await stepping(
      async () => {
        await terminal.type('/', '\u0003');
        assert.equal(terminal.isTaken, false);
      },
      {},
      terminal,
    );
  });
});
