// The options of the clipboard delivery: which forms of the same rows it holds.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { OPTION_TEXTS } from './texts.ts';

export const CLIPBOARD_OPTIONS = defineOptions(
  z.object({
    table: z.boolean().default(true),
    text: z.enum(['format', 'tabs']).default('format'),
    formulaGuard: z
      .boolean()
      .default(true)
      .meta({ advanced: true, showIf: { option: 'table', equals: [true] } }),
  }),
  OPTION_TEXTS,
);

export type ClipboardOptions = (typeof CLIPBOARD_OPTIONS)['defaults'];
