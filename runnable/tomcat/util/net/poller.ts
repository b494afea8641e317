/**
 * The poller: one thread that waits for all connections at once.
 *
 * What it waits for on a connection is the key's interest. When it is there,
 * the interest is withdrawn before a worker gets the connection, so that one
 * event never brings two workers; whoever is done asks for it again.
 */
import type { Instant, Timer } from '../../../sim/clock.ts';
import type { Sim, Suspension } from '../../../sim/sim.ts';
import type { SocketStatus, SocketWrapper } from './socket-wrapper.ts';

export type Interest = 'READ' | 'WRITE';

/** What the poller gives its connections to, and tells of their end. */
interface PollerEndpoint {
  processSocket(wrapper: SocketWrapper, status: SocketStatus): void;
  ended(wrapper: SocketWrapper): void;
}

/** What is waited for on one connection. */
interface SelectionKey {
  readonly wrapper: SocketWrapper;
  readonly interestOps: Set<Interest>;
  readonly readyOps: Set<Interest>;
  /** What the transport has been asked to report, once. */
  readonly armed: Set<Interest>;
}

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/util/net/NioEndpoint.java NioEndpoint.Poller
 */
export class Poller {
  readonly keys = new Map<SocketWrapper, SelectionKey>();
  readonly #sim: Sim;
  readonly #endpoint: PollerEndpoint;
  #events: (() => void)[] = [];
  #selected = new Set<SelectionKey>();
  #waiting: Suspension<undefined> | undefined;
  #stopped = false;
  /** When a connection may have been silent for too long. */
  #nextExpiration: Instant = Infinity;
  #alarm: Timer | undefined;
  /** When the alarm rings. */
  #alarmAt: Instant = Infinity;

  constructor(sim: Sim, endpoint: PollerEndpoint) {
    this.#sim = sim;
    this.#endpoint = endpoint;
  }

  /**
   * Begins to wait for a new connection's first bytes.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java Poller.register
   */
  register(wrapper: SocketWrapper): void {
    this.#addEvent(() => {
      const key: SelectionKey = {
        wrapper,
        interestOps: new Set(),
        readyOps: new Set(),
        armed: new Set(),
      };
      this.keys.set(wrapper, key);
      this.#interest(key, 'READ');
    });
  }

  /**
   * Waits for something more on a connection.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java Poller.add
   */
  add(wrapper: SocketWrapper, interestOps: Interest): void {
    this.#addEvent(() => {
      const key = this.keys.get(wrapper);
      if (key === undefined) return;
      wrapper.access(this.#sim.now());
      this.#interest(key, interestOps);
    });
  }

  /**
   * Waits, and hands out what is ready.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java Poller.run
   */
  async run(): Promise<void> {
    while (!this.#stopped) {
      this.#runEvents();
      const selected = this.#selected;
      this.#selected = new Set();
      for (const key of selected) {
        // Closed behind the poller's back, it has nothing to be read.
        if (!key.wrapper.socket.closed) this.processKey(key);
        else this.cancelledKey(key.wrapper, 'ERROR');
      }
      this.timeout();
      if (this.#events.length === 0 && this.#selected.size === 0) {
        await this.#select();
      }
    }
  }

  /**
   * Gives a ready connection to a worker, and stops waiting for it.
   *
   * @story when readable: Because bytes are waiting, the poller withdraws its interest in reads and gives the socket to a worker.
   * @story when writable: Because there is room again, the poller withdraws its interest in writes and gives the socket to a worker.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java Poller.processKey
   */
  processKey(key: SelectionKey): void {
    const { wrapper, readyOps } = key;
    const readable = readyOps.has('READ');
    const writable = readyOps.has('WRITE');
    wrapper.access(this.#sim.now());
    this.#unreg(key);
    if (readable) this.#endpoint.processSocket(wrapper, 'OPEN_READ');
    if (writable) this.#endpoint.processSocket(wrapper, 'OPEN_WRITE');
  }

  /**
   * Ends a connection. Its processor is recycled without a word: an upgraded
   * one does not learn of it here.
   *
   * @story when _status == 'TIMEOUT': The connection has been silent for too long, so its key is cancelled and its channel closed.
   * @story when _status == 'ERROR': Finally the selection key is cancelled, and the channel is free for another socket.
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java Poller.cancelledKey
   */
  cancelledKey(wrapper: SocketWrapper, _status: SocketStatus): void {
    const key = this.keys.get(wrapper);
    if (key === undefined) return;
    this.keys.delete(wrapper);
    key.interestOps.clear();
    this.#selected.delete(key);
    this.#endpoint.ended(wrapper);
    wrapper.socket.close();
  }

  /**
   * Ends connections that have been silent for too long, if they are waited
   * for; asynchronous requests hear of it.
   *
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java Poller.timeout
   * @differs looks when the first is due; upstream looks once a second
   */
  timeout(): void {
    const now = this.#sim.now();
    if (now < this.#nextExpiration) return;
    this.#nextExpiration = Infinity;
    for (const { wrapper, interestOps } of [...this.keys.values()]) {
      const isWaitedFor = interestOps.size > 0 || wrapper.async;
      if (!isWaitedFor || wrapper.timeout <= 0) continue;
      if (now - wrapper.lastAccess < wrapper.timeout) {
        this.expect(wrapper);
      } else if (wrapper.async) {
        wrapper.access(Infinity);
        this.#endpoint.processSocket(wrapper, 'TIMEOUT');
      } else this.cancelledKey(wrapper, 'TIMEOUT');
    }
  }

  /** Lets the poller look at everything again. */
  wakeup(): void {
    this.#waiting?.resume(undefined);
  }

  /** Ends the poller's thread. */
  stop(): void {
    this.#stopped = true;
    this.#alarm?.stop();
    this.wakeup();
  }

  /**
   * Sees to it that a connection that falls silent is noticed.
   */
  expect(wrapper: SocketWrapper): void {
    if (wrapper.timeout <= 0) return;
    const due = wrapper.lastAccess + wrapper.timeout;
    if (due >= this.#nextExpiration) return;
    this.#nextExpiration = due;
    this.wakeup();
  }

  #addEvent(event: () => void): void {
    this.#events.push(event);
    this.wakeup();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java Poller.events
   */
  #runEvents(): void {
    const events = this.#events;
    this.#events = [];
    for (const event of events) event();
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java PollerEvent.run
   */
  #interest(key: SelectionKey, interest: Interest): void {
    key.interestOps.add(interest);
    this.expect(key.wrapper);
    if (key.armed.has(interest)) return;
    key.armed.add(interest);
    const ready = (): void => {
      key.armed.delete(interest);
      if (!key.interestOps.has(interest)) return;
      key.readyOps.add(interest);
      this.#selected.add(key);
      this.wakeup();
    };
    const { socket } = key.wrapper;
    if (interest === 'READ') socket.onReadable(ready);
    else socket.onWritable(ready);
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/util/net/NioEndpoint.java Poller.unreg
   */
  #unreg(key: SelectionKey): void {
    for (const interest of key.readyOps) key.interestOps.delete(interest);
    key.readyOps.clear();
  }

  /** Waits until something is ready, asked for, or due. */
  async #select(): Promise<void> {
    this.#waiting = this.#sim.suspend('for a key to be ready');
    this.#setAlarm(this.#nextExpiration);
    await this.#waiting.promise;
    this.#waiting = undefined;
  }

  /** Wakes the poller at an instant, and at no other. */
  #setAlarm(at: Instant): void {
    if (at === this.#alarmAt) return;
    this.#alarm?.stop();
    this.#alarmAt = at;
    if (at === Infinity) return;
    this.#alarm = this.#sim.clock.after(at - this.#sim.now(), () => {
      this.#alarmAt = Infinity;
      this.wakeup();
    });
  }
}
