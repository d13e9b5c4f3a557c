// The options of the XML source: which elements are records, and what becomes of what they hold.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { isPath } from './path.ts';
import { WRONG_PATH, XML_OPTION_TEXTS } from './texts.ts';

const schema = z.object({
  path: z.string().refine(isPath, WRONG_PATH).nullable().default(null),
  nested: z.enum(['columns', 'json']).default('columns'),
  names: z.enum(['local', 'prefixed']).default('local'),
  emptyValues: z.enum(['auto', 'text', 'null']).default('auto'),
  whitespace: z.enum(['keep', 'trim']).default('keep'),
  newKeys: z.enum(['add', 'ignore', 'fail']).default('add'),
  attributePrefix: z.string().default('').meta({ advanced: true }),
  textName: z.string().default('#text').meta({ advanced: true }),
});

export type XmlOptions = z.output<typeof schema>;

export const xmlOptions = defineOptions(schema, XML_OPTION_TEXTS);
