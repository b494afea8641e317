/** Chromium's own WebSocket talks to `npm run chapter serve tomcat`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';

/** What a page does with a server: a line for each thing it hears. */
async function conversation(base: string): Promise<string[]> {
  const heard: string[] = [];
  const opened = async (path: string, protocols: string[] = []) => {
    const socket = new WebSocket(base + path, protocols);
    socket.binaryType = 'arraybuffer';
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    return socket;
  };
  const answer = (socket: WebSocket) =>
    new Promise<string | ArrayBuffer>((resolve) => {
      socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
        resolve(data);
      };
    });
  const end = async (socket: WebSocket) => {
    const closed = new Promise<CloseEvent>((resolve) => {
      socket.onclose = resolve;
    });
    const { code, reason, wasClean } = await closed;
    heard.push(`close ${String(code)} ${reason} ${String(wasClean)}`);
  };

  const big = await opened('/big');
  heard.push(`extensions ${big.extensions}`);
  for (const text of ['Hello', '', 'ä€😀', 'x'.repeat(70_000)]) {
    const echo = answer(big);
    big.send(text);
    heard.push(`text ${String((await echo) === text)}`);
  }
  const bytes = answer(big);
  big.send(Uint8Array.of(0, 127, 255));
  heard.push(`bytes ${new Uint8Array((await bytes) as ArrayBuffer).join()}`);
  big.close(4321, 'app');
  await end(big);

  const cmd = await opened('/cmd');
  const fragments = answer(cmd);
  cmd.send('frag');
  const text = await fragments;
  heard.push(`fragments ${typeof text === 'string' ? text : 'as bytes'}`);
  cmd.send('close 3000 enough');
  await end(cmd);

  const proto = await opened('/proto', ['other', 'sp2']);
  heard.push(`protocol ${proto.protocol}`);
  proto.close();
  await end(proto);
  return heard;
}

for (const connector of ['bio', 'nio']) {
  test(`the WebSocket of the browser talks to the server on ${connector}`, async ({
    page,
  }) => {
    const words = ['serve', 'tomcat', '--port', '0', '--connector', connector];
    const main = 'src/chapter/main.ts';
    const server = spawn(process.execPath, [main, ...words], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const [ready] = (await once(server.stdout, 'data')) as [Buffer];
      const port = /^READY 127\.0\.0\.1:(\d+)/.exec(ready.toString())?.[1];
      const host = `127.0.0.1:${String(port)}`;
      await page.goto(`http://${host}/hello`);
      expect(await page.evaluate(conversation, `ws://${host}`)).toEqual([
        'extensions permessage-deflate;client_max_window_bits=15',
        ...['text true', 'text true', 'text true', 'text true'],
        'bytes 0,127,255',
        'close 4321 app true',
        'fragments abcdef',
        'close 3000 enough true',
        'protocol sp2',
        // Tomcat reads a close frame without a code as a normal closure.
        'close 1000  true',
      ]);
    } finally {
      server.kill();
    }
  });
}
