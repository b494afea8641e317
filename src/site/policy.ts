/**
 * The content security policy of a page: its own files, the inline scripts it
 * was built with, and nothing else.
 *
 * One address of another host is allowed for fetching: the originals' sources,
 * which a reader may ask for by a click. `wasm-unsafe-eval` is for the search.
 */
import { createHash } from 'node:crypto';

const originals = 'https://raw.githubusercontent.com';

/** The page with its policy in a `meta` element. */
export function withPolicy(html: string): string {
  const scripts = [
    ...html.matchAll(/<script(?<head>[^>]*)>(?<body>.*?)<\/script>/gs),
  ]
    .filter(({ groups }) => runs(groups?.['head'] ?? ''))
    .map(({ groups }) => hashOf(groups?.['body'] ?? ''));
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${[...new Set(scripts)].join(' ')}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${originals}`,
    "worker-src 'self' blob:",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ');
  return html.replace(
    /(<meta charset="utf-8"\s*\/?>)/i,
    `$1<meta http-equiv="content-security-policy" content="${policy}">`,
  );
}

/** Whether a script is inline and a program, not data. */
function runs(head: string): boolean {
  if (/\ssrc=/.test(head)) return false;
  const type = /\stype="([^"]*)"/.exec(head)?.[1];
  return type === undefined || type === 'module' || type.includes('javascript');
}

function hashOf(body: string): string {
  return `'sha256-${createHash('sha256').update(body).digest('base64')}'`;
}
