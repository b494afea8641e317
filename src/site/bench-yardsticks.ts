/** The same events, shown by others: what the stage's cost is compared with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step, TraceModel } from '../trace/model.ts';
import type { BenchPage } from './bench-page.ts';
import { root } from './project.ts';

const plain = '<!doctype html><title>Yardstick</title><body></body>';

/** A page of its own, without the site's policy. */
async function empty({ page }: BenchPage): Promise<void> {
  await page.goto('about:blank');
  await page.setContent(plain);
}

/** CPU of drawing a sequence diagram with a message for each event. */
export async function drawMermaid(
  bench: BenchPage,
  model: TraceModel,
): Promise<number> {
  await empty(bench);
  const folder = join(root, 'node_modules', 'mermaid', 'dist');
  await bench.page.addScriptTag({
    content: readFileSync(join(folder, 'mermaid.min.js'), 'utf8'),
  });
  const name = (lane: number): string => model.lanes[lane]?.id ?? 'nobody';
  const lines = stepsOf(model).map((step, at, all) => {
    const next = all[at + 1] ?? step;
    return `  ${name(step.lane)}->>${name(next.lane)}: ${plainText(step.label)}`;
  });
  const text = ['sequenceDiagram', ...lines].join('\n');
  return bench.cpu(() =>
    bench.page.evaluate(async (source) => {
      const { mermaid } = globalThis as unknown as { mermaid: MermaidGlobal };
      mermaid.initialize({ maxTextSize: 1e7, maxEdges: 1e6 });
      const { svg } = await mermaid.render('diagram', source);
      document.body.innerHTML = svg;
    }, text),
  );
}

interface MermaidGlobal {
  initialize(options: object): void;
  render(id: string, text: string): Promise<{ readonly svg: string }>;
}

const plainText = (label: string): string => label.replace(/[^\w ./-]/g, ' ');

/** CPU of drawing an SVG with a row for each event. */
export async function drawWhole(
  bench: BenchPage,
  model: TraceModel,
): Promise<number> {
  await empty(bench);
  const steps = stepsOf(model);
  const rows = steps.map(({ lane, label }) => ({ lane, label }));
  return bench.cpu(() =>
    bench.page.evaluate((all) => {
      const parts = all.map(({ lane, label }, n) => {
        const [x, y] = [60 + lane * 90, 20 + n * 35];
        return `<g><rect x="${x - 5}" y="${y}" width="10" height="35"/><path d="M${x} ${y}h80"/><text x="${x + 8}" y="${y + 20}">${n + 1} ${label}</text></g>`;
      });
      const height = all.length * 35 + 40;
      document.body.innerHTML = `<style>.now{fill:red}</style><svg width="900" height="${height}">${parts.join('')}</svg>`;
    }, rows),
  );
}

/** CPU of one step in it: the next row is marked and brought into sight. */
export async function stepWhole(
  bench: BenchPage,
  times: number,
): Promise<number> {
  const all = await bench.cpu(() =>
    bench.page.evaluate(async (count) => {
      const rows = document.querySelectorAll('g');
      const from = rows.length >> 1;
      for (let n = from; n < from + count; n += 1) {
        rows[n - 1]?.classList.remove('now');
        rows[n]?.classList.add('now');
        rows[n]?.scrollIntoView({ block: 'center' });
        await new Promise((go) => requestAnimationFrame(go));
      }
    }, times),
  );
  return all / times;
}

/** Every step of the finest level. */
function stepsOf(model: TraceModel): Step[] {
  const count = model.count('lines');
  return Array.from({ length: count }, (_, at) => model.step('lines', at + 1));
}
