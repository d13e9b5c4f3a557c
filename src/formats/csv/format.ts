// The card of the csv format.
import type { FormatCard } from '../../contract/plugins.ts';
import { checkCsv } from './check.ts';
import { CSV_OPTIONS, type CsvOptions } from './options.ts';
import { CARD_TEXTS, PRESET_TEXTS, REMEDY_TEXTS } from './texts.ts';

/** Without the mark, Excel takes UTF-8 for the machine's own charset. */
const FOR_EXCEL = { id: 'utf-8', bom: true };

export const csvFormat: FormatCard<CsvOptions> = {
  id: 'csv',
  ...CARD_TEXTS,
  extension: '.csv',
  mediaType: 'text/csv',
  isText: true,
  parallel: 'batch',
  holds: { nulls: true, emptyText: true, types: false, nested: false, exactNumbers: true },
  options: CSV_OPTIONS,
  presets: [
    {
      id: 'excel',
      ...PRESET_TEXTS.excel,
      options: { lineTerminator: 'crlf' },
      output: { charset: FOR_EXCEL },
    },
    {
      id: 'semicolon',
      ...PRESET_TEXTS.semicolon,
      options: { delimiter: ';', lineTerminator: 'crlf' },
      output: { charset: FOR_EXCEL },
    },
    {
      id: 'rfc4180',
      ...PRESET_TEXTS.rfc4180,
      options: { lineTerminator: 'crlf', quotes: 'minimal', formulaGuard: false },
    },
    { id: 'exact', ...PRESET_TEXTS.exact, options: { formulaGuard: false } },
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
    { code: 'csv.nested-as-text', kind: 'changed', isCounted: false },
    { code: 'csv.binary-as-base64', kind: 'changed', isCounted: false },
  ],
  check: checkCsv,
  load: async () => (await import('./encode.ts')).csvModule,
};
