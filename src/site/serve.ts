/**
 * A small server for the built site: static files, this machine only.
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliCompress, createGzip, constants } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** Types that gain nothing from compressing a second time. */
const packed = new Set(['.woff2', '.png']);

export interface Serving {
  readonly server: Server;
  /** `http://127.0.0.1:4321/`. */
  readonly address: string;
}

/** What may be asked for of a workbook: recorded runs, and nothing else. */
const ofWorkbook =
  /^\/workbook\/([a-z]+\/\d\d-[a-z0-9-]+\/[a-z0-9-]+\/(?:trace|reference)(?:-[a-z0-9-]+)?\.json)$/;

/** The folders that are served. */
interface Roots {
  readonly site: string;
  /** Of the reader's exercises; none by default. */
  readonly workbook: string | undefined;
}

/**
 * Serves a folder on the loopback address.
 *
 * @param port the first to try; the next free one is taken, for 50 ports
 * @param workbook the folder of the reader's exercises, whose runs are served
 *   below `/workbook/`
 * @throws {Error} when none of them is free
 */
export async function serve(
  folder: string,
  port: number,
  workbook?: string,
): Promise<Serving> {
  const roots = { site: resolve(folder), workbook };
  for (let tried = port; tried < port + 50; tried += 1) {
    const server = createServer((request, response) => {
      void answer(roots, request, response);
    });
    const free = await listens(server, tried);
    if (!free) continue;
    const { port: own } = server.address() as { port: number };
    return { server, address: `http://127.0.0.1:${String(own)}/` };
  }
  throw new Error(
    `Cannot serve the site: found no free port from ${String(port)} to ${String(port + 49)}`,
  );
}

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((settle, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') settle(false);
      else fail(error);
    });
    server.listen(port, '127.0.0.1', () => {
      settle(true);
    });
  });
}

async function answer(
  { site: root, workbook }: Roots,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const { pathname, search } = new URL(
      request.url ?? '/',
      'http://localhost',
    );
    const own = workbook === undefined ? null : ofWorkbook.exec(pathname);
    const found =
      workbook === undefined || own === null
        ? await locate(root, pathname)
        : await locate(resolve(workbook), `/${own[1] ?? ''}`);
    if (found === 'folder') {
      response.writeHead(308, { location: `${pathname}/${search}` }).end();
    } else if (found === undefined) {
      await missing(root, request, response);
    } else {
      await send(found, request, response);
    }
  } catch (error) {
    if (!response.headersSent) response.writeHead(500);
    response.end();
    if (!isAborted(error)) process.stderr.write(`${String(error)}\n`);
  }
}

const isAborted = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';

/**
 * The file that a path names; `folder` when a slash is missing; undefined
 * when there is none, or the path leads out of the folder.
 */
async function locate(
  root: string,
  pathname: string,
): Promise<string | undefined> {
  let plain: string;
  try {
    plain = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (plain.includes('\0') || plain.includes('\\')) return undefined;
  const path = resolve(join(root, plain));
  if (path !== root && !path.startsWith(root + sep)) return undefined;
  const there = await stat(path).catch(() => undefined);
  if (there?.isFile() === true && !plain.endsWith('/')) return path;
  if (there?.isDirectory() !== true) return undefined;
  const index = join(path, 'index.html');
  const page = await stat(index).catch(() => undefined);
  if (page === undefined) return undefined;
  return plain.endsWith('/') ? index : 'folder';
}

async function send(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const ending = extname(path);
  const { mtime, size } = await stat(path);
  const tag = `W/"${size.toString(16)}-${mtime.getTime().toString(16)}"`;
  const headers = {
    'content-type': types[ending] ?? 'application/octet-stream',
    'cache-control': path.includes(`${sep}assets${sep}`)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    etag: tag,
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  };
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers).end();
    return;
  }
  const coding = packed.has(ending) ? undefined : codingFor(request);
  response.writeHead(200, {
    ...headers,
    ...(coding === undefined
      ? { 'content-length': size }
      : { 'content-encoding': coding }),
  });
  if (request.method === 'HEAD') response.end();
  else if (coding === undefined) {
    await pipeline(createReadStream(path), response);
  } else await pipeline(createReadStream(path), packer(coding), response);
}

function codingFor(request: IncomingMessage): 'br' | 'gzip' | undefined {
  const accepted = [request.headers['accept-encoding'] ?? ''].join();
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
}

const packer = (coding: 'br' | 'gzip') =>
  coding === 'gzip'
    ? createGzip()
    : createBrotliCompress({
        params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
      });

async function missing(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const page = await readFile(join(root, '404.html')).catch(() =>
    Buffer.from('Not found\n'),
  );
  response.writeHead(404, {
    'content-type': types['.html'],
    'content-length': page.byteLength,
  });
  response.end(request.method === 'HEAD' ? undefined : page);
}
