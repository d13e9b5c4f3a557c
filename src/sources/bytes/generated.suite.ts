// The very bytes of the generated tables, for each door to compare with.
import { expect, it } from 'vitest';
import { openGenerated } from './generated.ts';

/** Written down once: a change of a generator changes what people have compared with each other. */
const SUMS = [
  ['orders', '1de2a4dc6a49747c0940fbf48999956fcb6a917a0b86fe27bb0193d7c5081ade'],
  ['agents', '25be6e4ce841fa57ae82a7d7de6a97631c97930f0fd0f32793489a68d2629f34'],
  ['commands', '6f8693f6bef42598fb5c2dfbfa3860e0bf5dfabd348f7d3e451d2e43412358eb'],
] as const;

export function testGeneratedBytes(): void {
  it.each(SUMS)('keeps the bytes of %s', async (shape, sum) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of openGenerated({ shape, rows: 10_000, seed: 1 }).open())
      chunks.push(chunk);
    const bytes = await new Blob(chunks as BlobPart[]).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    expect([...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(sum);
  });
}
