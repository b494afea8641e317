/**
 * Serves HTTP on a connection: request after request, until there is a reason
 * to stop. Its answer, a `SocketState`, says what that reason was.
 */
import type { Milliseconds } from '../../../sim/clock.ts';
import type { Sim } from '../../../sim/sim.ts';
import { IOException } from '../../java/exceptions.ts';
import { Log } from '../../juli/log.ts';
import type { LogSink } from '../../juli/log.ts';
import type {
  SocketState,
  SocketStatus,
  SocketWrapper,
} from '../../util/net/socket-wrapper.ts';
import type { Adapter } from '../adapter.ts';
import { AsyncStateMachine } from '../async-state-machine.ts';
import type { Processor } from '../processor.ts';
import { Request } from '../request.ts';
import type { RequestHook } from '../request.ts';
import { Response } from '../response.ts';
import type { EndpointView, Http11Ways } from './http11-ways.ts';
import type { InputBuffer } from './input-buffer.ts';
import { OutputBuffer } from './output-buffer.ts';
import { prepareRequest } from './prepare-request.ts';
import { statusDropsConnection } from './prepare-response.ts';
import { Exchange, ResponseActions } from './response-actions.ts';
import type { HttpUpgradeHandler } from './upgrade/servlet31.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor
 * @omits TLS, comet, files sent by the kernel
 */
export class AbstractHttp11Processor implements Processor, RequestHook {
  readonly kind: string;
  readonly #endpoint: EndpointView;
  readonly #ways: Http11Ways;
  readonly #adapter: Adapter;
  readonly #log: Log;
  readonly #request: Request;
  readonly #response = new Response();
  readonly #inputBuffer: InputBuffer;
  readonly #outputBuffer = new OutputBuffer();
  readonly #asyncStateMachine = new AsyncStateMachine();
  readonly #exchange = new Exchange();
  readonly #actions: ResponseActions;
  #socketWrapper: SocketWrapper | undefined;
  #httpUpgradeHandler: HttpUpgradeHandler | undefined;

  constructor(
    sim: Sim,
    endpoint: EndpointView,
    ways: Http11Ways,
    adapter: Adapter,
    sink: LogSink,
  ) {
    this.kind = ways.kind;
    this.#endpoint = endpoint;
    this.#ways = ways;
    this.#adapter = adapter;
    this.#log = new Log('AbstractHttp11Processor', sink);
    this.#request = new Request(endpoint.maxHeaderCount);
    this.#inputBuffer = ways.newInputBuffer(this.#request);
    this.#request.hook = this;
    this.#actions = new ResponseActions(
      sim,
      this.#exchange,
      this.#request,
      this.#response,
      this.#outputBuffer,
    );
    this.#response.hook = this.#actions;
  }

  /**
   * Serves the requests that come, one after the other.
   *
   * @story Since the processor holds no upgrade handler, the bytes are parsed as ordinary HTTP.
   * @story on bytes.block: Holding no upgrade handler, the processor expects HTTP, and the worker blocks until bytes come.
   * @story on bytes.read.empty: Nothing more has come, so the worker reads in vain and will not wait.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.process
   */
  async process(wrapper: SocketWrapper): Promise<SocketState> {
    const endpoint = this.#endpoint;
    const ways = this.#ways;
    this.#socketWrapper = wrapper;
    this.#inputBuffer.init(wrapper.socket, endpoint.soTimeout);
    this.#outputBuffer.init(wrapper.socket, endpoint.soTimeout);
    this.#exchange.begin();
    let openSocket = false;
    let readComplete = true;
    let keptAlive = false;
    if (ways.disableKeepAlive()) wrapper.keepAliveLeft = 0;
    while (
      !this.#exchange.isError() &&
      this.#exchange.keepAlive &&
      !this.isAsync() &&
      this.#httpUpgradeHandler === undefined &&
      !endpoint.isPaused()
    ) {
      const head = await this.#parseHead(wrapper, keptAlive);
      if (head === 'failed') break;
      if (head === 'not begun' || head === 'begun') {
        openSocket = true;
        // What has come of the request must find this processor again.
        readComplete = head === 'not begun';
        break;
      }
      keptAlive = true;
      if (!this.#exchange.isError()) this.#prepareRequest();
      this.#exchange.countRequest(wrapper, endpoint.maxKeepAliveRequests);
      if (!this.#exchange.isError()) await this.#service();
      if (!this.isAsync()) await this.#actions.endRequest(this.#inputBuffer);
      if (!this.isAsync() && this.#exchange.isIoAllowed()) {
        this.#nextRequest();
      }
      openSocket = this.#exchange.keepAlive;
      if (ways.breakKeepAliveLoop(this.#inputBuffer)) break;
    }
    return this.#stateAfter(openSocket, readComplete);
  }

  /**
   * Parses a request's head, as far as it has come. A malformed one is
   * answered with 400; when nobody is there, there is no answer.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.process (part)
   */
  async #parseHead(
    wrapper: SocketWrapper,
    keptAlive: boolean,
  ): Promise<'parsed' | 'not begun' | 'begun' | 'malformed' | 'failed'> {
    const ways = this.#ways;
    const input = this.#inputBuffer;
    try {
      await ways.setRequestLineReadTimeout(wrapper, input);
      if (!(await input.parseRequestLine(keptAlive))) {
        return ways.handleIncompleteRequestLineRead(wrapper, input);
      }
      return (await input.parseHeaders()) ? 'parsed' : 'begun';
    } catch (error) {
      if (error instanceof IOException) {
        this.#log.debug(`Error parsing HTTP request: ${error.message}`);
        this.#exchange.setErrorState('CLOSE_NOW');
        return 'failed';
      }
      this.#log.info(`Error parsing HTTP request header: ${String(error)}`);
      this.#response.status = 400;
      this.#exchange.setErrorState('CLOSE_CLEAN');
      return 'malformed';
    }
  }

  /**
   * What has become of the connection, once the loop over its requests ended.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.process (part)
   */
  #stateAfter(openSocket: boolean, readComplete: boolean): SocketState {
    if (this.#exchange.isError() || this.#endpoint.isPaused()) {
      return 'CLOSED';
    }
    if (this.isAsync()) return 'LONG';
    if (this.isUpgrade()) return 'UPGRADING';
    if (!openSocket) return 'CLOSED';
    return readComplete ? 'OPEN' : 'LONG';
  }

  #prepareRequest(): void {
    const exchange = this.#exchange;
    const prepared = prepareRequest(this.#request, exchange.keepAlive);
    exchange.prepare(prepared);
    this.#response.status = prepared.refused ?? this.#response.status;
  }

  /**
   * Hands the request to the container.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.process (part)
   */
  async #service(): Promise<void> {
    const response = this.#response;
    try {
      await this.#adapter.service(this.#request, response);
      const drops =
        response.errorException !== undefined ||
        (!this.isAsync() && statusDropsConnection(response.status));
      if (this.#exchange.keepAlive && !this.#exchange.isError() && drops) {
        this.#exchange.setErrorState('CLOSE_CLEAN');
      }
    } catch (error) {
      this.#log.error(`Error processing request: ${String(error)}`);
      response.status = 500;
      this.#exchange.setErrorState('CLOSE_CLEAN');
    }
  }

  #nextRequest(): void {
    this.#inputBuffer.nextRequest();
    this.#request.recycle();
    this.#response.recycle();
    this.#outputBuffer.nextRequest();
    this.#exchange.nextRequest();
  }

  /**
   * Keeps the handler that will take the connection over. From now on the
   * response has no body, and no further request is read.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.action (part)
   */
  upgrade(handler: HttpUpgradeHandler): void {
    this.#httpUpgradeHandler = handler;
    this.#outputBuffer.finished = true;
  }

  isUpgrade(): boolean {
    return this.#httpUpgradeHandler !== undefined;
  }

  getHttpUpgradeHandler(): HttpUpgradeHandler | undefined {
    return this.#httpUpgradeHandler;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.upgradeDispatch
   * @throws {IOException} always: this processor speaks HTTP alone
   */
  upgradeDispatch(): Promise<SocketState> {
    throw new IOException('Not an upgraded connection');
  }

  isAsync(): boolean {
    return this.#asyncStateMachine.isAsync();
  }

  asyncStart(): void {
    this.#asyncStateMachine.asyncStart();
  }

  asyncComplete(): void {
    const wrapper = this.#socketWrapper;
    if (!this.#asyncStateMachine.asyncComplete() || wrapper === undefined) {
      return;
    }
    this.#endpoint.processSocketAsync(wrapper, 'OPEN_READ');
  }

  asyncSetTimeout(timeout: Milliseconds): void {
    if (this.#socketWrapper !== undefined) {
      this.#socketWrapper.timeout = timeout;
    }
  }

  asyncPostProcess(): SocketState {
    return this.#asyncStateMachine.asyncPostProcess();
  }

  /**
   * Goes on with an asynchronous request, or ends it.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.asyncDispatch
   */
  async asyncDispatch(status: SocketStatus): Promise<SocketState> {
    if (status === 'TIMEOUT' && this.#asyncStateMachine.asyncTimeout()) {
      this.#response.status = 500;
      this.#asyncStateMachine.asyncComplete();
    } else if (status === 'ERROR') this.#exchange.setErrorState('CLOSE_NOW');
    if (this.isAsync()) return !this.#exchange.isError() ? 'LONG' : 'CLOSED';
    await this.#adapter.finish(this.#request, this.#response);
    await this.#actions.endRequest(this.#inputBuffer);
    if (this.#exchange.isError() || !this.#exchange.keepAlive) return 'CLOSED';
    this.#nextRequest();
    return 'OPEN';
  }

  /**
   * Forgets the connection: its handler, and all bytes that were read.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/coyote/http11/AbstractHttp11Processor.java AbstractHttp11Processor.recycle
   */
  recycle(): void {
    this.#nextRequest();
    this.#inputBuffer.recycle();
    this.#outputBuffer.recycle();
    this.#asyncStateMachine.recycle();
    this.#httpUpgradeHandler = undefined;
    this.#exchange.recycle();
    this.#socketWrapper = undefined;
  }
}
