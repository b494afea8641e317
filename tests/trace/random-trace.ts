/**
 * Random traces for properties: a few tasks that call, return, write
 * variables, move machines and send values, in any order the rules allow.
 */
import fc from 'fast-check';
import type { Trace } from '../../src/trace/format.ts';
import { TraceBuilder } from './builder.ts';

type Move =
  | { readonly do: 'call' | 'return' | 'line'; readonly what: number }
  | { readonly do: 'set' | 'write' | 'state' | 'send'; readonly what: number }
  | { readonly do: 'task' | 'wait' | 'conflict'; readonly what: number };

const moves = [
  'call',
  'return',
  'line',
  'set',
  'write',
  'state',
  'send',
  'task',
  'wait',
  'conflict',
] as const;

const move: fc.Arbitrary<Move> = fc.record({
  do: fc.constantFrom(...moves),
  what: fc.integer({ min: 0, max: 3 }),
});

const states = ['red', 'amber', 'green', 'off'];

/** Traces of up to 120 moves. */
export const randomTrace: fc.Arbitrary<Trace> = fc
  .array(move, { minLength: 1, maxLength: 120 })
  .map(buildTrace);

class Script {
  readonly builder = new TraceBuilder();
  readonly sites: readonly number[];
  readonly counters: Record<string, number>[] = [{}, {}, {}, {}];
  depth = 0;
  time = 0;
  state = 'red';

  constructor() {
    this.builder.lane('a', ['task 0', 'task 1']).lane('b', ['task*']);
    this.builder.machines = [{ name: 'Light', states, initial: 'red' }];
    this.sites = ['one', 'two', 'Three.four', 'five'].map((symbol, index) =>
      this.builder.site(symbol, {
        line: 10 + 10 * index,
        params: ['x'],
        ...(index < 2
          ? { story: ['as {x}', `Number {x} does ${symbol}.`] }
          : {}),
      }),
    );
    this.builder.task('task 0');
  }

  play({ do: what, what: n }: Move): void {
    const { builder } = this;
    if (what === 'call') {
      builder.call(this.sites[n] ?? 0, [n]);
      this.depth += 1;
    } else if (what === 'task') {
      builder.task(`task ${String(n)}`);
      this.depth = 0;
    } else if (what === 'wait') {
      this.time += n;
      builder.at(this.time);
    } else if (this.depth > 0) this.inside(what, n);
  }

  inside(what: Move['do'], n: number): void {
    const { builder } = this;
    if (what === 'return') {
      builder.return(n);
      this.depth -= 1;
    } else if (what === 'line') builder.line(12 + n);
    else if (what === 'set') {
      const counter = this.counters[n] ?? {};
      counter['count'] = (counter['count'] ?? 0) + 1;
      builder.set(`v${String(n)}`, n % 2 === 0 ? n : counter);
    } else this.happen(what, n);
  }

  happen(what: Move['do'], n: number): void {
    const { builder } = this;
    const subject = `Thing default/t${String(n)}`;
    if (what === 'write') {
      const metadata = { name: `t${String(n)}`, namespace: 'default' };
      const status = { phase: String(this.time) };
      const object = { apiVersion: 'v1', kind: 'Thing', metadata, status };
      builder.event('store.update', subject, { fields: { object } });
    } else if (what === 'state') {
      const to = states[n] ?? 'off';
      if (to === this.state) return;
      const fields = { machine: 'Light', object: '', from: this.state, to };
      builder.event('state', `Light ${to}`, { fields });
      this.state = to;
    } else if (what === 'send') {
      builder.event('chan.send', `c${String(n)}`, {
        fields: { value: n, held: 1 },
      });
    } else {
      builder.event('store.conflict', subject, {
        fields: { had: '1', now: '2' },
      });
    }
  }
}

function buildTrace(script: readonly Move[]): Trace {
  const play = new Script();
  for (const one of script) play.play(one);
  return play.builder.build();
}
