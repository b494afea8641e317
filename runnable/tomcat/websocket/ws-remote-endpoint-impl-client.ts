/**
 * Writes a client's frames: masked, and through one buffer.
 */
import type { Sim } from '../../sim/sim.ts';
import type { ByteStream } from '../../sim/stream.ts';
import type { SendHandler } from './javax.ts';
import { toIOException } from './to-io-exception.ts';
import { WsRemoteEndpointImplBase } from './ws-remote-endpoint-impl-base.ts';

/**
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplClient.java WsRemoteEndpointImplClient
 */
export class WsRemoteEndpointImplClient extends WsRemoteEndpointImplBase {
  readonly #channel: ByteStream;

  constructor(sim: Sim, channel: ByteStream) {
    super(sim);
    this.#channel = channel;
  }

  protected isMasked(): boolean {
    return true;
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplClient.java WsRemoteEndpointImplClient.doWrite
   */
  protected async doWrite(
    handler: SendHandler,
    buffers: readonly Uint8Array[],
  ): Promise<void> {
    try {
      for (const bytes of buffers) {
        if (bytes.length > 0) await this.#channel.write(bytes);
      }
    } catch (error) {
      await handler.onResult({ exception: toIOException(error) });
      return;
    }
    await handler.onResult({ exception: undefined });
  }

  /**
   * @upstream apache/tomcat 7.0.88
   *   java/org/apache/tomcat/websocket/WsRemoteEndpointImplClient.java WsRemoteEndpointImplClient.doClose
   */
  protected doClose(): Promise<void> {
    this.#channel.close();
    return Promise.resolve();
  }
}
