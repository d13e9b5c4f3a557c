// A server on loopback for tests: every kind of paging, and what servers do when they have a bad day.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A request as the server saw it. */
export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
  atMs: number;
}

export interface TestServer {
  url: string;
  seen: SeenRequest[];
  /** Answers by path; called with how often the path was asked for before. */
  answers: Map<string, (request: SeenRequest, response: ServerResponse, before: number) => void>;
  close(): Promise<void>;
}

/** Rows of the paged answers: ids that no double holds, names with what needs quoting. */
export function testRows(count: number): { id: string; json: string }[] {
  return Array.from({ length: count }, (_, i) => {
    const id = String(9007199254740993n + BigInt(i));
    return { id, json: `{"id":${id},"name":"n${i + 1}, \\"x\\"","amount":${i}.50}` };
  });
}

export async function startTestServer(): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const answers: TestServer['answers'] = new Map();
  const server: Server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://server');
      const request: SeenRequest = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
        atMs: Date.now(),
      };
      const before = seen.filter(({ path }) => path === request.path).length;
      seen.push(request);
      const answer = answers.get(request.path);
      if (answer !== undefined) return answer(request, response, before);
      response.statusCode = 404;
      response.end('nothing here');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Sends a file: by range where it is asked for, in pieces. */
export function sendFile(
  { headers }: SeenRequest,
  response: ServerResponse,
  bytes: Uint8Array,
  { etag, ranges = true, gzip = false }: { etag?: string; ranges?: boolean; gzip?: boolean } = {},
): void {
  if (etag !== undefined) response.setHeader('etag', etag);
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
  if (ranges && range !== null && isSame) {
    const from = Number(range[1]);
    const to = Math.min(range[2] === '' ? bytes.length : Number(range[2]) + 1, bytes.length);
    response.statusCode = 206;
    response.setHeader('content-range', `bytes ${from}-${to - 1}/${bytes.length}`);
    response.setHeader('content-length', to - from);
    response.end(bytes.subarray(from, to));
    return;
  }
  const body = gzip ? gzipSync(bytes) : bytes;
  if (gzip) response.setHeader('content-encoding', 'gzip');
  response.setHeader('content-length', body.length);
  response.end(body);
}

/** Announces all of it, sends the first bytes of it, and hangs up. */
export function cutAfter(
  response: ServerResponse,
  bytes: Uint8Array,
  count: number,
  etag?: string,
): void {
  if (etag !== undefined) response.setHeader('etag', etag);
  response.setHeader('content-length', bytes.length);
  response.write(bytes.subarray(0, count), () => {
    setTimeout(() => response.socket?.destroy(), 20);
  });
}
