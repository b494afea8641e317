/**
 * The NIO endpoint: a poller waits for all connections, and a worker is with
 * one only while there is something to do.
 */
import type { Sim } from '../../../sim/sim.ts';
import type { ByteStream, Listener } from '../../../sim/stream.ts';
import { AbstractEndpoint } from './abstract-endpoint.ts';
import type { EndpointOptions, Handler } from './abstract-endpoint.ts';
import { Poller } from './poller.ts';
import { SocketWrapper } from './socket-wrapper.ts';
import type { SocketStatus } from './socket-wrapper.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/util/net/NioEndpoint.java NioEndpoint
 * @differs one poller, where upstream starts one for each of two processors
 */
export class NioEndpoint {
  readonly endpoint: AbstractEndpoint;
  readonly poller: Poller;
  readonly #sim: Sim;
  readonly #listener: Listener;
  #handler: Handler | undefined;

  constructor(sim: Sim, listener: Listener, options: EndpointOptions) {
    this.#sim = sim;
    this.#listener = listener;
    this.endpoint = new AbstractEndpoint(sim, options);
    this.poller = new Poller(sim, this);
  }

  setHandler(handler: Handler): void {
    this.#handler = handler;
  }

  start(): void {
    this.endpoint.running = true;
    this.#sim.go('poller', () => this.poller.run());
    this.#sim.go('acceptor', () => this.#accept());
  }

  /**
   * Takes connections as they come.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java Acceptor.run
   */
  async #accept(): Promise<void> {
    while (this.endpoint.running) {
      await this.endpoint.countUpOrAwaitConnection();
      const socket = await this.#listener.accept();
      if (socket === undefined) {
        this.endpoint.countDownConnection();
        return;
      }
      this.setSocketOptions(socket);
    }
  }

  /**
   * Hands a new connection to the poller.
   *
   * @story The acceptor makes the socket non-blocking and registers it with the poller; no worker is needed yet.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java NioEndpoint.setSocketOptions
   */
  setSocketOptions(socket: ByteStream): void {
    const { soTimeout, maxKeepAliveRequests } = this.endpoint.options;
    const wrapper = new SocketWrapper(
      `socket-${String(this.#sim.count('socket'))}`,
      socket,
      this.#sim.now(),
      soTimeout,
      maxKeepAliveRequests,
    );
    this.endpoint.wrappers.add(wrapper);
    this.poller.register(wrapper);
  }

  /**
   * Gives a connection to a worker.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java NioEndpoint.processSocket
   */
  processSocket(wrapper: SocketWrapper, status: SocketStatus): void {
    this.endpoint.executor.execute(() => this.#doRun(wrapper, status));
  }

  /**
   * Gives a connection with an asynchronous request to a worker again.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java NioEndpoint.processSocketAsync
   */
  processSocketAsync(wrapper: SocketWrapper, status: SocketStatus): void {
    this.processSocket(wrapper, status);
  }

  /**
   * The connection has ended; nobody is told but those who keep track.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java Poller.cancelledKey (part)
   */
  ended(wrapper: SocketWrapper): void {
    this.#handler?.forget(wrapper);
    this.endpoint.wrappers.delete(wrapper);
    this.endpoint.countDownConnection();
  }

  /** Takes no further connection, and ends those that are open. */
  stop(): void {
    this.endpoint.running = false;
    this.endpoint.paused = true;
    this.#listener.close();
    for (const wrapper of [...this.endpoint.wrappers]) {
      this.poller.cancelledKey(wrapper, 'STOP');
    }
    this.poller.stop();
  }

  /**
   * What a worker does with a connection: all that can be done now.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java SocketProcessor.doRun
   * @omits the TLS handshake; the locks, of which an upgraded connection has
   *   one for a reader and one for a writer
   */
  async #doRun(wrapper: SocketWrapper, status: SocketStatus): Promise<void> {
    const state = await this.#handler?.process(wrapper, status);
    if (state === 'CLOSED') this.poller.cancelledKey(wrapper, 'ERROR');
  }
}
