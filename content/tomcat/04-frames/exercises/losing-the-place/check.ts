/**
 * Losing the place: frames that are cut anywhere are the frames they are.
 */
import { expectSame } from '#exercise';
import type { Check, Run } from '#exercise';
import type { CloseReason } from '../../../../../runnable/tomcat/websocket/javax.ts';
import type * as FrameHeader from '../../../../../runnable/tomcat/websocket/frame-header.ts';
import type * as FrameStates from '../../../../../runnable/tomcat/websocket/frame-state.ts';

/** What an endpoint heard, in order: messages, and how it ended. */
function heardBy(own: Run): string[] {
  const messages = own
    .calls('EchoEndpoint.onMessage')
    .map(({ row, args }) => ({ row, text: String(args[0]) }));
  const ends = own.calls('EchoEndpoint.onClose').map(({ row, args }) => {
    const { code, reason = '' } = args[1] as Partial<CloseReason>;
    return { row, text: `end ${String(code)} ${reason}`.trim() };
  });
  return [...messages, ...ends]
    .sort((a, b) => a.row - b.row)
    .map(({ text }) => text);
}

/** Fails unless `Hello` is all that the endpoint hears, and then a goodbye. */
function expectHello(own: Run): void {
  expectSame(heardBy(own), ['Hello', 'end 1000'], {
    what: 'what the endpoint hears',
    at: own.spot(own.first('call WsSession.onClose')),
  });
  own.expectEnd();
}

export const checks: readonly Check[] = [
  {
    id: 'cut-anywhere',
    title: 'A frame may be cut anywhere',
    points: 3,
    rule: 'While a header has not come, nothing of it is taken, so that the next visit finds all of it.',
    async judge({ run }) {
      expectHello(await run());
    },
  },
  {
    id: 'fragments-too',
    title: 'So may each frame of a message',
    points: 3,
    rule: 'What a frame says of its message is noted once, however often its header is looked at.',
    async judge({ run }) {
      expectHello(await run('fragments-in-bytes'));
    },
  },
  {
    id: 'two-are-enough',
    title: 'Two bytes are enough to begin with',
    points: 2,
    rule: 'Nobody waits for more bytes than a frame may have: an empty one without a mask has two.',
    async judge({ load }) {
      const { processInitialHeader } = await load<typeof FrameHeader>(
        'runnable/tomcat/websocket/frame-header.ts',
      );
      const { FrameState, TerminalTransformation } = await load<
        typeof FrameStates
      >('runnable/tomcat/websocket/frame-state.ts');
      const frame = new FrameState();
      const transformation = new TerminalTransformation(frame, false);
      const rules = {
        isMasked: false,
        transformation,
        faults: false,
        startMessage: () => undefined,
      };
      frame.inputBuffer.set([0x89, 0x00]);
      frame.writePos = 2;
      expectSame(
        [processInitialHeader(frame, rules), frame.state, frame.opCode],
        [true, 'PARTIAL_HEADER', 9],
        { what: 'what comes of an empty ping without a mask' },
      );
    },
  },
];
