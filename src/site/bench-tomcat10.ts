/**
 * Tomcat 10.1 with its examples, as a second yardstick, on a machine that has
 * Debian's packages `tomcat10` and `tomcat10-examples`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const home = '/usr/share/tomcat10';
const examples = '/usr/share/tomcat10-examples';
const patience = 60;

export interface Tomcat10 {
  readonly process: ChildProcess;
  readonly port: number;
  readonly path: string;
  /** Removes its files, when the process has been killed. */
  readonly clear: () => void;
}

/** Starts it on a port of its own; undefined where it is not installed. */
export async function tomcat10(): Promise<Tomcat10 | undefined> {
  if (!existsSync(join(home, 'bin/catalina.sh')) || !existsSync(examples)) {
    return undefined;
  }
  const base = mkdtempSync(join(tmpdir(), 'tomcat10-'));
  for (const folder of ['logs', 'temp', 'webapps', 'work']) {
    mkdirSync(join(base, folder));
  }
  const conf = join(base, 'conf');
  cpSync('/etc/tomcat10', conf, { recursive: true, dereference: true });
  const port = await freePort();
  const file = join(conf, 'server.xml');
  const connector = `<Connector address="127.0.0.1" port="${String(port)}"`;
  const text = readFileSync(file, 'utf8')
    .replace('port="8005"', 'port="-1"')
    .replace('<Connector port="8080"', connector);
  writeFileSync(file, text);
  const process = spawn(join(home, 'bin/catalina.sh'), ['run'], {
    stdio: 'ignore',
    env: { CATALINA_HOME: home, CATALINA_BASE: base, PATH: '/usr/bin:/bin' },
  });
  const clear = (): void => {
    rmSync(base, { recursive: true, force: true });
  };
  for (let second = 0; second < patience; second += 1) {
    if (await answers(port)) {
      const path = '/examples/websocket/echoAnnotation';
      return { process, port, path, clear };
    }
    await wait(1000);
  }
  process.kill();
  clear();
  return undefined;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: number): Promise<boolean> {
  try {
    const url = `http://127.0.0.1:${String(port)}/examples/`;
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
