// The card of the zstd codec (RFC 8878), for unpacking.
import type { CodecCard } from '../../contract/plugins.ts';
import { NO_OPTIONS } from '../no-options.ts';
import { CARD_TEXTS } from './texts.ts';
import { magicOf } from '../../kernels/zstd-frame.ts';

export const zstdCodec: CodecCard = {
  id: 'zstd',
  ...CARD_TEXTS,
  extension: '.zst',
  mediaType: 'application/zstd',
  canEncode: false,
  canDecode: true,
  options: NO_OPTIONS,
  matches: (head) => ['frame', 'skippable'].includes(magicOf(head.subarray(0, 4))),
  load: () => import('./decode.ts'),
};
