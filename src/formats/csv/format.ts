// The card of the csv format.
import type { FormatCard } from '../../contract/format-plugin.ts';
import { checkCsv } from './check.ts';
import { CSV_OPTIONS, type CsvOptions } from './options.ts';
import { CARD_TEXTS, PRESET_SECTIONS, PRESET_TEXTS, REMEDY_TEXTS } from './texts.ts';
import { tellsTime } from './frame.ts';
import { readBackCsv } from './read-back.ts';

/** Without the mark, Excel takes UTF-8 for the machine's own charset. */
const FOR_EXCEL = { id: 'utf-8', bom: true };

export const csvFormat: FormatCard<CsvOptions> = {
  id: 'csv',
  ...CARD_TEXTS,
  family: 'spreadsheets',
  extension: '.csv',
  alsoNamed: [
    { extension: '.tsv', options: { delimiter: '\t' } },
    { extension: '.tab', options: { delimiter: '\t' } },
  ],
  mediaType: 'text/csv',
  fileKind({ layout, delimiter }) {
    if (layout !== 'delimited') return { extension: '.txt', mediaType: 'text/plain' };
    return delimiter === '\t' ? { extension: '.tsv', mediaType: 'text/tab-separated-values' } : {};
  },
  isText: true,
  parallel: 'batch',
  holds: { nulls: true, emptyText: true, types: false, nested: false, exactNumbers: true },
  // Notes hold times and counts; aligned columns are as wide as the rows of one file need.
  appends: ({ preamble, trailer, layout, lineTerminator }) =>
    preamble === '' && trailer === '' && layout !== 'aligned' && /lf$/.test(lineTerminator),
  options: CSV_OPTIONS,
  presets: [
    {
      id: 'excel',
      ...PRESET_TEXTS.excel,
      section: PRESET_SECTIONS.spreadsheets,
      options: { lineTerminator: 'crlf' },
      output: { charset: FOR_EXCEL },
    },
    {
      id: 'semicolon',
      ...PRESET_TEXTS.semicolon,
      section: PRESET_SECTIONS.spreadsheets,
      options: { delimiter: ';', lineTerminator: 'crlf', decimalSign: ',' },
      output: { charset: FOR_EXCEL },
    },
    {
      id: 'excel-swiss',
      ...PRESET_TEXTS['excel-swiss'],
      section: PRESET_SECTIONS.spreadsheets,
      options: { delimiter: ';', lineTerminator: 'crlf' },
      output: { charset: FOR_EXCEL },
    },
    {
      id: 'rfc4180',
      ...PRESET_TEXTS.rfc4180,
      section: PRESET_SECTIONS.files,
      options: { lineTerminator: 'crlf', quotes: 'minimal', formulaGuard: false },
    },
    {
      id: 'exact',
      ...PRESET_TEXTS.exact,
      section: PRESET_SECTIONS.files,
      options: { formulaGuard: false },
    },
    {
      id: 'tsv',
      ...PRESET_TEXTS.tsv,
      section: PRESET_SECTIONS.files,
      options: {
        delimiter: '\t',
        quotes: 'none',
        quoteChar: null,
        onUnquotable: 'replace',
        formulaGuard: false,
      },
    },
    {
      id: 'postgresql',
      ...PRESET_TEXTS.postgresql,
      section: PRESET_SECTIONS.databases,
      options: { quotes: 'minimal', formulaGuard: false },
    },
    {
      id: 'mysql',
      ...PRESET_TEXTS.mysql,
      section: PRESET_SECTIONS.databases,
      options: {
        delimiter: '\t',
        quotes: 'none',
        quoteChar: null,
        escape: '\\',
        onUnquotable: 'escape',
        nullText: '\\N',
        formulaGuard: false,
        trueText: '1',
        falseText: '0',
        timestampPattern: 'yyyy-MM-dd HH:mm:ss.SSSSSS',
        zone: 'UTC',
      },
    },
    {
      id: 'bigquery',
      ...PRESET_TEXTS.bigquery,
      section: PRESET_SECTIONS.databases,
      options: { quotes: 'minimal', nullText: '\\N', formulaGuard: false },
    },
    {
      id: 'fixed',
      ...PRESET_TEXTS.fixed,
      section: PRESET_SECTIONS.columns,
      options: { layout: 'fixed', width: 40, gap: '', onOverflow: 'cut', formulaGuard: false },
    },
    {
      id: 'aligned',
      ...PRESET_TEXTS.aligned,
      section: PRESET_SECTIONS.columns,
      options: { layout: 'aligned', gap: '  ' },
    },
  ],
  losses: [
    {
      code: 'csv.formula-guarded',
      kind: 'changed',
      isCounted: true,
      option: 'formulaGuard',
      remedy: { title: REMEDY_TEXTS.exact, options: { formulaGuard: false } },
    },
    {
      code: 'csv.empty-as-null',
      kind: 'lost',
      isCounted: true,
      option: 'emptyText',
      remedy: {
        title: REMEDY_TEXTS.quoteEmpty,
        options: { quotes: 'minimal', emptyText: 'quoted' },
      },
    },
    { code: 'csv.null-as-empty', kind: 'changed', isCounted: true, option: 'nullText' },
    {
      code: 'csv.text-as-null',
      kind: 'lost',
      isCounted: true,
      option: 'nullText',
      remedy: { title: REMEDY_TEXTS.quoteNeeded, options: { quotes: 'minimal' } },
    },
    {
      code: 'csv.unquotable-replaced',
      kind: 'lost',
      isCounted: true,
      option: 'onUnquotable',
      remedy: { title: REMEDY_TEXTS.quoteNeeded, options: { quotes: 'minimal' } },
    },
    {
      code: 'csv.null-quoted',
      kind: 'lost',
      isCounted: true,
      option: 'quotes',
      remedy: { title: REMEDY_TEXTS.quoteNonNull, options: { quotes: 'non-null' } },
    },
    {
      code: 'csv.digits-cut',
      kind: 'lost',
      isCounted: true,
      option: 'decimals',
      remedy: { title: REMEDY_TEXTS.allDigits, options: { decimals: null } },
    },
    { code: 'csv.cut', kind: 'lost', isCounted: true, option: 'onOverflow' },
    {
      code: 'csv.line-break-replaced',
      kind: 'lost',
      isCounted: true,
      option: 'onLineBreak',
      remedy: { title: REMEDY_TEXTS.useDelimiters, options: { layout: 'delimited' } },
    },
    {
      code: 'csv.like-padding',
      kind: 'lost',
      isCounted: true,
      option: 'padding',
      remedy: { title: REMEDY_TEXTS.useDelimiters, options: { layout: 'delimited' } },
    },
    { code: 'csv.nested-as-text', kind: 'changed', isCounted: false },
    { code: 'csv.binary-as-base64', kind: 'changed', isCounted: false },
  ],
  check: checkCsv,
  timeOption: ({ preamble, trailer }) =>
    tellsTime(preamble) ? 'preamble' : tellsTime(trailer) ? 'trailer' : null,
  readBack: readBackCsv,
  load: async () => (await import('./encode.ts')).csvModule,
};
