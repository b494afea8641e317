/**
 * Cut at the blank line: the head ends there, wherever the pieces end.
 */
import { expectSame, fail } from '#exercise';
import type { Bench, Check } from '#exercise';
import type { ByteStream } from '../../../../../runnable/sim/stream.ts';
import type * as ClientHandshake from '../../../../../runnable/tomcat/websocket/client-handshake.ts';

const file = 'runnable/tomcat/websocket/client-handshake.ts';

/** A frame of two bytes that are no text of any kind. */
const frame = [0x82, 0x02, 0xff, 0xe9];

const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n';

const bytesOf = (text: string): number[] =>
  Array.from(text, (letter) => letter.charCodeAt(0));

/** Errors that are an answer of the function, and no fault in it. */
const answers = ['EOFException', 'DeploymentException'];

/** The answer in pieces that end at these places, and what it was read as. */
async function read(
  { inWorld }: Bench,
  { processResponse }: typeof ClientHandshake,
  answer: readonly number[],
  ...cuts: readonly number[]
): Promise<{
  readonly seen: unknown;
  readonly reads: readonly (readonly unknown[])[];
  readonly unread: number;
}> {
  const ends = [...cuts, answer.length];
  const pieces = ends.map((end, index) =>
    Uint8Array.from(answer.slice(ends[index - 1] ?? 0, end)),
  );
  const reads: unknown[][] = [];
  const stream = {
    read: (...args: unknown[]) => {
      reads.push(args);
      if (reads.length > 100) throw new Error('It reads on and on');
      return Promise.resolve(pieces.shift());
    },
  } as unknown as ByteStream;
  const seen = await inWorld(async () => {
    try {
      const { status, rest } = await processResponse(stream, 8192, 5000);
      return { status, rest: [...rest] };
    } catch (error) {
      const { name } = error as Error;
      if (!answers.includes(name)) throw error;
      return name;
    }
  });
  return { seen, reads, unread: pieces.length };
}

export const checks: readonly Check[] = [
  {
    id: 'kept',
    title: 'What came with the head is kept',
    points: 3,
    rule: 'Bytes behind the blank line are no longer in the socket, and nobody else can bring them.',
    async judge(bench) {
      const client = await bench.load<typeof ClientHandshake>(file);
      const { seen } = await read(bench, client, [...bytesOf(head), ...frame]);
      expectSame(
        seen,
        { status: 101, rest: frame },
        { what: 'what is read of one piece' },
      );
      const own = await bench.run();
      const { heard } = (own.result ?? {}) as { readonly heard?: unknown };
      expectSame(heard, ['onOpen', 'onMessage early', 'onMessage late'], {
        what: 'what the endpoint hears',
        at: own.spot(
          own.first('return processResponse') ??
            own.first('bytes.read client @0'),
        ),
      });
    },
  },
  {
    id: 'any-pieces',
    title: 'The pieces may end anywhere',
    points: 3,
    rule: 'Where a piece ends says nothing about the answer, not even in the middle of the blank line.',
    async judge(bench) {
      const client = await bench.load<typeof ClientHandshake>(file);
      const answer = [...bytesOf(head), ...frame];
      for (const cut of [9, head.length - 3, head.length - 1]) {
        const { seen } = await read(bench, client, answer, cut);
        expectSame(
          seen,
          { status: 101, rest: frame },
          {
            what: `what is read when the first piece has ${String(cut)} bytes`,
          },
        );
      }
    },
  },
  {
    id: 'no-more',
    title: 'Nothing more is waited for',
    points: 1,
    rule: 'A server may say nothing more until it is asked, so nobody may wait for it once the head is there.',
    async judge(bench) {
      const client = await bench.load<typeof ClientHandshake>(file);
      const { reads, unread } = await read(
        bench,
        client,
        [...bytesOf(head), ...frame],
        head.length,
      );
      if (unread !== 1) {
        fail({
          expected: 'one piece to be read, which ends with the blank line',
          seen: `${String(reads.length)} reads`,
        });
      }
      expectSame(reads[0], [8192, 5000], {
        what: 'what a read is limited to',
      });
    },
  },
  {
    id: 'cut-off',
    title: 'Half a head is no answer',
    points: 2,
    rule: 'When the stream ends inside the head, the caller learns of it.',
    async judge(bench) {
      const client = await bench.load<typeof ClientHandshake>(file);
      const { seen } = await read(
        bench,
        client,
        bytesOf(head.slice(0, -2)),
        20,
      );
      expectSame(seen, 'EOFException', {
        what: 'what comes of a stream that ends inside the head',
      });
    },
  },
];
