// Packed input in a browser: the same builds unpack to the same bytes as in Node.
import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../contract/config.ts';
import { codecs } from './registry.ts';

const TEXT = `id,name\n${'1,Anna\n'.repeat(200)}`;

/** The text as gzip, zstd and brotli of other programs packed it, Base64. */
const PACKED: Readonly<Record<string, string>> = {
  gzip: 'H4sIAAAAAAAAA8tM0clLzE3lMtRxzMtLHKVGqVFqlBql6EUBACfo8iSABQAA',
  zstd: 'KLUv/QRYrQAAcGlkLG5hbWUKMSxBbm5hAQBv6S9K7Xio5A==',
  brotli: 'G38F+I3EOCZyd2LTpGYJS3PTCjFBZEoT2yoBKDRnCekF',
};

it.each(Object.entries(PACKED))('unpacks %s', async (id, base64) => {
  const packed = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const input = async function* (): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < packed.length; at += 7) {
      await Promise.resolve();
      yield packed.slice(at, at + 7);
    }
  };
  const module = await codecs.find((card) => card.id === id)!.load();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of module.decode!(input(), { name: id, limits: DEFAULT_LIMITS }))
    pieces.push(piece.slice());
  expect(await new Blob(pieces).text()).toBe(TEXT);
});
