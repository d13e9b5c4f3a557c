// The options of the excel format.
import { z } from 'zod';
import { columnNameSchema } from '../../contract/column-ref.schema.ts';
import { fileRefSchema } from '../../contract/file-ref.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { chartsSchema } from './chart/options.ts';
import { EXCEL_EXAMPLES } from './examples.ts';
import { imagesSchema } from './image/options.ts';
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

/** Of the group of rare options with this title. */
const inSection = (section: string) => ({ advanced: true, section });
const sheets = inSection('sheets');
const cells = inSection('cells');
const styles = inSection('styles');
const values = inSection('values');
const page = inSection('page');
const properties = inSection('properties');
const file = inSection('file');

const withHeader = { showIf: { option: 'headers', equals: [true] } };
const asDates = { showIf: { option: 'dates', equals: ['dates'] } };

const templateFile = fileRefSchema
  .nullable()
  .default(null)
  .meta({ kind: 'file', accept: ['.xlsx'], ...file });

export const EXCEL_OPTIONS = defineOptions(
  z.object({
    headers: z.boolean().default(true),
    headerLook: z.enum(['plain', 'bold', 'filled', 'dark']).default('bold').meta(withHeader),
    widths: z.enum(['content', 'fixed', 'none']).default('content'),
    width: z
      .number()
      .min(1)
      .max(255)
      .default(14)
      .meta({ showIf: { option: 'widths', equals: ['fixed'] } }),
    freezeHeader: z.boolean().default(true).meta(withHeader),
    autoFilter: z.boolean().default(false).meta(withHeader),
    table: z.boolean().default(false).meta(withHeader),
    tableStyle: z
      .enum(TABLE_STYLES)
      .default('TableStyleMedium2')
      .meta({ showIf: { option: 'table', equals: [true] } }),
    alternatingRows: z.boolean().default(false),
    borders: z.enum(['none', 'rows', 'all']).default('none'),
    sheetName: z.string().default(''),
    sheetBy: columnNameSchema.default(''),
    totals: z.array(total).default([]),
    charts: chartsSchema,
    pivots: pivotsSchema,
    freezeColumns: z.int().min(0).max(100).default(0).meta(sheets),
    gridLines: z.boolean().default(true).meta(sheets),
    images: imagesSchema.meta(sheets),
    protect: z.boolean().default(false).meta(sheets),
    protectPassword: z
      .strictObject({ secret: z.string().min(1) })
      .nullable()
      .default(null)
      .meta({
        ...sheets,
        kind: 'json',
        secret: true,
        showIf: { option: 'protect', equals: [true] },
      }),
    sheetsAtMost: z.int().min(1).max(1000).default(100).meta(sheets),
    overflow: z.enum(['sheets', 'fail']).default('sheets').meta(sheets),
    rowsPerSheet: z.int().min(2).max(1_048_576).default(1_048_576).meta(sheets),
    links: z.array(columnNameSchema).default([]).meta(cells),
    formulas: z.array(formulaColumn).max(1000).default([]).meta(cells),
    totalsLabel: z.string().max(255).default('Total').meta(cells),
    conditionalFormats: z.array(conditionalFormat).max(500).default([]).meta(cells),
    validations: z.array(validation).max(500).default([]).meta(cells),
    notes: z.array(note).max(1000).default([]).meta(cells),
    headerStyle: cellStyle.default({}).meta({ kind: 'object', ...styles, ...withHeader }),
    dataStyle: cellStyle.default({}).meta({ kind: 'object', ...styles }),
    columns: z.array(columnSettings).default([]).meta(styles),
    numberFormat: z.string().max(255).default('').meta(styles),
    dateFormat: z.string().max(255).default('yyyy-mm-dd').meta(styles),
    timeFormat: z.string().max(255).default('hh:mm:ss').meta(styles),
    timestampFormat: z.string().max(255).default('yyyy-mm-dd hh:mm:ss').meta(styles),
    dates: z.enum(['dates', 'text']).default('dates').meta(values),
    zones: z
      .enum(['clock', 'text'])
      .default('clock')
      .meta({ ...values, ...asDates }),
    dateSystem: z
      .enum(['1900', '1904'])
      .default('1900')
      .meta({ ...values, ...asDates }),
    earlyDates: z
      .enum(['text', 'blank', 'fail'])
      .default('text')
      .meta({ ...values, ...asDates }),
    longNumbers: z.enum(['text', 'number']).default('text').meta(values),
    longText: z.enum(['cut', 'mark', 'blank', 'fail']).default('cut').meta(values),
    notFinite: z.enum(['text', 'error', 'blank', 'fail']).default('text').meta(values),
    nullText: z.string().max(255).default('').meta(values),
    orientation: z.enum(['portrait', 'landscape']).default('portrait').meta(page),
    paper: z.enum(['a4', 'a3', 'letter', 'legal']).default('a4').meta(page),
    fitToWidth: z.boolean().default(false).meta(page),
    repeatHeader: z
      .boolean()
      .default(false)
      .meta({ ...page, ...withHeader }),
    pageHeader: z.string().max(255).default('').meta(page),
    pageFooter: z.string().max(255).default('').meta(page),
    title: z.string().default('').meta(properties),
    subject: z.string().default('').meta(properties),
    author: z.string().default('').meta(properties),
    company: z.string().default('').meta(properties),
    keywords: z.string().default('').meta(properties),
    comments: z.string().default('').meta(properties),
    created: z.string().default('').meta(properties),
    properties: z.record(z.string(), z.string()).default({}).meta(properties),
    template: templateFile,
    templateTarget: z
      .string()
      .max(255)
      .default('')
      .meta({ ...file, showIf: { option: 'template', not: [null] } }),
    level: z.int().min(0).max(9).default(6).meta(file),
  }),
  OPTION_TEXTS,
  EXCEL_EXAMPLES,
);

export type ExcelOptions = (typeof EXCEL_OPTIONS)['defaults'];
