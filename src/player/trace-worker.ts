/**
 * Reads a recording away from the page: parses it, checks all of it, and
 * hands it back in pieces, none so large that taking it would be felt.
 */
import type { Trace } from '../trace/format.ts';
import { readTrace } from '../trace/read.ts';

/** Entries of a list that are handed over at once. */
const most = 50_000;

/** What the worker says: a part of a list, the rest of the trace, or why not. */
export type TracePiece =
  | { readonly list: string; readonly items: readonly unknown[] }
  | { readonly rest: Partial<Trace> }
  | { readonly error: string };

const lists = ['objects', 'strings', 'values', 'pool'] as const;

/** What the page says: what to read, and `more` when it has taken a piece. */
addEventListener('message', ({ data }: MessageEvent<'more' | Blob>) => {
  if (data === 'more') taken();
  else void answer(data);
});

let taken = (): void => undefined;

async function answer(data: Blob): Promise<void> {
  try {
    const name = data instanceof File ? `"${data.name}"` : 'the recording';
    await handOver(readTrace(parsed(name, await data.text())));
  } catch (error) {
    say({ error: error instanceof Error ? error.message : String(error) });
  }
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot open ${name}: expected a recording in JSON`, {
      cause,
    });
  }
}

async function handOver(trace: Trace): Promise<void> {
  const { objects, strings, values, pool, events, ...rest } = trace;
  const long = { objects, strings, values, pool };
  for (const name of lists) await cut(name, long[name]);
  for (const [name, column] of Object.entries(events)) {
    await cut(`events.${name}`, column as readonly number[]);
  }
  say({ rest });
}

/** One piece after the other, each when the page has taken the last one. */
async function cut(list: string, all: readonly unknown[]): Promise<void> {
  for (let from = 0; from < all.length; from += most) {
    const ready = new Promise<void>((settle) => {
      taken = settle;
    });
    say({ list, items: all.slice(from, from + most) });
    await ready;
  }
}

function say(piece: TracePiece): void {
  postMessage(piece);
}
