/**
 * A connector by hand: just enough of one to upgrade a request and to hand
 * the connection's events to the upgraded protocol.
 */
import type {
  HttpServletRequest,
  HttpServletResponse,
} from '../../../runnable/tomcat/catalina/servlet.ts';
import { AbstractServletInputStream } from '../../../runnable/tomcat/coyote/http11/upgrade/abstract-servlet-input-stream.ts';
import type { InputTransport } from '../../../runnable/tomcat/coyote/http11/upgrade/abstract-servlet-input-stream.ts';
import { AbstractServletOutputStream } from '../../../runnable/tomcat/coyote/http11/upgrade/abstract-servlet-output-stream.ts';
import type { OutputTransport } from '../../../runnable/tomcat/coyote/http11/upgrade/abstract-servlet-output-stream.ts';
import type {
  HttpUpgradeHandler,
  WebConnection,
} from '../../../runnable/tomcat/coyote/http11/upgrade/servlet31.ts';
import {
  EOFException,
  IOException,
  SocketException,
} from '../../../runnable/tomcat/java/exceptions.ts';
import { LogLines } from '../../../runnable/tomcat/juli/log.ts';
import { configOf, newLab } from '../../../runnable/tomcat/lab/lab.ts';
import { doUpgrade } from '../../../runnable/tomcat/websocket/server/upgrade-util.ts';
import type { ServerEndpointConfig } from '../../../runnable/tomcat/websocket/server/server-endpoint-config.ts';
import { WsServerContainer } from '../../../runnable/tomcat/websocket/server/ws-server-container.ts';
import { pipe } from '../../../runnable/sim/pipe.ts';
import { Sim } from '../../../runnable/sim/sim.ts';
import type { ByteStream } from '../../../runnable/sim/stream.ts';
import { ports } from '../../../src/ports/ports.ts';

export type Connector = 'bio' | 'nio';

export function newContainer(sim = new Sim({ seed: 1 })): WsServerContainer {
  return new WsServerContainer({ sim, ports, log: new LogLines() });
}

/** An annotated endpoint that has no methods. */
export function pojoAt(path: string): ServerEndpointConfig {
  return configOf(path, {
    type: 'POJO',
    name: 'class java.lang.Object',
    newInstance: () => ({ onMessages: () => [] }),
  });
}

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly handler: HttpUpgradeHandler | undefined;
}

/** Sends a raw request through `doUpgrade`; what it throws is a 500. */
export function handshake(container: WsServerContainer, raw: string): Answer {
  const [line = '', ...rest] = raw.split('\r\n');
  const [method = '', target = ''] = line.split(' ');
  const [path = '', query] = target.split('?');
  const headers = new Map<string, string[]>();
  for (const header of rest.filter((text) => text !== '')) {
    const colon = header.indexOf(':');
    const name = header.slice(0, colon).toLowerCase();
    headers.set(name, [
      ...(headers.get(name) ?? []),
      header.slice(colon + 1).trim(),
    ]);
  }
  const made: { handler?: HttpUpgradeHandler } = {};
  const request = requestOf({ method, path, query, headers, made });
  const answered = { status: 200, headers: new Map<string, string[]>() };
  const response: HttpServletResponse = {
    getStatus: () => answered.status,
    setStatus: (status) => {
      answered.status = status;
    },
    setHeader: (name, value) => answered.headers.set(name, [value]),
    addHeader: (name, value) => {
      answered.headers.set(name, [
        ...(answered.headers.get(name) ?? []),
        value,
      ]);
    },
    containsHeader: (name) => answered.headers.has(name),
    setContentType: () => undefined,
    sendError: (status) => {
      answered.status = status;
    },
    isCommitted: () => false,
    print: () => Promise.resolve(),
  };
  try {
    const mapping = container.findMapping(path);
    if (mapping === undefined)
      return { ...answered, status: 404, handler: undefined };
    doUpgrade(container, request, response, mapping);
  } catch {
    return { ...answered, status: 500, handler: undefined };
  }
  const { handler } = made;
  const status = handler === undefined ? answered.status : 101;
  return { status, headers: answered.headers, handler };
}

interface Parsed {
  readonly method: string;
  readonly path: string;
  readonly query: string | undefined;
  readonly headers: ReadonlyMap<string, string[]>;
  readonly made: { handler?: HttpUpgradeHandler };
}

function requestOf(given: Parsed): HttpServletRequest {
  const { method, path, query, headers, made } = given;
  const parameters = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    parameters.set(name, [...(parameters.get(name) ?? []), value]);
  }
  return {
    getMethod: () => method,
    getProtocol: () => 'HTTP/1.1',
    getRequestURI: () => path,
    getServletPath: () => path,
    getPathInfo: () => undefined,
    getQueryString: () => query,
    getHeader: (name) => headers.get(name.toLowerCase())?.[0],
    getHeaders: (name) => headers.get(name.toLowerCase()) ?? [],
    getHeaderNames: () => [...headers.keys()],
    getParameterMap: () => parameters,
    getUserPrincipal: () => undefined,
    getSession: () => undefined,
    isSecure: () => false,
    getScheme: () => 'http',
    getServerName: () => '127.0.0.1',
    getServerPort: () => 80,
    startAsync: () => {
      throw new Error('A handshake is not asynchronous');
    },
    upgrade(factory) {
      const handler = factory();
      made.handler = handler;
      return handler;
    },
  };
}

/** An upgraded connection over a stream. */
class Connection implements WebConnection {
  readonly input: AbstractServletInputStream;
  readonly output: AbstractServletOutputStream;

  constructor(sim: Sim, stream: ByteStream, connector: Connector) {
    const waitForRoom = (): void => {
      stream.onWritable(() => {
        sim.go('writer', () => this.output.onWritePossible());
      });
    };
    const output = outputOf(stream, connector, waitForRoom);
    this.input = new AbstractServletInputStream(inputOf(stream, connector));
    this.output = new AbstractServletOutputStream(output);
  }

  getInputStream(): AbstractServletInputStream {
    return this.input;
  }

  getOutputStream(): AbstractServletOutputStream {
    return this.output;
  }

  async close(): Promise<void> {
    await this.input.close();
    await this.output.close();
  }

  get isCloseRequired(): boolean {
    return this.input.isCloseRequired() || this.output.isCloseRequired();
  }
}

function inputOf(stream: ByteStream, connector: Connector): InputTransport {
  let unread = new Uint8Array(0);
  const refill = (): 'eof' | 'read' => {
    const bytes = stream.readNow(8192);
    if (bytes !== undefined) unread = bytes.slice();
    return bytes === undefined ? 'eof' : 'read';
  };
  return {
    doIsReady() {
      if (connector === 'bio') return true;
      if (unread.length === 0) asIOException(refill);
      return unread.length > 0;
    },
    async doRead(_block, buffer, offset, length) {
      if (connector === 'bio') {
        const bytes = await stream.read(length);
        if (bytes === undefined) return -1;
        buffer.set(bytes, offset);
        return bytes.length;
      }
      if (unread.length === 0 && asIOException(refill) === 'eof') {
        throw new EOFException();
      }
      const part = unread.subarray(0, length);
      unread = unread.subarray(part.length);
      buffer.set(part, offset);
      return part.length;
    },
    doClose: () => {
      stream.close();
    },
  };
}

function outputOf(
  stream: ByteStream,
  connector: Connector,
  waitForRoom: () => void,
): OutputTransport {
  return {
    async doWrite(block, bytes) {
      if (!block && connector === 'nio') {
        const taken = asIOException(() => stream.writeNow(bytes));
        if (taken < bytes.length) waitForRoom();
        return taken;
      }
      try {
        await stream.write(bytes);
      } catch (error) {
        throw new SocketException((error as Error).message);
      }
      return bytes.length;
    },
    doClose: () => {
      stream.close();
    },
  };
}

function asIOException<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof IOException) throw error;
    throw new SocketException((error as Error).message);
  }
}

/** Serves an upgraded connection until it is closed, as a worker would. */
export async function serve(
  sim: Sim,
  handler: HttpUpgradeHandler,
  stream: ByteStream,
  connector: Connector,
): Promise<void> {
  const connection = new Connection(sim, stream, connector);
  await handler.init(connection);
  for (;;) {
    try {
      await connection.input.onDataAvailable();
    } catch (error) {
      if (!(error instanceof IOException)) break;
    }
    if (connection.isCloseRequired) break;
    await until(sim, (ready) => {
      stream.onReadable(ready);
    });
  }
  if (!stream.closed) stream.close();
  await handler.destroy();
}

async function until(
  sim: Sim,
  register: (ready: () => void) => void,
): Promise<void> {
  const task = sim.suspend<undefined>('for the stream');
  register(() => {
    task.resume(undefined);
  });
  await task.promise;
}

export const upgradeRequest = (path: string, more = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${more}\r\n`;

/** What a client of one conversation can do. */
export interface Client {
  readonly sim: Sim;
  readonly stream: ByteStream;
  /** Everything the server has sent so far. */
  readonly received: () => Buffer;
  readonly events: readonly string[];
  /** Whether the server has closed the connection. */
  readonly closed: () => boolean;
}

export interface ConversationOptions {
  readonly path?: string;
  readonly connector?: Connector;
  readonly request?: string;
  readonly faults?: boolean;
  readonly capacity?: number;
}

/** A conversation with an endpoint of the lab, in virtual time. */
export async function converse(
  options: ConversationOptions,
  act: (client: Client) => Promise<void>,
): Promise<{
  readonly answer: Answer;
  readonly received: Buffer;
  readonly events: readonly string[];
  readonly closed: boolean;
}> {
  const { connector = 'nio', path = '/echo', faults = false } = options;
  const sim = new Sim({ seed: 1 });
  const events: string[] = [];
  const container = newLab(
    { sim, ports, log: new LogLines(), faults },
    (line) => events.push(line),
  );
  const raw = options.request ?? upgradeRequest(path);
  const answer = handshake(container, raw);
  const parts: Uint8Array[] = [];
  let closed = false;
  await sim.run(async () => {
    const { handler } = answer;
    if (handler === undefined) return;
    const { capacity = 1 << 20 } = options;
    const [stream, peer] = pipe(sim, ['client', 'server'], { capacity });
    sim.go('server', () => serve(sim, handler, peer, connector));
    sim.go(
      'reader',
      async () => {
        for (;;) {
          const bytes = await stream.read(1 << 20);
          if (bytes === undefined) break;
          parts.push(bytes);
        }
        closed = true;
      },
      () => {
        closed = true;
      },
    );
    await act({
      sim,
      stream,
      events,
      received: () => Buffer.concat(parts),
      closed: () => closed,
    });
    await sim.sleep(500);
  });
  return { answer, received: Buffer.concat(parts), events, closed };
}
