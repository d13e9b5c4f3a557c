// The options of the mail draft.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { addressesOf } from './link.ts';
import { NO_ADDRESSES, OPTION_TEXTS } from './texts.ts';

export const MAIL_OPTIONS = defineOptions(
  z.object({
    to: z
      .string()
      .max(1000)
      .refine((text) => addressesOf(text) !== null, NO_ADDRESSES)
      .default(''),
    subject: z.string().max(200).default('{name}'),
    text: z.string().max(2000).default('{files}').meta({ multiline: true }),
  }),
  OPTION_TEXTS,
);

export type MailOptions = (typeof MAIL_OPTIONS)['defaults'];
