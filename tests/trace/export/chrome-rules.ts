/**
 * The rules of the Trace Event format for the events that we write, checked as
 * a reader would meet them.
 */
import assert from 'node:assert/strict';

interface Event {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
  readonly cat: string;
  readonly id: number;
  readonly bp?: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface ChromeFile {
  readonly traceEvents: readonly Event[];
}

/** Fails unless a text is a file that Perfetto reads without loss. */
export function checkChrome(text: string): ChromeFile {
  const file = JSON.parse(text) as ChromeFile;
  const named = new Set<number>();
  let before = 0;
  for (const event of file.traceEvents) {
    const { name, ph, pid, tid, ts } = event;
    assert.match(ph, /^[MbeXsf]$/);
    assert.equal(typeof name, 'string');
    assert.ok(Number.isInteger(pid) && Number.isInteger(tid));
    if (ph === 'M') {
      if (name === 'thread_name') named.add(tid);
      continue;
    }
    assert.ok(Number.isSafeInteger(ts) && ts >= before, `${name} at ${ts}`);
    assert.ok(named.has(tid), `the thread of "${name}" has a name`);
    assert.ok(event.cat !== '');
    before = ts;
  }
  checkPairs(file.traceEvents);
  checkFlows(file.traceEvents);
  return file;
}

/** Each `b` has one later `e` of the same category, id, thread and name. */
function checkPairs(events: readonly Event[]): void {
  const open = new Map<string, Event>();
  for (const event of events) {
    const key = `${event.cat} ${event.id}`;
    if (event.ph === 'b') {
      assert.ok(!open.has(key), `${key} begins once`);
      open.set(key, event);
    }
    if (event.ph !== 'e') continue;
    const begin = open.get(key);
    assert.ok(begin, `${key} ends after it began`);
    assert.deepEqual([begin.name, begin.tid], [event.name, event.tid]);
    open.delete(key);
  }
  assert.deepEqual([...open.keys()], [], 'everything ends');
}

/** Flows begin and end inside a slice of their thread, in this order. */
function checkFlows(events: readonly Event[]): void {
  const slices = new Set<string>();
  for (const { ph, tid, ts, dur } of events) {
    if (ph !== 'X') continue;
    assert.equal(dur, 1, 'slices do not overlap');
    const place = `${tid} ${ts}`;
    assert.ok(!slices.has(place), `one slice at ${place}`);
    slices.add(place);
  }
  const starts = new Map<number, Event>();
  const ended = new Set<number>();
  for (const event of events) {
    const { ph, id, tid, ts } = event;
    if (ph !== 's' && ph !== 'f') continue;
    assert.ok(slices.has(`${tid} ${ts}`), `flow ${id} binds to a slice`);
    if (ph === 's') {
      assert.ok(!starts.has(id));
      starts.set(id, event);
      continue;
    }
    const start = starts.get(id);
    assert.ok(start && start.ts < ts && !ended.has(id), `flow ${id}`);
    assert.deepEqual([start.name, start.cat], [event.name, event.cat]);
    assert.equal(event.bp, 'e');
    ended.add(id);
  }
  assert.equal(ended.size, starts.size, 'every flow ends');
}
