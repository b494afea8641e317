/**
 * An upgraded connection on BIO: reads wait for bytes, and so nobody ever has
 * to ask whether they would.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/upgrade/BioProcessor.java BioProcessor
 */
import type { ByteStream } from '../../../../sim/stream.ts';
import type { LogSink } from '../../../juli/log.ts';
import { toSocketException } from '../../../util/net/socket-errors.ts';
import type { SocketWrapper } from '../../../util/net/socket-wrapper.ts';
import { AbstractProcessor } from './abstract-processor.ts';
import { AbstractServletInputStream } from './abstract-servlet-input-stream.ts';
import type { InputTransport } from './abstract-servlet-input-stream.ts';
import { AbstractServletOutputStream } from './abstract-servlet-output-stream.ts';
import type { OutputTransport } from './abstract-servlet-output-stream.ts';
import type { HttpUpgradeHandler } from './servlet31.ts';

/** How long a write may wait for a client that does not read. */
const writeTimeout = 20_000;

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/upgrade/BioServletInputStream.java BioServletInputStream
 */
class BioServletInputStream implements InputTransport {
  readonly #socket: ByteStream;

  constructor(socket: ByteStream) {
    this.#socket = socket;
  }

  doIsReady(): boolean {
    return true;
  }

  /**
   * @story on bytes.block: On BIO the stream always claims to be ready, so the read loop reads, and blocks.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/BioServletInputStream.java BioServletInputStream.doRead
   */
  async doRead(
    _block: boolean,
    buffer: Uint8Array,
    offset: number,
    length: number,
  ): Promise<number> {
    try {
      const bytes = await this.#socket.read(length);
      if (bytes === undefined) return -1;
      buffer.set(bytes, offset);
      return bytes.length;
    } catch (error) {
      throw toSocketException(error);
    }
  }

  /**
   * @story on bytes.close: Closing its input stream, the session closes the socket itself.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/BioServletInputStream.java BioServletInputStream.doClose
   */
  doClose(): void {
    this.#socket.close();
  }
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/upgrade/BioServletOutputStream.java BioServletOutputStream
 * @differs a write gives up after 20 s; a Java socket would wait for ever
 */
class BioServletOutputStream implements OutputTransport {
  readonly #socket: ByteStream;

  constructor(socket: ByteStream) {
    this.#socket = socket;
  }

  /**
   * @story on bytes.write: The worker writes a frame unmasked, header and payload as two buffers.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/BioServletOutputStream.java BioServletOutputStream.doWrite
   */
  async doWrite(_block: boolean, bytes: Uint8Array): Promise<number> {
    try {
      await this.#socket.write(bytes, writeTimeout);
      return bytes.length;
    } catch (error) {
      throw toSocketException(error);
    }
  }

  doClose(): void {
    this.#socket.close();
  }
}

/** Makes the processor; the socket's reads never time out any more. */
export function newBioProcessor(
  wrapper: SocketWrapper,
  handler: HttpUpgradeHandler,
  sink: LogSink,
): AbstractProcessor {
  wrapper.timeout = 0;
  return new AbstractProcessor(
    'BioProcessor',
    handler,
    new AbstractServletInputStream(new BioServletInputStream(wrapper.socket)),
    new AbstractServletOutputStream(new BioServletOutputStream(wrapper.socket)),
    sink,
  );
}
