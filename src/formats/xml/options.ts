// The options of the xml format.
import { z } from 'zod';
import { columnNameSchema } from '../../contract/column-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { XML_EXAMPLES } from './examples.ts';
import { OPTION_TEXTS } from './texts.ts';

export const XML_OPTIONS = defineOptions(
  z.object({
    rootName: z.string().default('records'),
    rowName: z.string().default('record'),
    columnsAs: z.enum(['elements', 'attributes', 'fields']).default('elements'),
    attributeColumns: z
      .array(columnNameSchema)
      .default([])
      .meta({ showIf: { option: 'columnsAs', equals: ['elements'] } }),
    fieldName: z
      .string()
      .default('field')
      .meta({ showIf: { option: 'columnsAs', equals: ['fields'] } }),
    nullHandling: z.enum(['omit', 'empty', 'nil']).default('omit'),
    prettyPrint: z.boolean().default(false),
    declaration: z.boolean().default(true),
    grammar: z.enum(['none', 'doctype', 'xsd']).default('none'),
    nested: z.enum(['elements', 'json']).default('elements'),
    itemName: z
      .string()
      .default('item')
      .meta({ advanced: true, showIf: { option: 'nested', equals: ['elements'] } }),
    cdata: z.enum(['never', 'needed', 'always']).default('never').meta({ advanced: true }),
    illegalCharacters: z
      .enum(['escape', 'replace', 'remove', 'fail'])
      .default('escape')
      .meta({ advanced: true }),
    nameHandling: z.enum(['escape', 'replace']).default('escape').meta({ advanced: true }),
    namespace: z.string().default('').meta({ advanced: true }),
    prefix: z.string().default('').meta({ advanced: true }),
  }),
  OPTION_TEXTS,
  XML_EXAMPLES,
);

export type XmlOptions = (typeof XML_OPTIONS)['defaults'];
