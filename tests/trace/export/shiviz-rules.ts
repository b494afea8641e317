/**
 * What ShiViz demands of a log: an expression that reads all of it, and clocks
 * that are vector clocks.
 */
import assert from 'node:assert/strict';

export interface LogEvent {
  readonly host: string;
  readonly clock: Readonly<Record<string, number>>;
  readonly time: string;
  readonly event: string;
}

/** Fails unless a text is a log that ShiViz opens; gives its events. */
export function checkShiviz(text: string): LogEvent[] {
  const [expression = '', delimiter, ...rest] = text.split('\n');
  assert.equal(delimiter, '', 'one execution');
  const log = rest.join('\n');
  const pattern = new RegExp(expression, 'gmu');
  const found = [...log.matchAll(pattern)];
  const read = found.map(([whole]) => whole).join('\n');
  assert.equal(read, log, 'the expression reads every line');
  const events = found.map(({ groups = {} }): LogEvent => {
    const { host = '', clock = '', time = '', event = '' } = groups;
    assert.ok(event !== '');
    const parsed = JSON.parse(clock) as LogEvent['clock'];
    return { host, clock: parsed, time, event };
  });
  const latest = new Map<string, LogEvent['clock']>();
  for (const { host, clock, event } of events) {
    const before = latest.get(host) ?? {};
    // The first event of a host has 1, each further one has one more.
    assert.equal(clock[host], (before[host] ?? 0) + 1, `${host}: ${event}`);
    for (const [other, count] of Object.entries(clock)) {
      assert.ok(count >= (before[other] ?? 0), `${host} forgets ${other}`);
      if (other === host) continue;
      const known = latest.get(other)?.[other] ?? 0;
      assert.ok(count <= known, `${host} knows the future of ${other}`);
    }
    latest.set(host, clock);
  }
  return events;
}
