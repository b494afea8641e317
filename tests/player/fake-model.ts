/**
 * A trace model made by hand, for tests of the player alone.
 *
 * `serviceModel` tells the first steps of a Service in the words of the story;
 * `longModel` has as many steps as a test asks for. Each story step is a row
 * divisible by 4; the two rows after it are calls and lines inside it.
 */
import type {
  Arrow,
  FieldView,
  Interval,
  Level,
  MachineView,
  SlotView,
  Step,
  ThingView,
  TraceModel,
  WireView,
} from '../../src/trace/model.ts';
import type { Trace } from '../../src/trace/format.ts';

/** One story step, as a test writes it down. */
export interface Fact {
  readonly lane: number;
  readonly kind: string;
  readonly subject: string;
  readonly label: string;
  readonly sentence: string;
  readonly time?: number;
  readonly line?: number;
  readonly changes?: Step['changes'];
  readonly arrows?: readonly {
    readonly style: Arrow['style'];
    readonly from: number;
    readonly to: number;
    /** The story step it was sent at; this one if absent. */
    readonly since?: number;
    readonly label?: string;
  }[];
  /** Fields it writes, by thing. */
  readonly writes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Contents of slots after it, by name. */
  readonly slots?: Readonly<Record<string, readonly string[]>>;
  /** The state the machine enters. */
  readonly state?: string;
}

export interface Facts {
  readonly lanes: readonly (readonly [id: string, role: string])[];
  readonly steps: readonly Fact[];
  /** Owner by thing; '' for none. */
  readonly owners?: Readonly<Record<string, string>>;
  readonly states?: readonly string[];
  readonly busy?: readonly (readonly [
    lane: number,
    activity: Interval['activity'],
    from: number,
    to: number,
  ])[];
  readonly wires?: readonly WireView[];
}

const file = 'runnable/knative/reconciler/service/service.ts';

/** A model of the facts; everything is computed anew at each question. */
export function fakeModel(facts: Facts): TraceModel {
  const rows = facts.steps.length * 4;
  const has = (level: Level, row: number) =>
    level === 'lines'
      ? row % 4 < 3
      : level === 'calls'
        ? row % 4 < 2
        : row % 4 === 0;
  const per = { story: 1, calls: 2, lines: 3 };
  const rowOf = (level: Level, n: number) =>
    Math.floor((n - 1) / per[level]) * 4 + ((n - 1) % per[level]);
  const fact = (row: number): Fact => {
    const found = facts.steps[Math.floor(row / 4)];
    if (!found) throw new RangeError(`Cannot find row ${String(row)}`);
    return found;
  };
  const addressOf = (row: number) => {
    const { kind, subject } = fact(row);
    if (row % 4) return `call ${subject} inner #${String(row)}`;
    const same = facts.steps
      .slice(0, row / 4 + 1)
      .filter((one) => one.kind === kind && one.subject === subject).length;
    return `${kind} ${subject}${same > 1 ? ` #${String(same)}` : ''}`;
  };
  const step = (level: Level, n: number): Step => {
    const row = rowOf(level, n);
    const { lane, kind, subject, label, sentence, time, line, changes } =
      fact(row);
    return {
      row,
      n,
      lane,
      subject,
      label,
      sentence,
      file,
      address: addressOf(row),
      time: time ?? row,
      kind: row % 4 ? 'call' : kind,
      changes: changes ?? [],
      line: (line ?? 52) + (row % 4),
    };
  };
  const all = Array.from({ length: rows }, (_, row) => row);
  const written = (id: string, row: number) =>
    facts.steps.flatMap((one, i) => {
      const fields = one.writes?.[id];
      return fields && i * 4 <= row ? [{ row: i * 4, fields }] : [];
    });
  const thing = (id: string, row: number): ThingView => {
    const past = written(id, row);
    const names = [
      ...new Set(written(id, rows).flatMap((one) => Object.keys(one.fields))),
    ];
    const [kind = '', ...rest] = id.split('/');
    const owner = facts.owners?.[id];
    return {
      id,
      kind,
      name: rest.at(-1) ?? '',
      ...(owner && { owner }),
      state: past.length ? 'present' : 'future',
      touched: past.at(-1)?.row === row,
      fields: names.map((name): FieldView => {
        const values = past.filter((one) => name in one.fields);
        const last = values.at(-1);
        const now = last?.row === row;
        return {
          name,
          value: last?.fields[name] ?? '–',
          style: /Ready/.test(name) ? 'condition' : 'plain',
          ...(now && { before: values.at(-2)?.fields[name] ?? '–' }),
        };
      }),
    };
  };
  const slot = (name: string, row: number): SlotView => {
    const at = (r: number) =>
      facts.steps
        .slice(0, Math.floor(r / 4) + 1)
        .findLast((one) => one.slots?.[name])?.slots?.[name] ?? [];
    const changed = row % 4 === 0 && fact(row).slots?.[name];
    const [group = '', short = ''] = name.split(' ');
    return {
      group,
      name: short,
      contents: at(row),
      waiting: [],
      ...(changed && { before: row ? at(row - 4) : [] }),
    };
  };
  const machine = (row: number): MachineView => {
    const states = facts.states ?? [];
    const taken: { from: string; to: string; row: number }[] = [];
    facts.steps.forEach((one, i) => {
      if (one.state)
        taken.push({
          from: taken.at(-1)?.to ?? states[0] ?? '',
          to: one.state,
          row: i * 4,
        });
    });
    const kinds = new Map(taken.map((one) => [`${one.from} ${one.to}`, one]));
    return {
      name: 'SocketState',
      object: '',
      states,
      current: taken.findLast((one) => one.row <= row)?.to ?? states[0] ?? '',
      edges: [...kinds.values()].map(({ from, to }) => {
        const same = taken.filter((one) => one.from === from && one.to === to);
        return {
          from,
          to,
          taken: same.filter((one) => one.row <= row).length,
          total: same.length,
          now: same.some((one) => one.row === row),
          next: (same.find((one) => one.row > row) ?? same[0])?.row ?? 0,
        };
      }),
    };
  };
  const slotNames = [
    ...new Set(facts.steps.flatMap((one) => Object.keys(one.slots ?? {}))),
  ];
  return {
    trace: {
      lanes: facts.lanes.map(([id]) => ({ id, noun: id })),
      title: 'A fake',
      eventKinds: [],
      events: { kind: [], a: [] },
    } as unknown as Trace,
    lanes: facts.lanes.map(([id, role]) => ({
      id,
      role,
      noun: `the ${id}`,
      played: false,
    })),
    rows,
    count: (level) => facts.steps.length * per[level],
    step,
    spoken: (level, n) => ({
      text: step(level, n).sentence,
      source: 'fake',
      missing: [],
    }),
    at: (level, row) =>
      all.slice(0, row + 1).filter((one) => has(level, one)).length,
    find: (address) => all.find((row) => addressOf(row) === address),
    nearest: (address, count) =>
      all
        .filter((row) => row % 4 === 0)
        .map(addressOf)
        .filter((one) => one.split(' ')[0] === address.split(' ')[0])
        .slice(0, count),
    addressOf,
    arrows: (level, from, to) =>
      facts.steps.flatMap((one, i) =>
        (one.arrows ?? [])
          .map((arrow): Arrow => ({
            style: arrow.style,
            from: {
              lane: arrow.from,
              row: (arrow.since ? arrow.since - 1 : i) * 4,
            },
            to: { lane: arrow.to, row: i * 4 },
            label: arrow.label ?? one.label,
          }))
          .filter(
            (arrow) =>
              arrow.to.row >= rowOf(level, from) &&
              arrow.from.row <= rowOf(level, to),
          ),
      ),
    intervals: (lane, from, to) =>
      (facts.busy ?? [])
        .filter(
          ([which, , a, b]) =>
            which === lane && (b - 1) * 4 >= from && (a - 1) * 4 <= to,
        )
        .map(([, activity, a, b]) => ({
          activity,
          from: (a - 1) * 4,
          to: (b - 1) * 4,
        })),
    things: (row) =>
      Object.keys(facts.owners ?? {}).map((id) => thing(id, row)),
    document: (id, row) =>
      written(id, row).length
        ? written(id, row).reduce<Record<string, string>>(
            (all, one) => ({ ...all, ...one.fields }),
            { kind: id.split('/')[0] ?? '' },
          )
        : undefined,
    lastWriter: (id, field, row) =>
      written(id, row).findLast((one) => field in one.fields)?.row,
    machines: (row) => (facts.states ? [machine(row)] : []),
    slots: (row) => slotNames.map((name) => slot(name, row)),
    wires: () => facts.wires ?? [],
    stack: (row) => [
      {
        frame: 0,
        site: { symbol: 'Impl.processNextWorkItem' } as never,
        file,
        line: 40,
      },
      {
        frame: 1,
        site: { symbol: 'Reconciler.reconcile' } as never,
        file,
        line: fact(row).line ?? 52,
      },
    ],
    variables: () => [{ name: 'key', value: -1, now: true }],
    show: () => "'default/helloworld-go'",
    value: () => null,
    visits: (of, line) =>
      of === file
        ? all.filter(
            (row) => row % 4 < 3 && (fact(row).line ?? 52) + (row % 4) === line,
          )
        : [],
    changesOf: (id) => written(id, rows).map((one) => one.row),
    stepsOf: (lane, level) =>
      all.filter((row) => has(level, row) && fact(row).lane === lane),
  };
}
