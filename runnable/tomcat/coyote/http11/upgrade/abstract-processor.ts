/**
 * The processor of a connection that no longer speaks HTTP: it hands what
 * happens on the socket to the protocol's listeners.
 */
import {
  IllegalStateException,
  IOException,
} from '../../../java/exceptions.ts';
import { Log } from '../../../juli/log.ts';
import type { LogSink } from '../../../juli/log.ts';
import type {
  SocketState,
  SocketStatus,
} from '../../../util/net/socket-wrapper.ts';
import type { UpgradeProcessor } from '../../abstract-protocol.ts';
import type { AbstractServletInputStream } from './abstract-servlet-input-stream.ts';
import type { AbstractServletOutputStream } from './abstract-servlet-output-stream.ts';
import type { HttpUpgradeHandler } from './servlet31.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/upgrade/AbstractProcessor.java AbstractProcessor
 * @differs methods that upstream has return null here, and nobody calls, throw
 */
export class AbstractProcessor implements UpgradeProcessor {
  readonly kind: string;
  readonly #httpUpgradeHandler: HttpUpgradeHandler;
  readonly #upgradeServletInputStream: AbstractServletInputStream;
  readonly #upgradeServletOutputStream: AbstractServletOutputStream;
  readonly #log: Log;

  constructor(
    kind: string,
    httpUpgradeHandler: HttpUpgradeHandler,
    input: AbstractServletInputStream,
    output: AbstractServletOutputStream,
    sink: LogSink,
  ) {
    this.kind = kind;
    this.#httpUpgradeHandler = httpUpgradeHandler;
    this.#upgradeServletInputStream = input;
    this.#upgradeServletOutputStream = output;
    this.#log = new Log('AbstractProcessor', sink);
  }

  getInputStream(): AbstractServletInputStream {
    return this.#upgradeServletInputStream;
  }

  getOutputStream(): AbstractServletOutputStream {
    return this.#upgradeServletOutputStream;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractProcessor.java AbstractProcessor.close
   */
  async close(): Promise<void> {
    await this.#upgradeServletInputStream.close();
    await this.#upgradeServletOutputStream.close();
  }

  isUpgrade(): boolean {
    return true;
  }

  getHttpUpgradeHandler(): HttpUpgradeHandler {
    return this.#httpUpgradeHandler;
  }

  /**
   * Passes an event of the socket on. A failed read or write is not reported
   * here: the stream has remembered that it must be closed.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/upgrade/AbstractProcessor.java AbstractProcessor.upgradeDispatch
   */
  async upgradeDispatch(status: SocketStatus): Promise<SocketState> {
    if (status === 'OPEN_READ') {
      await this.#swallow(() =>
        this.#upgradeServletInputStream.onDataAvailable(),
      );
    } else if (status === 'OPEN_WRITE') {
      await this.#swallow(() =>
        this.#upgradeServletOutputStream.onWritePossible(),
      );
    } else if (status === 'STOP') {
      await this.#swallow(() => this.#upgradeServletInputStream.close());
      await this.#swallow(() => this.#upgradeServletOutputStream.close());
      return 'CLOSED';
    } else {
      return 'CLOSED';
    }
    return this.#upgradeServletInputStream.isCloseRequired() ||
      this.#upgradeServletOutputStream.isCloseRequired()
      ? 'CLOSED'
      : 'UPGRADED';
  }

  isAsync(): boolean {
    return false;
  }

  recycle(): void {
    // It serves one connection only; there is nothing to wipe.
  }

  process(): Promise<SocketState> {
    throw new IllegalStateException('An upgraded connection speaks no HTTP');
  }

  asyncDispatch(): Promise<SocketState> {
    throw new IllegalStateException('An upgraded connection has no requests');
  }

  asyncPostProcess(): SocketState {
    throw new IllegalStateException('An upgraded connection has no requests');
  }

  async #swallow(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof IOException)) throw error;
      this.#log.debug(error.message);
    }
  }
}
