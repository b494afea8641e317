/**
 * The frame parser: a loop over three states, fed by whoever reads bytes.
 *
 * It takes what has come, goes as far as that allows, and keeps its place: a
 * frame may come in one piece, or a byte at a time, or three in one read.
 */
import { IOException } from '../java/exceptions.ts';
import {
  processInitialHeader,
  processRemainingHeader,
} from './frame-header.ts';
import type { HeaderRules } from './frame-header.ts';
import { FrameMessages } from './frame-messages.ts';
import { FrameState, TerminalTransformation } from './frame-state.ts';
import type { Transformation } from './transformation.ts';
import type { WsSession } from './ws-session.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase
 * @differs headers are read in `frame-header.ts`, payloads in
 *   `frame-messages.ts`
 */
export class WsFrameBase {
  protected readonly wsSession: WsSession;
  protected readonly frame = new FrameState();
  readonly #transformation: Transformation;
  readonly #messages: FrameMessages;
  readonly #rules: HeaderRules;

  /**
   * @param isMasked whether the peer is a client
   * @param transformation the agreed extensions; undefined for none
   */
  constructor(
    wsSession: WsSession,
    isMasked: boolean,
    transformation: Transformation | undefined,
    faults = false,
  ) {
    this.wsSession = wsSession;
    const last = new TerminalTransformation(this.frame, isMasked);
    transformation?.setNext(last);
    this.#transformation = transformation ?? last;
    this.#messages = new FrameMessages(
      this.frame,
      wsSession,
      this.#transformation,
    );
    this.#rules = {
      isMasked,
      faults,
      transformation: this.#transformation,
      startMessage: (textMessage) => {
        this.#messages.startMessage(textMessage);
      },
    };
  }

  /** The chain of both directions, the end of which unmasks. */
  getTransformation(): Transformation {
    return this.#transformation;
  }

  /**
   * Whether no close frame has come yet.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.isOpen
   */
  isOpen(): boolean {
    return this.frame.open;
  }

  /** Where the parser stands. */
  get parserState(): string {
    return this.frame.state;
  }

  /**
   * Parses what has come, and ends where more bytes are needed.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameBase.java WsFrameBase.processInputBuffer
   * @throws {WsIOException} for what the protocol forbids
   * @throws {IOException} for a control frame after a close frame
   */
  async processInputBuffer(): Promise<void> {
    const { frame } = this;
    for (;;) {
      this.wsSession.updateLastActive();
      if (frame.state === 'NEW_FRAME') {
        if (!processInitialHeader(frame, this.#rules)) break;
        if (!frame.open) {
          throw new IOException(
            'New frame received after a close control frame',
          );
        }
      }
      if (frame.state === 'PARTIAL_HEADER') {
        if (!processRemainingHeader(frame, this.#rules)) break;
      }
      if (frame.state === 'DATA') {
        const isDone = await this.#messages.processData();
        frame.checkRoomPayload();
        if (!isDone) break;
      }
    }
  }
}
