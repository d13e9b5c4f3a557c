// The card of the zstd codec (RFC 8878).
import type { CodecCard } from '../../contract/codec-plugin.ts';
import { ZSTD_OPTIONS, type ZstdOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';
import { magicOf } from '../../kernels/zstd-frame.ts';

export const zstdCodec: CodecCard<ZstdOptions> = {
  id: 'zstd',
  ...CARD_TEXTS,
  extension: '.zst',
  mediaType: 'application/zstd',
  canEncode: true,
  canDecode: true,
  options: ZSTD_OPTIONS,
  matches: (head) => ['frame', 'skippable'].includes(magicOf(head.subarray(0, 4))),
  async load() {
    const [{ transform }, { decode }] = await Promise.all([
      import('./transform.ts'),
      import('./decode.ts'),
    ]);
    return { transform, decode };
  },
};
