// The card of the gzip codec (RFC 1952).
import type { CodecCard } from '../../contract/codec-plugin.ts';
import { GZIP_OPTIONS, type GzipOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const gzipCodec: CodecCard<GzipOptions> = {
  id: 'gzip',
  ...CARD_TEXTS,
  extension: '.gz',
  mediaType: 'application/gzip',
  canEncode: true,
  canDecode: true,
  options: GZIP_OPTIONS,
  matches: (head) => head[0] === 0x1f && head[1] === 0x8b && head[2] === 8,
  async load() {
    const [{ transform }, { decode }] = await Promise.all([
      import('./transform.ts'),
      import('./decode.ts'),
    ]);
    return { transform, decode };
  },
};
