// The words of the output as it is looked at.
import { formatCount } from '../format-number.ts';

const plural = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

export const outputWords = {
  look: 'Show as',
  looks: { sheet: 'Sheet', read: 'As read', text: 'Text', xml: 'XML', bytes: 'Bytes' },
  region: 'First bytes of the export',
  reading: 'Writing and reading the first rows …',
  noBytes: 'The output is empty.',
  noReader: (format: string) => `No reader for ${format} here`,
  marks: 'Invisible characters',
  wrap: 'Wrap',
  copyHead: 'Copy',
  copied: 'Copied',
  notCopied: 'The browser let nothing be copied',
  between: 'The end of the sample; what stands between is made by the export',
  whole: (size: string) => `The whole output, ${size} before packing`,
  headOf: (head: string, tail: string | null, all: string | null) =>
    [
      `First ${head}`,
      tail === null ? '' : ` and the last ${tail} of the sample`,
      all === null ? '' : `, of ${all}`,
      ' before packing',
    ].join(''),
  startOf: (size: string) => `The start of a file of the first rows, ${size}`,

  grid: 'The first rows as read',
  allSame: 'Every value reads as it was written',
  differ: (count: number) => `${plural(count, 'value reads', 'values read')} otherwise`,
  written: (value: string) => `In the plan: ${value}`,
  cell: (read: string, written: string, name: string, row: string) =>
    `Reads as ${read}, in the plan ${written} (${name}, row ${row})`,
  null: 'null',
  emptyText: 'empty text',
  otherRows: (read: number, written: number) =>
    `${plural(read, 'row was', 'rows were')} read of ${formatCount(written)} written.`,
  rejected: (count: number) => `${plural(count, 'row', 'rows')} could not be read.`,
  ownReading: 'The reader found out by itself how this is written, as a receiver’s would.',
  fileOf: (rows: number, size: string) => `A file of ${plural(rows, 'row', 'rows')}, ${size}`,
  noColumns: 'The reader finds no column.',
  noRows: 'The reader finds no row.',

  facts: 'In the file',
  moreRows: (count: number) => `and ${plural(count, 'more', 'more')}`,

  sheetGrid: (name: string) => `The sheet ${name}`,
  sheets: 'Sheets',
  corner: 'Row',
  hiddenSheet: (name: string) => `${name} (hidden)`,
  noSheet: 'The workbook has no sheet.',
  emptySheet: 'This sheet has no cell.',
  moreOfSheet: (count: number) => `${plural(count, 'row', 'rows')} more on this sheet`,
  stored: (value: string) => `In the file: ${value}`,
} as const;
