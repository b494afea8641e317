/**
 * `chapter serve`, as a process: what it prints, whom it serves, how it ends.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../../src/source/files.ts';
import { chapter, compiled } from './command.ts';

interface Served {
  readonly child: ChildProcess;
  readonly port: number;
  readonly lines: string[];
}

async function serve(...words: readonly string[]): Promise<Served> {
  const main = fileURLToPath(new URL('src/chapter/main.ts', projectRoot));
  const child = spawn(
    process.execPath,
    [main, 'serve', 'tomcat', '--port', '0', ...words],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, ...compiled },
    },
  );
  const lines: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.trimEnd().split('\n'));
  });
  for (;;) {
    const said = lines.join('\n');
    const port = /^READY 127\.0\.0\.1:(\d+)$/m.exec(said)?.[1];
    if (port !== undefined) return { child, port: Number(port), lines };
    if (child.exitCode !== null) throw new Error('It ended too early');
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  }
}

async function end({ child }: Served): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const [code] = (await ended) as [number | null];
  return code;
}

test('serve answers browsers on both connectors, and ends cleanly', async () => {
  for (const connector of ['bio', 'nio']) {
    const served = await serve('--connector', connector, '--log', 'events');
    const { port, lines } = served;
    const answer = await fetch(`http://127.0.0.1:${port}/hello`);
    assert.equal(await answer.text(), 'plain GET /hello');
    const socket = new WebSocket(`ws://127.0.0.1:${port}/echo`);
    await once(socket, 'open');
    socket.send('Hello');
    const [message] = (await once(socket, 'message')) as [MessageEvent];
    assert.equal(message.data, 'Hello');
    const closed = once(socket, 'close') as Promise<[CloseEvent]>;
    assert.equal(await end(served), 0);
    assert.equal((await closed)[0].code, 1001);
    assert.ok(lines.includes('EV onText Hello'));
    assert.ok(
      lines.some((line) =>
        /^Socket: \[.*\], Status in: \[OPEN_READ\], State out: \[UPGRADING\]$/.test(
          line,
        ),
      ),
    );
  }
});

test('serve prints one line without --log', async () => {
  const served = await serve();
  await fetch(`http://127.0.0.1:${served.port}/`);
  assert.equal(await end(served), 0);
  assert.deepEqual(served.lines, [`READY 127.0.0.1:${served.port}`]);
});

test('serve says in one line what it cannot do', async () => {
  const wrong: readonly (readonly [string[], number, RegExp])[] = [
    [['tomcatt'], 2, /did you mean "tomcat"/],
    [['tomcat', '--port', 'x'], 2, /port "x"/],
    [['tomcat', '--connector', 'nioo'], 2, /did you mean "nio"/],
    [['tomcat', '--log', 'all'], 2, /events/],
  ];
  for (const [words, code, text] of wrong) {
    const ended = await chapter(['serve', ...words]);
    assert.equal(ended.code, code);
    assert.match(ended.stderr, text);
    assert.equal(ended.stdout, '');
  }
});

test('serve ends with 3 when the port is taken', async () => {
  const served = await serve();
  const { code, stderr } = await chapter([
    ...['serve', 'tomcat', '--port', String(served.port)],
  ]);
  assert.equal(code, 3);
  assert.match(stderr, /^Cannot listen on port \d+: another program does so; /);
  await end(served);
});
