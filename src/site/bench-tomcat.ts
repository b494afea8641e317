/** What the echo server of the Tomcat chapters costs, beside `ws`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../source/files.ts';
import { EchoClient } from './bench-echo-client.ts';
import { median, type Figure } from './bench-figure.ts';
import { tomcat10 } from './bench-tomcat10.ts';

interface Peer {
  readonly process: ChildProcess;
  readonly port: number;
  /** Where its echo is. */
  readonly path?: string;
}

interface Load {
  readonly connections: number;
  readonly bytes: number;
}

const loads: readonly Load[] = [
  { connections: 1, bytes: 32 },
  { connections: 1, bytes: 1024 },
  { connections: 50, bytes: 32 },
  { connections: 50, bytes: 1024 },
];
const rounds = 5;
const roundMs = 400;
/** A compiler at run time needs a while until it is as fast as it gets. */
const warmUpMs = 5000;

/** The same echo in `ws`, without compression. */
const wsEcho = `
  import { WebSocketServer } from 'ws';
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => {
    socket.on('message', (data, binary) => socket.send(data, { binary }));
  });
  server.on('listening', () => {
    console.log('READY 127.0.0.1:' + server.address().port);
  });
`;

/**
 * Echoes on both connectors, on `ws` and, where it is installed, on Tomcat 10,
 * taking turns.
 *
 * A connection sends its next message when the last one has come back, so one
 * connection measures latency and fifty measure throughput. The servers are
 * processes of their own; the client is this one.
 */
export async function* tomcat(): AsyncIterable<Figure> {
  const main = fileURLToPath(new URL('src/chapter/main.ts', projectRoot));
  const serve = [main, 'serve', 'tomcat', '--port', '0', '--connector'];
  const nio = await started([...serve, 'nio']);
  const bio = await started([...serve, 'bio']);
  const ws = await started(['--input-type=module', '--eval', wsEcho]);
  const java = await tomcat10();
  const peers: readonly Peer[] = [nio, bio, ws, ...(java ? [java] : [])];
  try {
    for (const peer of peers) await echo(peer, loads[2], warmUpMs);
    for (const load of loads) {
      const [ofNio, ofBio, ofWs, ofJava] = await inTurns(peers, load);
      const name = `${load.connections} × ${load.bytes} B`;
      yield figure(`echo a second, nio, ${name}`, 'ws', ofNio, ofWs);
      yield figure(`echo a second, bio, ${name}`, 'ws', ofBio, ofWs);
      if (ofJava === undefined) continue;
      yield figure(`echo a second, nio, ${name}`, 'Tomcat 10', ofNio, ofJava);
    }
  } finally {
    for (const peer of peers) peer.process.kill();
    java?.clear();
  }
  yield* idle();
}

const figure = (
  name: string,
  yardstick: string,
  value = 0,
  against = 0,
): Figure => ({
  name,
  value: value / 1000,
  yardstick,
  against: against / 1000,
  unit: 'k/s',
});

async function started(words: readonly string[]): Promise<Peer> {
  const child = spawn(process.execPath, words, {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: fileURLToPath(projectRoot),
  });
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  const port = /^READY 127\.0\.0\.1:(\d+)/.exec(text.toString())?.[1];
  if (port === undefined) throw new Error(`Cannot start: ${words.join(' ')}`);
  return { process: child, port: Number(port) };
}

/** The median of each peer's echoes a second, in rounds side by side. */
async function inTurns(
  peers: readonly Peer[],
  load: Load,
): Promise<readonly number[]> {
  const rates = peers.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, peer] of peers.entries()) {
      rates[index]?.push(await echo(peer, load));
    }
  }
  return rates.map(median);
}

/** How many messages a second come back. */
async function echo(
  peer: Peer,
  load: Load | undefined,
  durationMs = roundMs,
): Promise<number> {
  const { connections = 1, bytes = 32 } = load ?? {};
  const clients = await Promise.all(
    Array.from({ length: connections }, () =>
      EchoClient.connect(peer.port, bytes, peer.path),
    ),
  );
  const before = performance.now();
  const counts = await Promise.all(
    clients.map((client) => client.echoUntil(before + durationMs)),
  );
  const elapsed = performance.now() - before;
  for (const client of clients) client.end();
  return (counts.reduce((sum, count) => sum + count, 0) * 1000) / elapsed;
}

const idleConnections = 1000;

/** Our server with a voice: says what it holds when it is spoken to. */
const idleServer = `
  import { Sim } from './runnable/sim/sim.ts';
  import { startLab } from './src/chapter/tomcat-server.ts';
  import { realClock } from './src/ports/real-clock.ts';
  import { listen } from './src/ports/tcp.ts';
  const listener = await listen(0);
  const sim = new Sim({ seed: 1, clock: realClock() });
  void sim.run(async () => {
    startLab({ sim, listener, connector: 'nio' });
    console.log('READY 127.0.0.1:' + listener.port);
    await new Promise(() => {});
  });
  process.stdin.on('data', () => {
    gc();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    console.log(JSON.stringify({ heapUsed, arrayBuffers }));
  });
`;

/**
 * What a thousand open connections hold while nobody says anything. On NIO:
 * BIO has a thread for each, and takes no more than 200.
 */
async function* idle(): AsyncIterable<Figure> {
  const words = ['--expose-gc', '--input-type=module', '--eval'];
  const peer = await started([...words, idleServer]);
  const open = async (count: number): Promise<EchoClient[]> => {
    const clients: EchoClient[] = [];
    for (let index = 0; index < count; index += 1) {
      const client = await EchoClient.connect(peer.port, 32);
      await client.echoUntil(0);
      clients.push(client);
    }
    return clients;
  };
  try {
    const warm = await open(50);
    const before = await memoryOf(peer);
    const clients = await open(idleConnections);
    const after = await memoryOf(peer);
    for (const client of [...warm, ...clients]) client.end();
    for (const [name, key, against] of [
      ['heap', 'heapUsed', 20],
      ['buffers', 'arrayBuffers', 0],
    ] as const) {
      yield {
        name: `${name} of an idle connection, nio`,
        value: (after[key] - before[key]) / idleConnections / 1024,
        yardstick: against === 0 ? 'no aim' : 'the aim',
        against,
        unit: 'KiB',
      };
    }
  } finally {
    peer.process.kill();
  }
}

interface Memory {
  readonly heapUsed: number;
  readonly arrayBuffers: number;
}

async function memoryOf({ process: child }: Peer): Promise<Memory> {
  child.stdin?.write('?\n');
  if (child.stdout === null) throw new Error('Cannot ask a silent process');
  const [text] = (await once(child.stdout, 'data')) as [Buffer];
  return JSON.parse(text.toString()) as Memory;
}
