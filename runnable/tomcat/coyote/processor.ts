/**
 * Something that serves one connection: HTTP, or what it was upgraded to.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/coyote/Processor.java Processor
 * @omits comet's `event` and the TLS of a connection
 */
import type {
  SocketState,
  SocketStatus,
  SocketWrapper,
} from '../util/net/socket-wrapper.ts';
import type { HttpUpgradeHandler } from './http11/upgrade/servlet31.ts';

export interface Processor {
  /** As the maps and the log name it: `Http11Processor`, `BioProcessor`. */
  readonly kind: string;
  /** Serves HTTP on the connection until there is a reason to stop. */
  process(socket: SocketWrapper): Promise<SocketState>;
  isAsync(): boolean;
  asyncDispatch(status: SocketStatus): Promise<SocketState>;
  asyncPostProcess(): SocketState;
  /** Whether a protocol took, or is about to take, the connection over. */
  isUpgrade(): boolean;
  getHttpUpgradeHandler(): HttpUpgradeHandler | undefined;
  /** Tells the protocol that took over what happened on the socket. */
  upgradeDispatch(status: SocketStatus): Promise<SocketState>;
  /** Forgets the connection, so that the processor can serve another one. */
  recycle(): void;
}
