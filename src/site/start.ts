/**
 * `npm start`: builds the site if it is not there or older than its sources,
 * serves it to this machine and says where.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { workbookRoot } from '../exercise/workbook-root.ts';
import { buildSite } from './build-site.ts';
import { serve } from './serve.ts';
import { isFresh } from './stamp.ts';

const defaultPort = 4321;

function portWanted(): number {
  const { values } = parseArgs({ options: { port: { type: 'string' } } });
  const given = values.port ?? process.env['PORT'] ?? String(defaultPort);
  const port = Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65485) {
    throw new RangeError(
      `Cannot use port "${given}": wanted a whole number from 0 to 65485`,
    );
  }
  return port;
}

async function main(): Promise<void> {
  const port = portWanted();
  if (!existsSync('dist/index.html') || !isFresh()) await buildSite();
  const workbook = fileURLToPath(workbookRoot());
  const { server, address } = await serve('dist', port, workbook);
  process.stdout.write(`Inside the Loop is at ${address}\n`);
  process.stderr.write('Stop it with Ctrl+C.\n');
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const usage = error instanceof RangeError || error instanceof TypeError;
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = usage ? 2 : 1;
});
