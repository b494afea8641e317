/**
 * What a container may do with its response, and what the processor remembers
 * about the connection meanwhile.
 */
import type { Sim } from '../../../sim/sim.ts';
import { IOException } from '../../java/exceptions.ts';
import type { SocketWrapper } from '../../util/net/socket-wrapper.ts';
import { getMostSevere } from '../error-state.ts';
import type { ErrorState } from '../error-state.ts';
import type { Request } from '../request.ts';
import type { Response, ResponseHook } from '../response.ts';
import type { InputBuffer } from './input-buffer.ts';
import type { OutputBuffer } from './output-buffer.ts';
import type { Prepared } from './prepare-request.ts';
import { prepareResponse } from './prepare-response.ts';
import { swallow } from './request-body.ts';
import type { RequestBody } from './request-body.ts';

/** How a connection stands between a request and its response. */
export class Exchange {
  errorState: ErrorState = 'NONE';
  /** Whether another request may follow on the connection. */
  keepAlive = true;
  http11 = true;
  http09 = false;
  /** Whether what is unread of a body is read before the next request. */
  swallowInput = true;
  /** Whether the client waits for a word before it sends the body. */
  expectation = false;
  body: RequestBody = { filter: 'void' };

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/AbstractProcessor.java AbstractProcessor.setErrorState
   */
  setErrorState(errorState: ErrorState): void {
    this.errorState = getMostSevere(this.errorState, errorState);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/ErrorState.java ErrorState.isError
   */
  isError(): boolean {
    return this.errorState !== 'NONE';
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/ErrorState.java ErrorState.isIoAllowed
   */
  isIoAllowed(): boolean {
    return this.errorState !== 'CLOSE_NOW';
  }

  /** The connection is kept, unless something speaks against it. */
  begin(): void {
    this.keepAlive = true;
  }

  /** Takes over what the head of a request says. */
  prepare(prepared: Prepared): void {
    this.http11 = prepared.http11;
    this.http09 = prepared.http09;
    this.keepAlive = prepared.keepAlive;
    this.body = prepared.body;
    this.expectation = prepared.expectation;
    // Who waits for a word has not sent what would have to be thrown away.
    this.swallowInput = !prepared.expectation;
    if (prepared.refused !== undefined) this.setErrorState('CLOSE_CLEAN');
  }

  /**
   * Ends the connection after its last request.
   *
   * @param limit how many it may carry; -1 for any number
   */
  countRequest(wrapper: SocketWrapper, limit: number): void {
    if (limit === 1) this.keepAlive = false;
    else if (limit > 0 && wrapper.decrementKeepAlive() <= 0) {
      this.keepAlive = false;
    }
  }

  nextRequest(): void {
    this.swallowInput = true;
    this.expectation = false;
    this.body = { filter: 'void' };
  }

  recycle(): void {
    this.nextRequest();
    this.errorState = 'NONE';
    this.keepAlive = true;
    this.http11 = true;
    this.http09 = false;
  }
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.action (part)
 */
export class ResponseActions implements ResponseHook {
  readonly #sim: Sim;
  readonly #exchange: Exchange;
  readonly #request: Request;
  readonly #response: Response;
  readonly #outputBuffer: OutputBuffer;

  constructor(
    sim: Sim,
    exchange: Exchange,
    request: Request,
    response: Response,
    outputBuffer: OutputBuffer,
  ) {
    this.#sim = sim;
    this.#exchange = exchange;
    this.#request = request;
    this.#response = response;
    this.#outputBuffer = outputBuffer;
  }

  commit(): void {
    const { http11, http09, keepAlive, errorState } = this.#exchange;
    this.#exchange.keepAlive = prepareResponse(
      this.#request,
      this.#response,
      this.#outputBuffer,
      {
        http11,
        http09,
        keepAlive,
        failed: errorState !== 'NONE',
        now: this.#sim.now(),
      },
    );
  }

  /**
   * Sends what has been collected.
   *
   * @story on bytes.write: When the request has been served, its response is flushed.
   */
  async clientFlush(): Promise<void> {
    await this.#send(() => this.#outputBuffer.flush());
  }

  async doWrite(bytes: Uint8Array): Promise<void> {
    await this.#send(() => this.#outputBuffer.doWrite(bytes));
  }

  async close(): Promise<void> {
    await this.#send(() => this.#outputBuffer.endRequest());
  }

  async acknowledge(): Promise<void> {
    if (this.#response.committed || !this.#exchange.expectation) return;
    this.#exchange.expectation = false;
    this.#exchange.swallowInput = true;
    await this.#send(() => this.#outputBuffer.sendAck());
  }

  /**
   * Ends the response, after what is left of the request has been read.
   *
   * @story on bytes.write: When the request has been served, its response is flushed.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.endRequest
   */
  async endRequest(input: InputBuffer): Promise<void> {
    const exchange = this.#exchange;
    if (!exchange.isIoAllowed()) return;
    try {
      const unread = !exchange.isError() && exchange.swallowInput;
      if (unread) await swallow(input, exchange.body);
      if (!this.#response.committed) this.#response.sendHeaders();
      await this.#outputBuffer.endRequest();
    } catch (error) {
      if (!(error instanceof IOException)) throw error;
      exchange.setErrorState('CLOSE_NOW');
    }
  }

  /** A client that cannot be written to ends the connection at once. */
  async #send(act: () => Promise<void>): Promise<void> {
    if (!this.#exchange.isIoAllowed()) throw new IOException('Broken pipe');
    try {
      await act();
    } catch (error) {
      this.#exchange.setErrorState('CLOSE_NOW');
      this.#response.errorException = error;
      throw error;
    }
  }
}
