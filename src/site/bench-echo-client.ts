/**
 * A WebSocket client that does next to nothing, so that a benchmark of two
 * servers measures them: one masked frame is made once and sent again and
 * again, and of what comes back only the number of bytes is looked at.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const requestFor = (path: string): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    '\r\n',
  ].join('\r\n');

export class EchoClient {
  readonly #socket: Socket;
  readonly #frame: Buffer;
  readonly #answerBytes: number;

  private constructor(socket: Socket, bytes: number) {
    this.#socket = socket;
    this.#frame = maskedFrame(bytes);
    this.#answerBytes = bytes + (bytes < 126 ? 2 : 4);
  }

  /**
   * Opens a connection and upgrades it.
   *
   * @param bytes of a message's payload, below 65,536
   * @throws {Error} when the server refuses
   */
  static async connect(
    port: number,
    bytes: number,
    path = '/echo',
  ): Promise<EchoClient> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    socket.write(requestFor(path));
    const [head] = (await once(socket, 'data')) as [Buffer];
    const line = head.toString('latin1').split('\r\n', 1)[0] ?? '';
    if (!line.includes(' 101 ')) throw new Error(`Cannot upgrade: ${line}`);
    return new EchoClient(socket, bytes);
  }

  /**
   * Sends a message whenever the last one is back.
   *
   * @param end on the clock of `performance`, in milliseconds
   * @returns how many came back
   * @throws {Error} when the server closes the connection
   */
  echoUntil(end: number): Promise<number> {
    return new Promise((resolve, reject) => {
      let echoes = 0;
      let missing = this.#answerBytes;
      const closed = (): void => {
        reject(new Error('Cannot go on: the server closed the connection'));
      };
      this.#socket.once('close', closed);
      const heard = (bytes: Buffer): void => {
        missing -= bytes.length;
        if (missing > 0) return;
        echoes += 1;
        missing = this.#answerBytes;
        if (performance.now() < end) {
          this.#socket.write(this.#frame);
          return;
        }
        this.#socket.off('data', heard).off('close', closed);
        resolve(echoes);
      };
      this.#socket.on('data', heard);
      this.#socket.write(this.#frame);
    });
  }

  end(): void {
    this.#socket.destroy();
  }
}

/** A binary message in one frame under a mask of zeros. */
function maskedFrame(bytes: number): Buffer {
  const head =
    bytes < 126
      ? [0x82, 0x80 | bytes]
      : [0x82, 0x80 | 126, bytes >> 8, bytes & 255];
  return Buffer.concat([Buffer.from(head), Buffer.alloc(4 + bytes, 0)]);
}
