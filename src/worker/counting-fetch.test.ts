// Node's counting `fetch`, against a real server: what it counts is what arrives, and the length is still said.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { countingFetch } from './counting-fetch.node.ts';

it('counts what goes, whole, with its length', async () => {
  const seen: { length: string | undefined; chunked: string | undefined; sum: number }[] = [];
  const server = createServer((request, response) => {
    let sum = 0;
    request.on('data', (piece: Buffer) => {
      for (const byte of piece) sum += byte;
    });
    request.on('end', () => {
      const { 'content-length': length, 'transfer-encoding': chunked } = request.headers;
      seen.push({ length, chunked, sum });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const bytes = new Uint8Array(3_000_000).map((_, i) => i % 251);
    const counts: number[] = [];
    const sum = bytes.reduce((all, byte) => all + byte, 0);
    const response = await countingFetch(url, {
      method: 'PUT',
      body: new Blob(Array.from({ length: 30 }, (_, i) => bytes.slice(i * 1e5, (i + 1) * 1e5))),
      onSent: (count) => counts.push(count),
    });
    expect(response.ok).toBe(true);
    expect(seen).toEqual([{ length: '3000000', chunked: undefined, sum }]);
    expect(counts.length).toBeGreaterThan(10);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(3_000_000);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
