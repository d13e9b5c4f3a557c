// The card of the brotli codec (RFC 7932).
import type { CodecCard } from '../../contract/codec-plugin.ts';
import { BROTLI_OPTIONS, type BrotliOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const brotliCodec: CodecCard<BrotliOptions> = {
  id: 'brotli',
  ...CARD_TEXTS,
  extension: '.br',
  mediaType: 'application/x-brotli',
  canEncode: true,
  canDecode: true,
  options: BROTLI_OPTIONS,
  matches: () => false,
  hasNoMagic: true,
  async load() {
    const [{ transform }, { decode }] = await Promise.all([
      import('./transform.ts'),
      import('./decode.ts'),
    ]);
    return { transform, decode };
  },
};
