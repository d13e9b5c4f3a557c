// The card of age encryption (age-encryption.org/v1).
import type { CodecCard } from '../../contract/codec-plugin.ts';
import { AGE_OPTIONS, type AgeOptions } from './options.ts';
import { CARD_TEXTS, CONFLICT_TEXTS } from './texts.ts';

const INTRO = new TextEncoder().encode('age-encryption.org/');

export const ageCodec: CodecCard<AgeOptions> = {
  id: 'age',
  ...CARD_TEXTS,
  extension: '.age',
  mediaType: 'application/octet-stream',
  canEncode: true,
  canDecode: false,
  encrypts: true,
  options: AGE_OPTIONS,
  matches: (head) => INTRO.every((byte, i) => head[i] === byte),
  conflict({ recipients, passphrase }) {
    if (recipients.length === 0 && passphrase === null) return CONFLICT_TEXTS.nobody;
    return recipients.length > 0 && passphrase !== null ? CONFLICT_TEXTS.both : null;
  },
  load: () => import('./transform.ts'),
};
