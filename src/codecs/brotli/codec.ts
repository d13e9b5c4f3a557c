// The card of the brotli codec (RFC 7932), for unpacking.
import type { CodecCard } from '../../contract/plugins.ts';
import { NO_OPTIONS } from '../no-options.ts';
import { CARD_TEXTS } from './texts.ts';

export const brotliCodec: CodecCard = {
  id: 'brotli',
  ...CARD_TEXTS,
  extension: '.br',
  mediaType: 'application/x-brotli',
  canEncode: false,
  canDecode: true,
  options: NO_OPTIONS,
  matches: () => false,
  hasNoMagic: true,
  load: () => import('./decode.ts'),
};
