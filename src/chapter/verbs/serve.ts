/**
 * `chapter serve`: the Tomcat of the chapters on real TCP, for browsers and
 * other clients of this machine.
 */
import { Option } from 'commander';
import type { Command } from 'commander';
import { Sim } from '../../../runnable/sim/sim.ts';
import type { ConnectorName } from '../../../runnable/tomcat/catalina/connector.ts';
import { realClock } from '../../ports/real-clock.ts';
import { listen } from '../../ports/tcp.ts';
import { unknownName } from '../catalog.ts';
import { Failure, wrongInput } from '../failure.ts';
import { remark, say } from '../terminal.ts';

interface ServeFlags {
  readonly port: string;
  readonly connector: string;
  readonly log?: string;
  readonly faults?: boolean;
}

const connectors: readonly ConnectorName[] = ['bio', 'nio'];

/** Adds the verb to the command line. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('serve a chapter on real TCP, loopback only')
    .argument('<what>', 'what to serve: tomcat')
    .option('--port <number>', 'the port; 0 lets the system choose', '8080')
    .option('--connector <name>', connectors.join(' or '), 'bio')
    .addOption(
      new Option('--log <what>', 'print each pass and each callback').choices([
        'events',
      ]),
    )
    .option('--faults', 'switch the dangerous faults of 7.0.88 on')
    .action(serve);
}

async function serve(what: string, flags: ServeFlags): Promise<void> {
  if (what !== 'tomcat') throw unknownName('server', what, ['tomcat']);
  const connector = connectors.find((one) => one === flags.connector);
  if (connector === undefined) {
    throw unknownName('connector', flags.connector, connectors);
  }
  const listener = await opened(portNumber(flags.port));
  const tells = flags.log === 'events';
  const { startLab } = await import('../tomcat-server.ts');
  const sim = new Sim({ seed: 1, clock: realClock() });
  await sim.run(async () => {
    const server = startLab({
      sim,
      listener,
      connector,
      faults: flags.faults ?? false,
      ...(tells && {
        onPass: say,
        onEvent: (line: string) => say(`EV ${line}`),
      }),
    });
    say(`READY 127.0.0.1:${listener.port}`);
    remark(`Serving Tomcat (${connector}); end it with Ctrl+C`);
    await interrupted();
    await server.stop();
  });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw wrongInput(
    `Cannot listen on port "${text}": expected a number from 0 to 65535`,
  );
}

async function opened(port: number): ReturnType<typeof listen> {
  try {
    return await listen(port);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const reason = reasons[code] ?? code;
    throw new Failure(3, `Cannot listen on port ${port}: ${reason}`, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program does so; --port chooses one, and 0 any',
  EACCES: 'this user may not; --port chooses one above 1023',
};

/** Resolves when the process is asked to end. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ['SIGINT', 'SIGTERM'] as const;
    const end = (): void => {
      for (const signal of signals) process.off(signal, end);
      resolve();
    };
    for (const signal of signals) process.once(signal, end);
  });
}
