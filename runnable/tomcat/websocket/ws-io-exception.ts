/**
 * An error of the protocol: it says how the connection is to be closed.
 */
import { IOException } from '../java/exceptions.ts';
import type { CloseReason } from './javax.ts';

/**
 * Unlike other failures of input and output it is not told to the endpoint's
 * `onError`: the close reason tells everything.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsIOException.java WsIOException
 */
export class WsIOException extends IOException {
  override name = 'WsIOException';
  override readonly javaName = 'org.apache.tomcat.websocket.WsIOException';
  readonly closeReason: CloseReason;

  constructor(closeReason: CloseReason) {
    super(closeReason.reason ?? '');
    this.closeReason = closeReason;
  }
}
