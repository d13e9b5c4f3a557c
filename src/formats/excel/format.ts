// The card of the excel format.
import type { FormatCard } from '../../contract/format-plugin.ts';
import { checkExcel } from './check.ts';
import { EXCEL_OPTIONS, type ExcelOptions } from './options.ts';
import { CARD_TEXTS, CHECK_TEXTS, PRESET_TEXTS } from './texts.ts';
import { readBackExcel } from './read-back.ts';

const asText = (option: keyof ExcelOptions) => ({
  title: CHECK_TEXTS.asText,
  options: { [option]: 'text' },
});

export const excelFormat: FormatCard<ExcelOptions> = {
  id: 'excel',
  ...CARD_TEXTS,
  family: 'spreadsheets',
  extension: '.xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  isText: false,
  parallel: 'batch',
  holds: { nulls: true, emptyText: true, types: true, nested: false, exactNumbers: false },
  takesMany: {},
  container: {
    archive: 'zip',
    shows: 'xl/worksheets/sheet1.xml',
    options: ({ level }) => ({ level }),
  },
  options: EXCEL_OPTIONS,
  files: ({ template }) => (template === null ? [] : [{ option: 'template', file: template }]),
  presets: [
    {
      id: 'readable',
      ...PRESET_TEXTS.readable,
      options: { headerLook: 'filled', autoFilter: true },
    },
    {
      id: 'plain',
      ...PRESET_TEXTS.plain,
      options: { headerLook: 'plain', widths: 'none', freezeHeader: false },
    },
    { id: 'table', ...PRESET_TEXTS.table, options: { table: true } },
    {
      id: 'report',
      ...PRESET_TEXTS.report,
      options: {
        headerLook: 'dark',
        alternatingRows: true,
        borders: 'rows',
        orientation: 'landscape',
        fitToWidth: true,
        repeatHeader: true,
        pageFooter: '&L&A&R&P / &N',
      },
    },
  ],
  losses: [
    {
      code: 'excel.number-as-text',
      kind: 'changed',
      isCounted: true,
      option: 'longNumbers',
    },
    {
      code: 'excel.digits-lost',
      kind: 'lost',
      isCounted: true,
      option: 'longNumbers',
      remedy: asText('longNumbers'),
    },
    {
      code: 'excel.text-cut',
      kind: 'lost',
      isCounted: true,
      option: 'longText',
      remedy: { title: CHECK_TEXTS.stopAtLongText, options: { longText: 'fail' } },
    },
    {
      code: 'excel.text-left',
      kind: 'lost',
      isCounted: true,
      option: 'longText',
      remedy: { title: CHECK_TEXTS.cutLongText, options: { longText: 'mark' } },
    },
    { code: 'excel.link-left', kind: 'changed', isCounted: true, option: 'links' },
    {
      code: 'excel.date-as-text',
      kind: 'changed',
      isCounted: true,
      option: 'earlyDates',
      remedy: { title: CHECK_TEXTS.allDatesAsText, options: { dates: 'text' } },
    },
    {
      code: 'excel.date-left',
      kind: 'lost',
      isCounted: true,
      option: 'earlyDates',
      remedy: asText('earlyDates'),
    },
    {
      code: 'excel.not-finite',
      kind: 'changed',
      isCounted: true,
      option: 'notFinite',
      remedy: { title: CHECK_TEXTS.asNulls, options: { notFinite: 'blank' } },
    },
    {
      code: 'excel.not-finite-left',
      kind: 'lost',
      isCounted: true,
      option: 'notFinite',
      remedy: asText('notFinite'),
    },
    {
      code: 'excel.zone-dropped',
      kind: 'lost',
      isCounted: false,
      option: 'zones',
      remedy: asText('zones'),
    },
    {
      code: 'excel.time-rounded',
      kind: 'lost',
      isCounted: false,
      option: 'dates',
      remedy: asText('dates'),
    },
    { code: 'excel.nested-as-text', kind: 'changed', isCounted: false },
    {
      code: 'excel.null-as-text',
      kind: 'lost',
      isCounted: false,
      option: 'nullText',
      remedy: { title: CHECK_TEXTS.leaveEmpty, options: { nullText: '' } },
    },
    { code: 'excel.name-changed', kind: 'changed', isCounted: false, option: 'table' },
  ],
  // A template keeps its own properties.
  timeOption: ({ created, protectPassword, template }) =>
    template !== null
      ? null
      : created === ''
        ? 'created'
        : protectPassword === null
          ? null
          : 'protectPassword',
  check: ({ options, schema, tables }) => checkExcel(options, schema, tables),
  readBack: readBackExcel,
  load: async () => (await import('./encode.ts')).excelModule,
};
