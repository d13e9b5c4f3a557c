// The options of age encryption.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { OPTION_TEXTS, RECIPIENT_SAYS } from './texts.ts';

/** Bech32 of a public key: native, post-quantum or tagged. */
const RECIPIENT = /^age1[02-9ac-hj-np-z]+$/;

export const AGE_OPTIONS = defineOptions(
  z.object({
    recipients: z.array(z.string().regex(RECIPIENT, RECIPIENT_SAYS)).default([]),
    passphrase: z
      .strictObject({ secret: z.string().min(1) })
      .nullable()
      .default(null)
      .meta({ kind: 'json', secret: true }),
  }),
  OPTION_TEXTS,
);

export type AgeOptions = (typeof AGE_OPTIONS)['defaults'];
