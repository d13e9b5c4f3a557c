// Serves the built page's files, and nothing else, over plain HTTP.
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { headersOf } from './page-headers.ts';

/** Stands in the built documents where each response's nonce goes; vite.config.ts puts it there. */
const nonceMark = '__CSP_NONCE__';

const mediaTypes = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['.wasm', 'application/wasm'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.csv', 'text/csv; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
]);

/**
 * A server for the files below `folder`, not yet listening. Answers GET and HEAD; every other path, method or file
 * outside the folder gets a plain refusal.
 */
export function createPageServer(folder: string): Server {
  return createServer((request, response) => {
    answer(folder, request, response).catch((error: unknown) => {
      // A visitor who went away in the middle is no fault of the server's.
      if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
      console.error(error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'The server could not answer.');
    });
  });
}

async function answer(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Another name for this address means a foreign page that rebound its own name to it.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) {
    return refuse(response, 421, 'This server answers to 127.0.0.1 only.');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return refuse(response, 405, 'Only GET and HEAD are answered here.');
  }
  const path = pathOf(request.url ?? '/');
  const file = path === undefined ? undefined : await fileBelow(folder, path);
  if (path === undefined || file === undefined)
    return refuse(response, 404, 'There is no such file.');

  const nonce = randomBytes(18).toString('base64');
  response.statusCode = 200;
  response.setHeader('content-type', mediaTypes.get(extname(path)) ?? 'application/octet-stream');
  for (const [name, value] of headersOf(path, nonce)) response.setHeader(name, value);

  if (path.endsWith('.html')) {
    const text = (await readFile(file.path, 'utf8')).replaceAll(nonceMark, nonce);
    response.setHeader('content-length', Buffer.byteLength(text));
    response.end(request.method === 'HEAD' ? undefined : text);
    return;
  }
  response.setHeader('content-length', file.sizeBytes);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(createReadStream(file.path), response);
}

/** The decoded path that a request names, or undefined when it is not one that a file could have. */
function pathOf(url: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
  } catch {
    return undefined;
  }
  if (!path.startsWith('/') || /[\0\\]/.test(path)) return undefined;
  const segments = path.split('/').slice(1);
  if (segments.some((segment) => segment.startsWith('.'))) return undefined;
  return path.endsWith('/') ? `${path}index.html` : path;
}

/** The regular file at `path` below `folder`; links that lead outside do not count. */
async function fileBelow(folder: string, path: string) {
  try {
    const [base, target] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    if (!target.startsWith(base + sep)) return undefined;
    const found = await stat(target);
    return found.isFile() ? { path: target, sizeBytes: found.size } : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

function refuse(response: ServerResponse, status: number, sentence: string) {
  response.statusCode = status;
  for (const [name, value] of headersOf('/', '')) response.setHeader(name, value);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`${sentence}\n`);
}
