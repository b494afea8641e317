/**
 * An upgraded connection on NIO: reads and writes take what is possible now,
 * and the poller watches for more.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/upgrade/NioProcessor.java NioProcessor
 */
import type { Milliseconds } from '../../../../sim/clock.ts';
import type { ByteStream } from '../../../../sim/stream.ts';
import { EOFException } from '../../../java/exceptions.ts';
import type { LogSink } from '../../../juli/log.ts';
import type { Poller } from '../../../util/net/poller.ts';
import { toChannelException } from '../../../util/net/socket-errors.ts';
import type { SocketWrapper } from '../../../util/net/socket-wrapper.ts';
import { AbstractProcessor } from './abstract-processor.ts';
import { AbstractServletInputStream } from './abstract-servlet-input-stream.ts';
import type { InputTransport } from './abstract-servlet-input-stream.ts';
import { AbstractServletOutputStream } from './abstract-servlet-output-stream.ts';
import type { OutputTransport } from './abstract-servlet-output-stream.ts';
import type { HttpUpgradeHandler } from './servlet31.ts';

/** The size of a channel's buffers. */
const bufferSize = 8192;

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/upgrade/NioServletInputStream.java NioServletInputStream
 */
class NioServletInputStream implements InputTransport {
  readonly #channel: ByteStream;
  readonly #timeout: Milliseconds;
  #readBuffer: Uint8Array = new Uint8Array(0);

  constructor(channel: ByteStream, timeout: Milliseconds) {
    this.#channel = channel;
    this.#timeout = timeout;
  }

  /**
   * Looks for bytes. The end of the stream is none; the read that the poller
   * will ask for finds it.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/NioServletInputStream.java NioServletInputStream.doIsReady
   */
  doIsReady(): boolean {
    if (this.#readBuffer.length > 0) return true;
    try {
      this.#readBuffer = this.#channel.readNow(bufferSize) ?? this.#readBuffer;
    } catch (error) {
      throw toChannelException(error);
    }
    return this.#readBuffer.length > 0;
  }

  /**
   * Takes what is buffered, and what one more read brings.
   *
   * @story on bytes.read.empty: The read loop finds 0 bytes and returns, because on NIO a read never blocks.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/NioServletInputStream.java NioServletInputStream.doRead
   * @throws {EOFException} at the end of the stream
   */
  async doRead(
    block: boolean,
    buffer: Uint8Array,
    offset: number,
    length: number,
  ): Promise<number> {
    const buffered = this.#take(buffer, offset, length);
    if (buffered === length) return length;
    const filled = await this.#fillReadBuffer(block);
    if (filled === undefined) throw new EOFException();
    this.#readBuffer = filled;
    return buffered + this.#take(buffer, offset + buffered, length - buffered);
  }

  /**
   * @story on bytes.close: Closing its input stream, the session closes the channel itself.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/NioServletInputStream.java NioServletInputStream.doClose
   */
  doClose(): void {
    this.#channel.close();
  }

  #take(buffer: Uint8Array, offset: number, length: number): number {
    const taken = this.#readBuffer.subarray(0, length);
    buffer.set(taken, offset);
    this.#readBuffer = this.#readBuffer.subarray(taken.length);
    return taken.length;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/NioServletInputStream.java NioServletInputStream.fillReadBuffer
   */
  async #fillReadBuffer(block: boolean): Promise<Uint8Array | undefined> {
    try {
      return block
        ? await this.#channel.read(bufferSize, this.#timeout)
        : this.#channel.readNow(bufferSize);
    } catch (error) {
      throw toChannelException(error);
    }
  }
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/upgrade/NioServletOutputStream.java NioServletOutputStream
 */
class NioServletOutputStream implements OutputTransport {
  readonly #wrapper: SocketWrapper;
  readonly #poller: Poller;
  readonly #timeout: Milliseconds;

  constructor(wrapper: SocketWrapper, poller: Poller, timeout: Milliseconds) {
    this.#wrapper = wrapper;
    this.#poller = poller;
    this.#timeout = timeout;
  }

  /**
   * Writes slice by slice, until one is not taken whole.
   *
   * @story on bytes.write: The worker writes a frame unmasked, header and payload as two buffers.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/NioServletOutputStream.java NioServletOutputStream.doWrite
   */
  async doWrite(block: boolean, bytes: Uint8Array): Promise<number> {
    let count = 0;
    while (count < bytes.length) {
      const slice = bytes.subarray(count, count + bufferSize);
      const written = await this.#doWriteInternal(block, slice);
      count += written;
      if (written < slice.length) break;
    }
    return count;
  }

  doClose(): void {
    this.#wrapper.socket.close();
  }

  /**
   * Writes one slice; if there is no room for all of it, the poller is asked
   * to say when there is.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/NioServletOutputStream.java NioServletOutputStream.doWriteInternal
   */
  async #doWriteInternal(block: boolean, slice: Uint8Array): Promise<number> {
    const { socket } = this.#wrapper;
    try {
      if (block) {
        await socket.write(slice, this.#timeout);
        return slice.length;
      }
      const written = socket.writeNow(slice);
      if (written < slice.length) this.#poller.add(this.#wrapper, 'WRITE');
      return written;
    } catch (error) {
      throw toChannelException(error);
    }
  }
}

/** Makes the processor; the poller never times the connection out any more. */
export function newNioProcessor(
  wrapper: SocketWrapper,
  handler: HttpUpgradeHandler,
  poller: Poller,
  timeout: Milliseconds,
  sink: LogSink,
): AbstractProcessor {
  wrapper.timeout = -1;
  const { socket } = wrapper;
  return new AbstractProcessor(
    'NioProcessor',
    handler,
    new AbstractServletInputStream(new NioServletInputStream(socket, timeout)),
    new AbstractServletOutputStream(
      new NioServletOutputStream(wrapper, poller, timeout),
    ),
    sink,
  );
}
