/**
 * Closed, or upgraded: who is told of an event, and what is answered.
 */
import { expectSame } from '#exercise';
import type { Bench, Call, Check, Run } from '#exercise';
import type { SocketStatus } from '../../../../../runnable/tomcat/util/net/socket-wrapper.ts';
import type * as Parts from './parts.ts';

const path = 'content/tomcat/03-upgrade/exercises/closed-or-upgraded/parts.ts';

/** How the streams of a connection behave. */
interface Streams {
  readonly inputRequiresClose?: boolean;
  readonly outputRequiresClose?: boolean;
  /** What every call of a stream fails with. */
  readonly fails?: 'IOException' | 'Error';
}

/** What was called, and what was answered or thrown. */
async function dispatch(
  { inWorld }: Bench,
  { AbstractProcessor, IOException }: typeof Parts,
  status: SocketStatus,
  streams: Streams = {},
): Promise<unknown> {
  const called: string[] = [];
  const method = (name: string) => () => {
    called.push(name);
    if (streams.fails === 'Error') throw new Error('A fault of the code');
    if (streams.fails === undefined) return Promise.resolve();
    return Promise.reject(new IOException('Connection reset'));
  };
  const input = {
    onDataAvailable: method('input.onDataAvailable'),
    close: method('input.close'),
    isCloseRequired: () => streams.inputRequiresClose ?? false,
  };
  const output = {
    onWritePossible: method('output.onWritePossible'),
    close: method('output.close'),
    isCloseRequired: () => streams.outputRequiresClose ?? false,
  };
  const processor = new AbstractProcessor(
    'NioProcessor',
    undefined as never,
    input as never,
    output as never,
    { write: () => undefined },
  );
  const answer = await inWorld(async () => {
    try {
      return await processor.upgradeDispatch(status);
    } catch (error) {
      const { message, name } = error as Error;
      if (message === 'A fault of the code') return 'the error';
      if (name === 'IOException') return name;
      throw error;
    }
  });
  return [...called, answer];
}

/** The turns of the loop in a chat of one message, on NIO. */
const chat = ['UPGRADING', 'UPGRADED', 'UPGRADED', 'CLOSED'];

/** The debug lines of the connection handler, and what each ends in. */
const turnsOf = (run: Run): { readonly state: string; readonly call: Call }[] =>
  run.calls('Log.debug').flatMap((call) => {
    const line = /State out: \[(?<state>\w+)\]$/.exec(String(call.args[0]));
    const state = line?.groups?.['state'];
    return state === undefined ? [] : [{ state, call }];
  });

export const checks: readonly Check[] = [
  {
    id: 'a-conversation',
    title: 'A conversation is upgraded until it is closed',
    points: 3,
    rule: 'Each visit that leaves both streams open answers UPGRADED, and the one in which the session closes answers CLOSED.',
    async judge({ run }) {
      const own = await run();
      const turns = turnsOf(own);
      const states = turns.map(({ state }) => state);
      const other = states.findIndex((state, index) => state !== chat[index]);
      expectSame(states, chat, {
        what: 'the states that the turns of the loop end in',
        at: own.spot(turns[other]?.call ?? turns.at(-1)?.call),
      });
      own.expectTimes('call EchoEndpoint.onMessage', 1);
    },
  },
  {
    id: 'either-stream',
    title: 'Either stream may require a close',
    points: 2,
    rule: 'The connection is closed if one of its streams asks for it, whichever the event was about.',
    async judge(bench) {
      const parts = await bench.load<typeof Parts>(path);
      expectSame(
        await dispatch(bench, parts, 'OPEN_READ', {
          outputRequiresClose: true,
        }),
        ['input.onDataAvailable', 'CLOSED'],
        { what: 'what is done when the output stream requires a close' },
      );
      expectSame(
        await dispatch(bench, parts, 'OPEN_WRITE', {
          inputRequiresClose: true,
        }),
        ['output.onWritePossible', 'CLOSED'],
        { what: 'what is done when the input stream requires a close' },
      );
      expectSame(
        await dispatch(bench, parts, 'OPEN_WRITE'),
        ['output.onWritePossible', 'UPGRADED'],
        { what: 'what is done when there is room to write' },
      );
    },
  },
  {
    id: 'failures',
    title: 'What fails on the socket is not reported here',
    points: 2,
    rule: 'The stream remembers a failed read or write itself; only an error of another kind goes on to the caller.',
    async judge(bench) {
      const parts = await bench.load<typeof Parts>(path);
      expectSame(
        await dispatch(bench, parts, 'OPEN_READ', {
          fails: 'IOException',
          inputRequiresClose: true,
        }),
        ['input.onDataAvailable', 'CLOSED'],
        { what: 'what comes of a read that fails' },
      );
      expectSame(
        await dispatch(bench, parts, 'OPEN_READ', { fails: 'Error' }),
        ['input.onDataAvailable', 'the error'],
        { what: 'what comes of an error that is no failed read' },
      );
    },
  },
  {
    id: 'the-end',
    title: 'Other events end the connection',
    points: 2,
    rule: 'When the server stops, both streams are closed, even if closing the first fails; other events close without a word.',
    async judge(bench) {
      const parts = await bench.load<typeof Parts>(path);
      expectSame(
        await dispatch(bench, parts, 'STOP', { fails: 'IOException' }),
        ['input.close', 'output.close', 'CLOSED'],
        { what: 'what is done on STOP when closing fails' },
      );
      for (const status of ['TIMEOUT', 'ERROR', 'DISCONNECT'] as const) {
        expectSame(await dispatch(bench, parts, status), ['CLOSED'], {
          what: `what is done on ${status}`,
        });
      }
    },
  },
];
