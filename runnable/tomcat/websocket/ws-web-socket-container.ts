/**
 * What all sessions of one side share: limits, and the list of who is open.
 */
import type { Milliseconds } from '../../sim/clock.ts';
import type { Ports } from '../../ports.ts';
import type { Sim } from '../../sim/sim.ts';
import type { LogSink } from '../juli/log.ts';
import { BackgroundProcessManager } from './background-process-manager.ts';
import { DEFAULT_BUFFER_SIZE, DEFAULT_PROCESS_PERIOD } from './constants.ts';
import { CloseReason, GOING_AWAY } from './javax.ts';
import type { Endpoint, Session } from './javax.ts';
import type { WsSession } from './ws-session.ts';

/** What a container needs of its surroundings. */
export interface ContainerOptions {
  readonly sim: Sim;
  readonly ports: Ports;
  readonly log: LogSink;
  /** Brings the dangerous faults of 7.0.88 back; off by default. */
  readonly faults?: boolean;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer
 * @differs connecting to a server is in `ws-client-container.ts`
 */
export class WsWebSocketContainer {
  readonly sim: Sim;
  readonly ports: Ports;
  readonly log: LogSink;
  readonly faults: boolean;
  /** How long an asynchronous send may take; -1 for ever. */
  defaultAsyncSendTimeout: Milliseconds = -1;
  defaultMaxBinaryMessageBufferSize = DEFAULT_BUFFER_SIZE;
  defaultMaxTextMessageBufferSize = DEFAULT_BUFFER_SIZE;
  /** 0 for never. */
  defaultMaxSessionIdleTimeout: Milliseconds = 0;
  readonly backgroundProcesses: BackgroundProcessManager;
  readonly #sessions = new Map<WsSession, Endpoint>();

  constructor(options: ContainerOptions) {
    this.sim = options.sim;
    this.ports = options.ports;
    this.log = options.log;
    this.faults = options.faults ?? false;
    this.backgroundProcesses = new BackgroundProcessManager(this.sim);
  }

  /**
   * Adds a session to those that are open; one that was closed in `onOpen`
   * is none of them.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.registerSession
   */
  registerSession(endpoint: Endpoint, session: WsSession): void {
    if (!session.isOpen()) return;
    this.#sessions.set(session, endpoint);
    if (session.isLimited) this.watchSessions();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.unregisterSession
   */
  unregisterSession(_endpoint: Endpoint, session: WsSession): void {
    this.#sessions.delete(session);
  }

  /**
   * The open sessions of one endpoint.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.getOpenSessions
   */
  getOpenSessions(endpoint: Endpoint): Session[] {
    return [...this.#sessions]
      .filter(([, other]) => other.constructor === endpoint.constructor)
      .map(([session]) => session);
  }

  /** Looks for idle sessions from now on. */
  watchSessions(): void {
    this.backgroundProcesses.register(this, DEFAULT_PROCESS_PERIOD);
  }

  get isNeeded(): boolean {
    return [...this.#sessions.keys()].some(({ isLimited }) => isLimited);
  }

  get isDue(): boolean {
    return [...this.#sessions.keys()].some(({ isExpired }) => isExpired);
  }

  /**
   * Ends the sessions that have been idle for too long.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.backgroundProcess
   */
  async backgroundProcess(): Promise<void> {
    for (const session of [...this.#sessions.keys()]) {
      await session.checkExpiration();
    }
  }

  /**
   * Says goodbye to everybody.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsWebSocketContainer.java WsWebSocketContainer.destroy
   */
  async destroy(): Promise<void> {
    const reason = new CloseReason(
      GOING_AWAY,
      'The web application is stopping',
    );
    for (const session of [...this.#sessions.keys()]) {
      await session.close(reason);
    }
    this.backgroundProcesses.shutdown();
  }
}
