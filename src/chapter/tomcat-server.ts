/**
 * The Tomcat of `runnable/` with the lab's endpoints, on a listener of any
 * kind: what `serve` and the ports of `try` put a client before.
 */
import type { Listener } from '../../runnable/sim/stream.ts';
import type { Sim } from '../../runnable/sim/sim.ts';
import { newConnector } from '../../runnable/tomcat/catalina/connector.ts';
import type { ConnectorName } from '../../runnable/tomcat/catalina/connector.ts';
import type { LogSink } from '../../runnable/tomcat/juli/log.ts';
import { newLab } from '../../runnable/tomcat/lab/lab.ts';
import { WsFilter } from '../../runnable/tomcat/websocket/server/ws-filter.ts';
import { ports } from '../ports/ports.ts';

export interface LabServerOptions {
  readonly sim: Sim;
  readonly listener: Listener;
  readonly connector: ConnectorName;
  /** Whether the dangerous faults of 7.0.88 are switched on. */
  readonly faults?: boolean;
  /** Takes the lines of the endpoints, `onOpen …` and the like. */
  readonly onEvent?: (line: string) => void;
  /** Takes the debug line of each pass of the connector's loop. */
  readonly onPass?: (line: string) => void;
}

export interface LabServer {
  /** Says goodbye to every session, and ends all connections. */
  stop(): Promise<void>;
}

/** Starts serving. */
export function startLab(options: LabServerOptions): LabServer {
  const { sim, listener, connector: name, faults = false } = options;
  const log: LogSink = {
    write({ text }) {
      if (options.onPass !== undefined && isPass(text)) options.onPass(text);
    },
  };
  const container = newLab({ sim, ports, log, faults }, (line) =>
    options.onEvent?.(line),
  );
  const application = { filters: [new WsFilter(container)] };
  const connector = newConnector(name, sim, listener, log, application);
  connector.start();
  return {
    async stop() {
      await container.destroy();
      connector.stop();
    },
  };
}

const pass =
  /^Socket: \[.*\], Status in: \[(?<before>.*)\], State out: \[(?<after>.*)\]$/;

const isPass = (text: string): boolean => pass.test(text);

/** `OPEN_READ>UPGRADING`: the debug line of a pass, in short. */
export function shortPass(line: string): string {
  const groups = pass.exec(line)?.groups;
  return `${groups?.['before'] ?? ''}>${groups?.['after'] ?? ''}`;
}
