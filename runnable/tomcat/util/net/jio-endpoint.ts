/**
 * The BIO endpoint: one worker for each connection, which waits wherever
 * there is nothing to do.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { ByteStream, Listener } from '../../../sim/stream.ts';
import { AbstractEndpoint } from './abstract-endpoint.ts';
import type { EndpointOptions, Handler } from './abstract-endpoint.ts';
import { SocketWrapper } from './socket-wrapper.ts';
import type { SocketState, SocketStatus } from './socket-wrapper.ts';

/** How often time-outs of asynchronous requests are looked for. */
const asyncTimeoutInterval = 1000;

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/util/net/JIoEndpoint.java JIoEndpoint
 */
export class JIoEndpoint {
  readonly endpoint: AbstractEndpoint;
  /** Connections whose request is asynchronous; no worker is with them. */
  readonly waitingRequests = new Set<SocketWrapper>();
  readonly #sim: Sim;
  readonly #listener: Listener;
  #handler: Handler | undefined;
  #isLookingForTimeouts = false;

  constructor(sim: Sim, listener: Listener, options: EndpointOptions) {
    this.#sim = sim;
    this.#listener = listener;
    const { maxConnections, maxThreads } = options;
    this.endpoint = new AbstractEndpoint(sim, {
      ...options,
      maxConnections: Math.min(maxConnections, maxThreads),
    });
  }

  setHandler(handler: Handler): void {
    this.#handler = handler;
  }

  start(): void {
    this.endpoint.running = true;
    this.#sim.go('acceptor', () => this.#accept());
  }

  /**
   * Takes connections as they come.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/JIoEndpoint.java Acceptor.run
   */
  async #accept(): Promise<void> {
    while (this.endpoint.running) {
      await this.endpoint.countUpOrAwaitConnection();
      const socket = await this.#listener.accept();
      if (socket === undefined) {
        this.endpoint.countDownConnection();
        return;
      }
      this.processSocket(socket);
    }
  }

  /**
   * Gives a new connection to a worker.
   *
   * @story The acceptor wraps the socket and gives it straight to a worker, though nothing has been sent.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/JIoEndpoint.java JIoEndpoint.processSocket
   */
  processSocket(socket: ByteStream): void {
    const { soTimeout, maxKeepAliveRequests } = this.endpoint.options;
    const wrapper = new SocketWrapper(
      `socket-${String(this.#sim.count('socket'))}`,
      socket,
      this.#sim.now(),
      soTimeout,
      maxKeepAliveRequests,
    );
    this.endpoint.wrappers.add(wrapper);
    this.endpoint.executor.execute(() => this.#run(wrapper, undefined));
  }

  /**
   * Gives a connection with an asynchronous request to a worker again.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/JIoEndpoint.java JIoEndpoint.processSocketAsync
   */
  processSocketAsync(wrapper: SocketWrapper, status: SocketStatus): void {
    if (!this.waitingRequests.delete(wrapper)) return;
    this.endpoint.executor.execute(() => this.#run(wrapper, status));
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/JIoEndpoint.java JIoEndpoint.removeWaitingRequest
   */
  removeWaitingRequest(wrapper: SocketWrapper): void {
    this.waitingRequests.delete(wrapper);
  }

  /** Takes no further connection, and ends those that are open. */
  stop(): void {
    this.endpoint.running = false;
    this.endpoint.paused = true;
    this.#listener.close();
    for (const { socket } of this.endpoint.wrappers) socket.close();
  }

  /**
   * What a worker does with a connection: all that can be done now.
   *
   * @story on bytes.close: Back in its `SocketProcessor`, the worker closes the socket.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/JIoEndpoint.java SocketProcessor.run
   * @omits the TLS handshake, and the lock that keeps two workers from one
   *   connection
   */
  async #run(
    wrapper: SocketWrapper,
    status: SocketStatus | undefined,
  ): Promise<void> {
    const handler = this.#handler;
    if (handler === undefined) return;
    const state: SocketState = await handler.process(
      wrapper,
      status ?? 'OPEN_READ',
    );
    switch (state) {
      case 'CLOSED':
        this.endpoint.countDownConnection();
        this.endpoint.wrappers.delete(wrapper);
        wrapper.socket.close();
        return;
      case 'OPEN':
      case 'UPGRADING':
      case 'UPGRADING_TOMCAT':
      case 'UPGRADED':
        wrapper.keptAlive = true;
        wrapper.access(this.#sim.now());
        this.endpoint.executor.execute(() => this.#run(wrapper, 'OPEN_READ'));
        return;
      case 'LONG':
        wrapper.access(this.#sim.now());
        this.waitingRequests.add(wrapper);
        this.#lookForTimeouts();
        return;
      case 'ASYNC_END':
      case 'SENDFILE':
      // Neither leaves the handler on this connector.
    }
  }

  /**
   * Ends asynchronous requests that take too long.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/JIoEndpoint.java AsyncTimeout.run
   * @differs runs only while there are such requests
   */
  #lookForTimeouts(): void {
    if (this.#isLookingForTimeouts) return;
    this.#isLookingForTimeouts = true;
    this.#sim.clock.after(asyncTimeoutInterval, () => {
      this.#isLookingForTimeouts = false;
      const now = this.#sim.now();
      for (const wrapper of [...this.waitingRequests]) {
        const { timeout, lastAccess } = wrapper;
        if (timeout > 0 && now - lastAccess > timeout) {
          this.processSocketAsync(wrapper, 'TIMEOUT');
        }
      }
      if (this.waitingRequests.size > 0) this.#lookForTimeouts();
    });
  }
}
