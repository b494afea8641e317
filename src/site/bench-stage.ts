/**
 * What the stage costs its reader's processor, beside two ways to show the
 * same events that draw all of them: a Mermaid diagram, and one large SVG.
 */
import type { Trace } from '../trace/format.ts';
import { openTrace } from '../trace/open.ts';
import { writeTrace } from '../trace/pack.ts';
import { median, type Figure } from './bench-figure.ts';
import { BenchPage } from './bench-page.ts';
import { drawMermaid, drawWhole, stepWhole } from './bench-yardsticks.ts';
import { machineTrace } from './machine-trace.ts';

const chapter = 'knative/02-service';
const [first, second] = ['hello-world', 'update'] as const;
const steps = 60;
const rounds = 5;
const ms = 'ms';

const traceOf = (rows: number): Trace =>
  machineTrace({ rows, objects: 40, workers: 8 });

/** Steps, seeks and first drawings, and how a very long trace opens. */
export async function* stage(): AsyncIterable<Figure> {
  const bench = await BenchPage.open();
  try {
    yield* drawing(bench, 1000);
    for (const rows of [1000, 10_000, 100_000]) yield* moving(bench, rows);
    yield* freezing(bench, 1_000_000);
  } finally {
    await bench.close();
  }
}

/** Puts a trace in the place of one of the chapter's, and opens the page. */
async function show(
  { page, address }: BenchPage,
  scenario: string,
  trace: Trace,
): Promise<void> {
  const body = writeTrace(trace);
  await page.unrouteAll();
  await page.route(`**/traces/${chapter}/${scenario}.json`, (route) =>
    route.fulfill({ contentType: 'application/json', body }),
  );
  await page.goto('about:blank');
  await page.goto(`${address}${chapter}/`);
  await page.waitForSelector('[data-stage][data-live]');
  await page.waitForSelector('[data-status=ready]');
}

/** Chooses a scenario and waits until it is drawn. */
async function choose({ page }: BenchPage, scenario: string): Promise<void> {
  await page.locator('.stage .run select').selectOption(scenario);
  await page.waitForSelector('.stage [data-status=ready] .l-picture');
}

/** Fetching, opening and drawing a scenario that the reader chooses. */
async function* drawing(bench: BenchPage, rows: number): AsyncIterable<Figure> {
  const trace = traceOf(rows);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await show(bench, second, trace);
    times.push(await bench.cpu(() => choose(bench, second)));
  }
  const name = `first drawing of ${String(rows)} events, CPU`;
  const mermaid = await drawMermaid(bench, openTrace(trace));
  const whole = await drawWhole(bench, openTrace(trace));
  const value = median(times);
  yield figure(name, value, 'a Mermaid sequence diagram of them', mermaid);
  yield figure(name, value, 'an SVG of all of them', whole);
  yield figure(name, value, 'the aim', 100);
}

/** One step, and one seek to anywhere, of a trace at its finest level. */
async function* moving(bench: BenchPage, rows: number): AsyncIterable<Figure> {
  const trace = traceOf(rows);
  const { page } = bench;
  await show(bench, first, trace);
  await page.keyboard.press('3');
  const count = Number(await slider(bench).getAttribute('max'));
  const seek = (part: number) =>
    slider(bench).fill(String(1 + Math.floor((count - 1) * part)));
  await seek(0.5);
  const idle = await bench.cpu(() => press(bench, 'Shift'));
  const stepping = await bench.cpu(() => press(bench, 'j'));
  const seeking = await bench.cpu(() => scrub(bench));
  const events = `${String(rows)} events, 40 objects`;
  await drawWhole(bench, openTrace(trace));
  const whole = await stepWhole(bench, steps);
  const yardstick = 'a step in an SVG of all of them';
  const still = ['a frame in which nothing changes', idle / steps] as const;
  yield figure(`one step, ${events}, CPU`, stepping / steps, yardstick, whole);
  yield figure(`one step, ${events}, CPU`, stepping / steps, ...still);
  yield figure(`one step, ${events}, CPU`, stepping / steps, 'the aim', 16);
  yield figure(`one seek, ${events}, CPU`, seeking / steps, ...still);
  yield figure(`one seek, ${events}, CPU`, seeking / steps, 'the aim', 16);
}

const slider = ({ page }: BenchPage) =>
  page.locator('.stage input[type=range]');

/** Presses a key again and again, each time after a frame was drawn. */
async function press({ page }: BenchPage, key: string): Promise<void> {
  await page.evaluate(
    async ({ wanted, times }) => {
      for (let i = 0; i < times; i += 1) {
        const init = { key: wanted, bubbles: true };
        document.body.dispatchEvent(new KeyboardEvent('keydown', init));
        await new Promise((go) => requestAnimationFrame(go));
      }
    },
    { wanted: key, times: steps },
  );
}

/** Drags the slider to and fro over the whole run. */
async function scrub(bench: BenchPage): Promise<void> {
  await slider(bench).evaluate(async (input: HTMLInputElement, times) => {
    for (let i = 0; i < times; i += 1) {
      const part = ((i * 37) % 101) / 101;
      input.value = String(1 + Math.floor((Number(input.max) - 1) * part));
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((go) => requestAnimationFrame(go));
    }
  }, steps);
}

/** The longest time for which a page stands still: no timer comes through. */
async function* freezing(
  bench: BenchPage,
  rows: number,
): AsyncIterable<Figure> {
  const { page } = bench;
  await page.addInitScript(() => {
    const beat = { longest: 0, last: performance.now() };
    Object.assign(globalThis, { beat });
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const now = performance.now();
      beat.longest = Math.max(beat.longest, now - beat.last);
      beat.last = now;
      setTimeout(() => {
        channel.port2.postMessage('');
      }, 5);
    };
    channel.port2.postMessage('');
  });
  const longest = () =>
    page.evaluate(() => {
      const { beat } = globalThis as unknown as { beat: { longest: number } };
      const { longest: found } = beat;
      beat.longest = 0;
      return found;
    });
  const trace = traceOf(rows);
  const text = writeTrace(trace);
  const began = performance.now();
  JSON.parse(text);
  const parsed = performance.now() - began;
  // The page is there: what it costs by itself is not counted.
  await show(bench, second, trace);
  await longest();
  const before = performance.now();
  await choose(bench, second);
  const opened = performance.now() - before;
  const events = `${String(rows)} events`;
  const aim = ['the aim', 200] as const;
  yield figure(`longest freeze, opening ${events}`, await longest(), ...aim);
  await press(bench, 'j');
  yield figure(`longest freeze, stepping ${events}`, await longest(), ...aim);
  await page.keyboard.press('3');
  await slider(bench).fill('500000');
  await press(bench, 'j');
  yield figure(`longest freeze, seeking ${events}`, await longest(), ...aim);
  yield figure(`opening ${events}`, opened, 'parsing their JSON', parsed);
}

function figure(
  name: string,
  value: number,
  yardstick: string,
  against: number,
): Figure {
  return { name, value, yardstick, against, unit: ms };
}
