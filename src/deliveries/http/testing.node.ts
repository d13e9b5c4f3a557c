// A server on loopback for tests that takes files, and can have a bad day.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Uint8Array;
}

export interface Receiver {
  url: string;
  seen: ReceivedRequest[];
  /** What was put, by the decoded last part of the path; GET gives it again. */
  stored: Map<string, Uint8Array>;
  /** Answers before the usual; true: it did. */
  answer: (request: ReceivedRequest, response: ServerResponse, before: number) => boolean;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = {
    url: '',
    seen: [],
    stored: new Map(),
    answer: () => false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('error', () => {});
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: new Uint8Array(Buffer.concat(chunks)) };
      const before = receiver.seen.length;
      receiver.seen.push(request);
      if (receiver.answer(request, response, before)) return;
      const { pathname } = new URL(url, 'http://server');
      const name = decodeURIComponent(pathname.split('/').at(-1)!);
      if (method === 'GET') {
        const bytes = receiver.stored.get(name);
        response.statusCode = bytes === undefined ? 404 : 200;
        return void response.end(bytes);
      }
      if (method !== 'PUT' && method !== 'POST') return void response.writeHead(405).end();
      if (headers['if-none-match'] === '*' && receiver.stored.has(name))
        return void response.writeHead(412).end();
      receiver.stored.set(name, request.body);
      response.writeHead(201).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return receiver;
}
