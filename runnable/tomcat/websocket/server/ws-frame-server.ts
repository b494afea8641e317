/**
 * Feeds the parser from an upgraded connection.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/WsFrameServer.java WsFrameServer
 */
import type { ServletInputStream } from '../../coyote/http11/upgrade/servlet31.ts';
import { EOFException } from '../../java/exceptions.ts';
import type { Transformation } from '../transformation.ts';
import { WsFrameBase } from '../ws-frame-base.ts';
import type { WsSession } from '../ws-session.ts';

/** The parser of frames that clients send: they must be masked. */
export class WsFrameServer extends WsFrameBase {
  readonly #sis: ServletInputStream;

  constructor(
    sis: ServletInputStream,
    wsSession: WsSession,
    transformation: Transformation | undefined,
    faults: boolean,
  ) {
    super(wsSession, true, transformation, faults);
    this.#sis = sis;
  }

  /**
   * Reads and parses for as long as reading does not block.
   *
   * On NIO that is until everything has been read. On BIO reading is always
   * said not to block, and does: there this loop lasts as long as the
   * connection.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/server/WsFrameServer.java WsFrameServer.onDataAvailable
   * @throws {EOFException} when the stream ends without a close frame
   */
  async onDataAvailable(): Promise<void> {
    const { frame } = this;
    const buffer = frame.inputBuffer;
    while (this.isOpen() && (await this.#sis.isReady())) {
      const room = buffer.length - frame.writePos;
      const read = await this.#sis.read(buffer, frame.writePos, room);
      if (read === 0) return;
      if (read === -1) throw new EOFException();
      frame.writePos += read;
      await this.processInputBuffer();
    }
  }
}
