// The options of the sort step.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { sortKeysSchema } from '../../contract/sort-keys.schema.ts';
import { SORT_TEXTS } from './texts.ts';

const isLocale = (tag: string): boolean => {
  try {
    return Intl.Collator.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
};

export const sortOptions = defineOptions(
  z.object({
    by: sortKeysSchema,
    text: z.enum(['code-point', 'locale']).default('code-point'),
    locale: z
      .string()
      .refine(isLocale, 'is no language that is known here')
      .default('en')
      .meta({ showIf: { option: 'text', equals: ['locale'] } }),
    numeric: z
      .boolean()
      .default(false)
      .meta({ showIf: { option: 'text', equals: ['locale'] } }),
  }),
  SORT_TEXTS,
);

export type SortOptions = typeof sortOptions.defaults;
