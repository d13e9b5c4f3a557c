// The options of the excel format.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';
import { chartsSchema } from './chart/options.ts';
import { EXCEL_EXAMPLES } from './examples.ts';
import {
  cellStyle,
  columnSettings,
  formulaColumn,
  note,
  TABLE_STYLES,
  total,
} from './style/options.ts';
import { conditionalFormat, validation } from './rules/options.ts';
import { pivotsSchema } from './pivot/options.ts';
import { OPTION_TEXTS } from './texts.ts';

const advanced = { advanced: true };

const templateFile = z
  .union([
    z
      .string()
      .min(1)
      .transform((path) => ({ path })),
    z.strictObject({ path: z.string().min(1) }),
    z.strictObject({ binding: z.string().min(1) }),
  ])
  .nullable()
  .default(null)
  .meta({ kind: 'file', advanced: true });

export const EXCEL_OPTIONS = defineOptions(
  z.object({
    template: templateFile,
    templateTarget: z
      .string()
      .max(255)
      .default('')
      .meta({ ...advanced, showIf: { option: 'template', equals: [] } }),
    headers: z.boolean().default(true),
    headerLook: z
      .enum(['plain', 'bold', 'filled', 'dark'])
      .default('bold')
      .meta({ showIf: { option: 'headers', equals: [true] } }),
    widths: z.enum(['content', 'fixed', 'none']).default('content'),
    width: z
      .number()
      .min(1)
      .max(255)
      .default(14)
      .meta({ showIf: { option: 'widths', equals: ['fixed'] } }),
    freezeHeader: z
      .boolean()
      .default(true)
      .meta({ showIf: { option: 'headers', equals: [true] } }),
    freezeColumns: z.int().min(0).max(100).default(0),
    autoFilter: z
      .boolean()
      .default(false)
      .meta({ showIf: { option: 'headers', equals: [true] } }),
    table: z
      .boolean()
      .default(false)
      .meta({ showIf: { option: 'headers', equals: [true] } }),
    tableStyle: z
      .enum(TABLE_STYLES)
      .default('TableStyleMedium2')
      .meta({ showIf: { option: 'table', equals: [true] } }),
    alternatingRows: z.boolean().default(false),
    borders: z.enum(['none', 'rows', 'all']).default('none'),
    sheetName: z.string().default(''),
    links: z.array(z.string()).default([]),
    totals: z.array(total).default([]).meta({ kind: 'json' }),
    totalsLabel: z.string().max(255).default('Total').meta(advanced),
    formulas: z.array(formulaColumn).max(1000).default([]).meta({ kind: 'json', advanced: true }),
    conditionalFormats: z
      .array(conditionalFormat)
      .max(500)
      .default([])
      .meta({ kind: 'json', advanced: true }),
    validations: z.array(validation).max(500).default([]).meta({ kind: 'json', advanced: true }),
    notes: z.array(note).max(1000).default([]).meta({ kind: 'json', advanced: true }),
    protect: z.boolean().default(false).meta(advanced),
    charts: chartsSchema,
    pivots: pivotsSchema,
    sheetBy: z.string().default(''),
    sheetsAtMost: z.int().min(1).max(1000).default(100).meta(advanced),
    overflow: z.enum(['sheets', 'fail']).default('sheets').meta(advanced),
    rowsPerSheet: z.int().min(2).max(1_048_576).default(1_048_576).meta(advanced),
    numberFormat: z.string().max(255).default('').meta(advanced),
    dateFormat: z.string().max(255).default('yyyy-mm-dd').meta(advanced),
    timeFormat: z.string().max(255).default('hh:mm:ss').meta(advanced),
    timestampFormat: z.string().max(255).default('yyyy-mm-dd hh:mm:ss').meta(advanced),
    columns: z.array(columnSettings).default([]).meta({ kind: 'json', advanced: true }),
    headerStyle: cellStyle.default({}).meta({
      kind: 'json',
      advanced: true,
      showIf: { option: 'headers', equals: [true] },
    }),
    dataStyle: cellStyle.default({}).meta({ kind: 'json', advanced: true }),
    dates: z.enum(['dates', 'text']).default('dates').meta(advanced),
    zones: z
      .enum(['clock', 'text'])
      .default('clock')
      .meta({ ...advanced, showIf: { option: 'dates', equals: ['dates'] } }),
    dateSystem: z
      .enum(['1900', '1904'])
      .default('1900')
      .meta({ ...advanced, showIf: { option: 'dates', equals: ['dates'] } }),
    longNumbers: z.enum(['text', 'number']).default('text').meta(advanced),
    longText: z.enum(['cut', 'fail']).default('cut').meta(advanced),
    notFinite: z.enum(['text', 'error', 'blank', 'fail']).default('text').meta(advanced),
    nullText: z.string().max(255).default('').meta(advanced),
    orientation: z.enum(['portrait', 'landscape']).default('portrait').meta(advanced),
    paper: z.enum(['a4', 'a3', 'letter', 'legal']).default('a4').meta(advanced),
    fitToWidth: z.boolean().default(false).meta(advanced),
    repeatHeader: z
      .boolean()
      .default(false)
      .meta({ ...advanced, showIf: { option: 'headers', equals: [true] } }),
    pageHeader: z.string().max(255).default('').meta(advanced),
    pageFooter: z.string().max(255).default('').meta(advanced),
    gridLines: z.boolean().default(true).meta(advanced),
    title: z.string().default('').meta(advanced),
    subject: z.string().default('').meta(advanced),
    author: z.string().default('').meta(advanced),
    company: z.string().default('').meta(advanced),
    keywords: z.string().default('').meta(advanced),
    comments: z.string().default('').meta(advanced),
    created: z.string().default('').meta(advanced),
    properties: z.record(z.string(), z.string()).default({}).meta(advanced),
    level: z.int().min(0).max(9).default(6).meta(advanced),
  }),
  OPTION_TEXTS,
  EXCEL_EXAMPLES,
);

export type ExcelOptions = (typeof EXCEL_OPTIONS)['defaults'];
