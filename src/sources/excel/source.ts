// The card of the Excel source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { excelOptions, type ExcelOptions } from './options.ts';
import { recogniseWorkbook } from './recognise.ts';
import { EXCEL_CARD } from './texts.ts';

export const excelSource: SourceCard<ExcelOptions> = {
  id: 'excel',
  ...EXCEL_CARD,
  input: 'bytes',
  reads: 'slices',
  hasTables: true,
  extensions: ['xlsx', 'xlsm', 'xltx', 'xltm'],
  mediaTypes: [
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.ms-excel.sheet.macroEnabled.12',
  ],
  options: excelOptions,
  recognise: recogniseWorkbook,
  async load() {
    const [{ inspectExcel }, { readExcel }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
    ]);
    return {
      inspect: inspectExcel,
      read: readExcel,
      describe: async (context) => (await import('./describe.ts')).describeExcel(context),
    };
  },
};
