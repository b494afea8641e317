/**
 * A run as OTLP/JSON, which Jaeger and other readers of OpenTelemetry take.
 *
 * One trace: a span for the run, below it one for each task, below those the
 * calls. What carries meaning is an event of the span it happened in; a link
 * leads from an effect to the span of its cause.
 *
 * A row is a microsecond after the one before it, beside the virtual time
 * that has passed, so that the order shows where virtual time stands still.
 */
import { hashOf } from '../hash.ts';
import type { Row, TraceModel } from '../model.ts';
import { callsOf, flowsOf, momentsOf, tasksOf } from './spans.ts';
import type { CallSpan, Moment, TaskSpan } from './spans.ts';

interface Attribute {
  readonly key: string;
  readonly value:
    | { readonly stringValue: string }
    /** 64 bits are text in the JSON form. */
    | { readonly intValue: string }
    | { readonly doubleValue: number };
}

interface SpanEvent {
  readonly timeUnixNano: string;
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

interface Link {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: readonly Attribute[];
}

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly events?: readonly SpanEvent[];
  readonly links?: readonly Link[];
  readonly status?: { readonly code: number; readonly message?: string };
}

const internal = 1;
const failed = 2;

/** The text of a file with one trace. */
export function writeOtlp(model: TraceModel): string {
  const { chapter, scenario, seed, title } = model.trace;
  const resource = attributes({
    'service.name': chapter,
    'inside_the_loop.scenario': scenario,
    'inside_the_loop.seed': seed,
    'inside_the_loop.title': title,
  });
  const scope = { name: 'inside-the-loop', version: '1' };
  const scopeSpans = [{ scope, spans: new Writer(model).spans() }];
  const resourceSpans = [{ resource: { attributes: resource }, scopeSpans }];
  return JSON.stringify({ resourceSpans });
}

/** Of a run, a task or a call: eight bytes, the first of which says which. */
const spanId = (what: 1 | 2 | 3, number: number): string =>
  `0${String(what)}${(number + 1).toString(16).padStart(14, '0')}`;

const runSpan = spanId(1, 0);

class Writer {
  readonly #model: TraceModel;
  readonly #traceId: string;
  readonly #calls: readonly CallSpan[];
  readonly #tasks: readonly TaskSpan[];
  readonly #known: ReadonlySet<string>;
  readonly #events = new Map<string, SpanEvent[]>();
  readonly #links = new Map<string, Link[]>();

  constructor(model: TraceModel) {
    const { chapter, scenario, seed } = model.trace;
    const name = `${chapter}/${scenario}/${String(seed)}`;
    this.#model = model;
    this.#traceId = hashOf(name) + hashOf(`${name}/trace`);
    this.#calls = callsOf(model);
    this.#tasks = tasksOf(model);
    this.#known = new Set([
      ...this.#calls.map(({ frame }) => spanId(3, frame)),
      ...this.#tasks.map(({ task }) => spanId(2, task)),
    ]);
    const moments = momentsOf(model);
    for (const moment of moments) this.#happened(moment);
    for (const { from, to } of flowsOf(model, moments)) {
      this.#link(this.#at(to), this.#at(from), model.addressOf(from));
    }
  }

  spans(): Span[] {
    const { chapter, scenario, error } = this.#model.trace;
    const run = this.#span(runSpan, `${chapter} · ${scenario}`, {
      begin: 0,
      end: this.#model.rows,
    });
    const ended = error === undefined ? {} : { status: status(error) };
    return [
      { ...run, ...ended },
      ...this.#tasks.map((task) => this.#task(task)),
      ...this.#calls.map((call) => this.#call(call)),
    ];
  }

  #task(task: TaskSpan): Span {
    const id = spanId(2, task.task);
    const { spawn } = task;
    if (spawn >= 0) this.#link(id, this.#at(spawn), 'started it');
    const span = this.#span(id, task.name, task);
    return { ...span, parentSpanId: runSpan };
  }

  #call(call: CallSpan): Span {
    const { parent, task, file, line, error, outcome } = call;
    const span = this.#span(spanId(3, call.frame), call.symbol, call, {
      'code.function.name': call.symbol,
      'code.file.path': file,
      'code.line.number': line,
      ...Object.fromEntries(
        Object.entries(call.args).map(([name, text]) => [`arg.${name}`, text]),
      ),
      ...(outcome === 'open' && { outcome: 'open when the run ended' }),
    });
    const above = parent >= 0 ? spanId(3, parent) : spanId(2, task);
    return {
      ...span,
      parentSpanId: this.#known.has(above) ? above : runSpan,
      ...(outcome === 'threw' && { status: status(error ?? '') }),
    };
  }

  #span(
    id: string,
    name: string,
    { begin, end }: { readonly begin: Row; readonly end: Row },
    facts: Facts = {},
  ): Span {
    const { time } = this.#model.trace.events;
    const [events, links] = [this.#events.get(id), this.#links.get(id)];
    const last = time[Math.min(end, time.length - 1)] ?? 0;
    return {
      traceId: this.#traceId,
      spanId: id,
      name: name === '' ? '(nameless)' : name,
      kind: internal,
      startTimeUnixNano: this.#nano(begin),
      endTimeUnixNano: this.#nano(end),
      attributes: attributes({
        ...facts,
        'virtual.start_ms': time[begin] ?? 0,
        'virtual.end_ms': last,
      }),
      ...(events !== undefined && { events }),
      ...(links !== undefined && { links }),
    };
  }

  /** The span in which a row happened. */
  #at(row: Row): string {
    const { frame, task } = this.#model.trace.events;
    const ids = [spanId(3, frame[row] ?? -1), spanId(2, task[row] ?? -1)];
    return ids.find((id) => this.#known.has(id)) ?? runSpan;
  }

  #happened({ step }: Moment): void {
    const { row, kind, address, sentence, time, file, line } = step;
    const event = {
      timeUnixNano: this.#nano(row),
      name: step.label,
      attributes: attributes({
        kind,
        address,
        sentence,
        'virtual.ms': time,
        ...(file !== undefined && { 'code.file.path': file }),
        ...(line !== undefined && { 'code.line.number': line }),
      }),
    };
    put(this.#events, this.#at(row), event);
  }

  #link(from: string, to: string, why: string): void {
    if (from === to) return;
    const about = attributes({ cause: why });
    put(this.#links, from, {
      traceId: this.#traceId,
      spanId: to,
      attributes: about,
    });
  }

  #nano(row: Row): string {
    const { start, events } = this.#model.trace;
    const passed = events.time[Math.min(row, events.time.length - 1)] ?? 0;
    const virtual = BigInt(Math.round((start + passed) * 1000));
    return String((virtual + BigInt(row)) * 1000n);
  }
}

const status = (message: string) => ({ code: failed, message });

type Facts = Readonly<Record<string, string | number>>;

function attributes(facts: Facts): Attribute[] {
  return Object.entries(facts).map(([key, fact]) => {
    if (typeof fact === 'string') return { key, value: { stringValue: fact } };
    const value = Number.isSafeInteger(fact)
      ? { intValue: String(fact) }
      : { doubleValue: fact };
    return { key, value };
  });
}

function put<T>(lists: Map<string, T[]>, id: string, item: T): void {
  const list = lists.get(id);
  if (list === undefined) lists.set(id, [item]);
  else list.push(item);
}
