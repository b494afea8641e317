/**
 * Feeds the parser of a client.
 *
 * The server's first frames may have come in the same read as its answer.
 * Nobody will announce those bytes again, so they are parsed explicitly, once
 * the application is ready for them.
 */
import type { Sim } from '../../sim/sim.ts';
import type { ByteStream } from '../../sim/stream.ts';
import { EOFException, IOException } from '../java/exceptions.ts';
import { DEFAULT_BUFFER_SIZE } from './constants.ts';
import { CLOSED_ABNORMALLY, CloseReason } from './javax.ts';
import type { Transformation } from './transformation.ts';
import { WsFrameBase } from './ws-frame-base.ts';
import { WsIOException } from './ws-io-exception.ts';
import { toIOException } from './to-io-exception.ts';
import type { WsSession } from './ws-session.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsFrameClient.java WsFrameClient
 */
export class WsFrameClient extends WsFrameBase {
  /** How many bytes came together with the answer. */
  readonly pending: number;
  readonly #sim: Sim;
  readonly #channel: ByteStream;
  /** Bytes that have been read and not been given to the parser. */
  #response: Uint8Array;

  constructor(
    sim: Sim,
    response: Uint8Array,
    channel: ByteStream,
    wsSession: WsSession,
    transformation: Transformation | undefined,
  ) {
    super(wsSession, false, transformation);
    this.#sim = sim;
    this.pending = response.length;
    this.#response = response;
    this.#channel = channel;
  }

  /**
   * Parses what came with the answer, here and now, and reads on in a task of
   * its own.
   *
   * @story when this.pending: `startInputProcessing` parses {this.pending} bytes that came together with the answer; nobody would announce them again.
   * @story `startInputProcessing` finds nothing that came with the answer, and the client begins to read.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameClient.java WsFrameClient.startInputProcessing
   */
  async startInputProcessing(): Promise<void> {
    await this.#guarded(() => this.#processSocketRead());
    if (this.pending > 0 && !this.isOpen()) return;
    this.#sim.go('WebSocketClient-AsyncIO', () => this.#readOn());
  }

  /**
   * Gives the parser what has been read.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameClient.java WsFrameClient.processSocketRead
   */
  async #processSocketRead(): Promise<void> {
    const { frame } = this;
    while (this.#response.length > 0) {
      const room = frame.inputBuffer.length - frame.writePos;
      const part = this.#response.subarray(0, room);
      frame.inputBuffer.set(part, frame.writePos);
      frame.writePos += part.length;
      this.#response = this.#response.subarray(part.length);
      await this.processInputBuffer();
    }
  }

  /**
   * Reads until a close frame comes, or the stream ends. After an error of
   * the protocol nothing is read any more.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameClient.java WsFrameClient.WsFrameClientCompletionHandler
   */
  async #readOn(): Promise<void> {
    let goesOn = true;
    while (goesOn && this.isOpen()) {
      goesOn = await this.#guarded(async () => {
        const bytes = await this.#read();
        if (bytes === undefined) throw new EOFException();
        this.#response = bytes;
        await this.#processSocketRead();
      });
    }
  }

  async #read(): Promise<Uint8Array | undefined> {
    try {
      return await this.#channel.read(DEFAULT_BUFFER_SIZE);
    } catch (error) {
      throw toIOException(error);
    }
  }

  /** @returns whether all went well */
  async #guarded(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      if (!(error instanceof IOException)) throw error;
      if (this.isOpen()) await this.#close(error);
      return false;
    }
  }

  /**
   * Tells the server and the application; the socket stays as it is.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsFrameClient.java WsFrameClient.close
   */
  async #close(error: IOException): Promise<void> {
    const reason =
      error instanceof WsIOException
        ? error.closeReason
        : new CloseReason(
            CLOSED_ABNORMALLY,
            error.message === '' ? undefined : error.message,
          );
    await this.wsSession.close(reason);
  }
}
