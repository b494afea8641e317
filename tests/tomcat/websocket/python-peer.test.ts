/**
 * python3-websockets, where Debian's package is installed: an implementation
 * in another language, by other people.
 */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Sim } from '../../../runnable/sim/sim.ts';
import { startLab } from '../../../src/chapter/tomcat-server.ts';
import { realClock } from '../../../src/ports/real-clock.ts';
import { listen } from '../../../src/ports/tcp.ts';

const python = '/usr/bin/python3';
const { status } = spawnSync(python, ['-c', 'import websockets']);
const skip = status === 0 ? false : 'python3-websockets is not installed';

/** Says what it heard, a line each. */
const client = `
import asyncio, sys, websockets
from websockets.exceptions import ConnectionClosed

async def main(base):
    async with websockets.connect(base + '/big') as peer:
        print('extensions', [type(e).__name__ for e in peer.extensions])
        for text in ['Hello', '', 'ä€😀', 'x' * 70000]:
            await peer.send(text)
            print('text', await peer.recv() == text)
        await peer.send(bytes(range(256)))
        print('binary', await peer.recv() == bytes(range(256)))
        await peer.send(['ab', 'cd', 'ef'])
        print('fragments', await peer.recv())
        await asyncio.wait_for(await peer.ping(b'are you there'), 5)
        print('pong')
        await peer.close(4321, 'app')
        print('closed', peer.close_code, peer.close_reason)
    async with websockets.connect(base + '/cmd', compression=None) as peer:
        await peer.send('close 3000 enough')
        try:
            await peer.recv()
        except ConnectionClosed:
            print('closed', peer.close_code, peer.close_reason)

asyncio.run(main(sys.argv[1]))
`;

for (const connector of ['bio', 'nio'] as const) {
  test(
    `python3-websockets talks to the server on ${connector}`,
    { skip },
    async () => {
      const sim = new Sim({ seed: 1, clock: realClock() });
      const listener = await listen(0);
      const lab = startLab({ sim, listener, connector });
      const base = `ws://127.0.0.1:${listener.port}`;
      try {
        const words = ['-c', client, base];
        const { stdout } = await promisify(execFile)(python, words, {
          timeout: 20_000,
          env: { ...process.env, PYTHONUTF8: '1' },
        });
        assert.deepEqual(stdout.trimEnd().split('\n'), [
          "extensions ['PerMessageDeflate']",
          ...['text True', 'text True', 'text True', 'text True'],
          'binary True',
          'fragments abcdef',
          'pong',
          'closed 4321 app',
          'closed 3000 enough',
        ]);
      } finally {
        await lab.stop();
        listener.close();
      }
    },
  );
}
