/**
 * The stage of this part: a server of one connector on a listening socket in
 * memory, and a client that writes bytes at given times.
 */
import type { Instant, Milliseconds } from '../../sim/clock.ts';
import { PipeListener } from '../../sim/pipe.ts';
import type { PipeOptions } from '../../sim/pipe.ts';
import type { Sim } from '../../sim/sim.ts';
import { StreamError } from '../../sim/stream.ts';
import type { ByteStream } from '../../sim/stream.ts';
import { newConnector } from '../../tomcat/catalina/connector.ts';
import type {
  Application,
  ConnectorName,
} from '../../tomcat/catalina/connector.ts';
import { LogLines } from '../../tomcat/juli/log.ts';
import { concat, fromLatin1, toLatin1 } from '../../tomcat/util/buf/bytes.ts';
import type { EndpointOptions } from '../../tomcat/util/net/abstract-endpoint.ts';
import { socketStates } from '../../tomcat/util/net/socket-wrapper.ts';
import type { Lane, Machine, View, Watched } from '../scenario.ts';

/** Code of other chapters, and what only stores and copies. */
export const foldedFiles: readonly string[] = [
  'tomcat/java',
  'tomcat/util/buf',
  'tomcat/util/http',
];

const client: Lane = {
  id: 'client',
  noun: 'the client',
  played: true,
  tasks: ['client'],
};
const acceptor: Lane = {
  id: 'acceptor',
  noun: 'the acceptor',
  role: 'takes connections',
  tasks: ['acceptor'],
};
const poller: Lane = {
  id: 'poller',
  noun: 'the poller',
  role: 'waits for all connections at once',
  tasks: ['poller'],
};

/** The lanes of a run on a connector, with so many workers. */
export function castOf(
  connector: ConnectorName,
  workers: number,
): readonly Lane[] {
  const threads = Array.from({ length: workers }, (_, index): Lane => {
    const id = `worker-${String(index + 1)}`;
    return {
      id,
      noun: workers === 1 ? 'the worker' : `worker ${String(index + 1)}`,
      role: 'a thread of the executor',
      tasks: [id],
    };
  });
  return connector === 'bio'
    ? [client, acceptor, ...threads]
    : [client, acceptor, poller, ...threads];
}

export interface StageOptions {
  readonly application?: Application;
  readonly endpoint?: Partial<EndpointOptions>;
  readonly pipe?: PipeOptions;
  readonly log?: LogLines;
}

export class Stage {
  readonly sim: Sim;
  readonly log: LogLines;
  readonly connector: ReturnType<typeof newConnector>;
  readonly #listener: PipeListener;
  readonly #start: Instant;

  constructor(sim: Sim, name: ConnectorName, options: StageOptions = {}) {
    this.sim = sim;
    this.#start = sim.now();
    this.log = options.log ?? new LogLines();
    this.#listener = new PipeListener(sim, 'port 8080', options.pipe);
    this.connector = newConnector(
      name,
      sim,
      this.#listener,
      this.log,
      options.application ?? { filters: [] },
      options.endpoint,
    );
  }

  start(): void {
    this.connector.start();
  }

  /** Waits until this many milliseconds of the run have passed. */
  async at(moment: Milliseconds): Promise<void> {
    await this.sim.sleep(this.#start + moment - this.sim.now());
  }

  /** Opens a connection; `sides` name its ends when there are several. */
  connect(sides?: readonly [string, string]): ByteStream {
    return this.#listener.connect(sides);
  }

  /** `OPEN_READ>OPEN`: the debug line of each pass of the loop, in short. */
  get states(): readonly string[] {
    return this.log.lines.flatMap(({ text }) => {
      const parts =
        /Status in: \[(?<before>.*)\], State out: \[(?<after>.*)\]$/.exec(
          text,
        )?.groups;
      return parts === undefined
        ? []
        : [`${parts['before'] ?? ''}>${parts['after'] ?? ''}`];
    });
  }

  /** The state of the loop, and what it remembers. */
  view(more: View = {}): View {
    const { handler } = this.connector;
    const watched: Watched[] = [
      {
        name: 'connections',
        read: () =>
          Object.fromEntries(
            [...handler.connections].map(([{ name }, { kind }]) => [
              name,
              kind,
            ]),
          ),
      },
    ];
    return {
      ...more,
      machines: [socketState, ...(more.machines ?? [])],
      watched: [...watched, ...(more.watched ?? [])],
    };
  }
}

/** What each pass of the loop ends in. */
const socketState: Machine = {
  name: 'SocketState',
  states: socketStates,
  initial: 'CLOSED',
  local: 'AbstractConnectionHandler.process#state',
};

/** Writes text, a character a byte. */
export const send = (stream: ByteStream, text: string): Promise<void> =>
  stream.write(toLatin1(text));

/** Reads to the end; what came, and whether the connection was broken. */
export async function readAll(stream: ByteStream): Promise<string> {
  const parts: Uint8Array[] = [];
  try {
    for (;;) {
      const bytes = await stream.read(65_536);
      if (bytes === undefined) break;
      parts.push(bytes);
    }
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
  }
  return fromLatin1(concat(parts));
}
