// The kernel in a browser: the same bytes as in Node, and the browser's own reader takes them.
import { expect, it } from 'vitest';
import { testGoldenBytes } from './deflate-golden.suite.ts';
import { DEFLATE_STREAM_END, openDeflate } from './deflate.ts';

testGoldenBytes();

it('makes streams that DecompressionStream reads', async () => {
  const deflate = await openDeflate();
  const text = 'one,two,three\n'.repeat(50_000);
  const bytes = new TextEncoder().encode(text);
  for (let level = 0; level <= 9; level++) {
    const blocks = [bytes.subarray(0, 300_001), bytes.subarray(300_001)];
    const parts = [
      ...blocks.map((block) => deflate.deflateBlock(block, level)),
      DEFLATE_STREAM_END,
    ];
    const stream = new Blob(parts as BlobPart[]).stream();
    const unpacked = stream.pipeThrough(new DecompressionStream('deflate-raw'));
    expect(await new Response(unpacked).text(), `level ${level}`).toBe(text);
  }
});
