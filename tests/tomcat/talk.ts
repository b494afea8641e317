/**
 * A server in a simulated world, and a client that writes bytes and reads
 * what comes back.
 */
import { newConnector } from '../../runnable/tomcat/catalina/connector.ts';
import type {
  Application,
  ConnectorName,
} from '../../runnable/tomcat/catalina/connector.ts';
import { LogLines } from '../../runnable/tomcat/juli/log.ts';
import type { EndpointOptions } from '../../runnable/tomcat/util/net/abstract-endpoint.ts';
import { PipeListener } from '../../runnable/sim/pipe.ts';
import type { PipeOptions } from '../../runnable/sim/pipe.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { StreamError } from '../../runnable/sim/stream.ts';
import type { ByteStream } from '../../runnable/sim/stream.ts';

export const connectors: readonly ConnectorName[] = ['bio', 'nio'];

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('latin1');

/** A client's end of a connection. */
export class Client {
  readonly stream: ByteStream;
  readonly #sim: Sim;

  constructor(sim: Sim, stream: ByteStream) {
    this.#sim = sim;
    this.stream = stream;
  }

  send(data: string): Promise<void> {
    return this.stream.write(Buffer.from(data, 'latin1'));
  }

  /** What has come within `wait` ms, then ` EOF` or ` RST` if it ended. */
  async take(wait = 10): Promise<string> {
    await this.#sim.sleep(wait);
    let taken = '';
    try {
      for (;;) {
        const bytes = this.stream.readNow(65_536);
        if (bytes === undefined) return `${taken} EOF`;
        if (bytes.length === 0) return taken;
        taken += text(bytes);
      }
    } catch (error) {
      if (error instanceof StreamError) return `${taken} RST`;
      throw error;
    }
  }

  async ask(data: string): Promise<string> {
    await this.send(data);
    return this.take();
  }
}

export interface Talk {
  readonly sim: Sim;
  readonly connector: ReturnType<typeof newConnector>;
  readonly connect: () => Client;
  /** `OPEN_READ>OPEN`, a debug line of the loop each. */
  readonly states: () => string[];
  readonly log: LogLines;
}

export interface Setting {
  readonly application?: Application;
  readonly options?: Partial<EndpointOptions>;
  readonly pipe?: PipeOptions;
}

/** Runs `body` against a server of its own. */
export async function talk<T>(
  name: ConnectorName,
  setting: Setting,
  body: (talk: Talk) => Promise<T>,
): Promise<T> {
  const { application = { filters: [] }, options, pipe } = setting;
  const sim = new Sim({ seed: 1 });
  const listener = new PipeListener(sim, 'port', pipe);
  const log = new LogLines();
  const connector = newConnector(
    name,
    sim,
    listener,
    log,
    application,
    options,
  );
  return sim.run(async () => {
    connector.start();
    return body({
      sim,
      connector,
      log,
      connect: () => new Client(sim, listener.connect()),
      states: () =>
        log.lines
          .map((line) =>
            /Status in: \[(.*)\], State out: \[(.*)\]/.exec(line.text),
          )
          .filter((match) => match !== null)
          .map(([, before = '', after = '']) => `${before}>${after}`),
    });
  });
}
