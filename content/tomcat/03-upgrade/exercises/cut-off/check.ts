/**
 * Cut off for being silent: the poller leaves an upgraded connection alone,
 * and what a thread waits for still has a limit.
 */
import { expectSame, fail } from '#exercise';
import type { Check, Run } from '#exercise';
import type { ByteStream } from '../../../../../runnable/sim/stream.ts';
import type * as NioProcessor from '../../../../../runnable/tomcat/coyote/http11/upgrade/nio-processor.ts';
import type { SocketWrapper } from '../../../../../runnable/tomcat/util/net/socket-wrapper.ts';

const file = 'runnable/tomcat/coyote/http11/upgrade/nio-processor.ts';

/** Fails unless so many messages were heard, each after an hour of silence. */
function expectHeard(own: Run, messages: number): void {
  if (own.all('call EchoEndpoint.onMessage').length >= messages) return;
  const end = own.first('call Poller.cancelledKey');
  const seconds = String((end?.time ?? 0) / 1000);
  fail({
    expected: `message ${String(messages)} to be heard after an hour of silence`,
    seen:
      end === undefined
        ? 'that it is not'
        : `that the connection is cut off at ${seconds} s`,
    at: own.spot(end),
  });
}

export const checks: readonly Check[] = [
  {
    id: 'silence',
    title: 'An upgraded connection may be silent',
    points: 4,
    rule: 'From the upgrade on the poller never takes silence for the end of a connection.',
    async judge({ run }) {
      const own = await run();
      expectHeard(own, 1);
      expectHeard(own, 2);
      own.expectEnd();
    },
  },
  {
    id: 'waits-end',
    title: 'A thread does not wait for ever',
    points: 2,
    rule: 'A read or write that blocks a thread keeps the limit that the connector has for it.',
    async judge({ load, inWorld }) {
      const { newNioProcessor } = await load<typeof NioProcessor>(file);
      const limits: Record<string, unknown> = {};
      const socket = {
        read: (_: number, timeout: unknown) => {
          limits['read'] = timeout;
          return Promise.resolve(Uint8Array.of(1));
        },
        write: (_: Uint8Array, timeout: unknown) => {
          limits['write'] = timeout;
          return Promise.resolve();
        },
      } as unknown as ByteStream;
      const wrapper = { socket, timeout: 20_000 } as unknown as SocketWrapper;
      const processor = newNioProcessor(
        wrapper,
        { init: () => Promise.resolve(), destroy: () => Promise.resolve() },
        undefined as never,
        5000,
        { write: () => undefined },
      );
      // Without listeners the streams wait.
      await inWorld(async () => {
        await processor.getOutputStream().write(Uint8Array.of(1), 0, 1);
        await processor.getInputStream().read(new Uint8Array(1), 0, 1);
      });
      expectSame(
        limits,
        { write: 5000, read: 5000 },
        { what: 'how many milliseconds a thread may wait' },
      );
    },
  },
];
