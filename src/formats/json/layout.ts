// Line breaks and spaces of a JSON document: indented, or compact with each record on a line of its own.
import type { JsonRecordForm } from '../../table/json-records.ts';
import type { JsonOptions } from './options.ts';

const UNITS = { '2': '  ', '4': '    ', '8': '        ', tab: '\t' };

export interface Layout {
  isPretty: boolean;
  /** Before what always begins a line: records, groups. */
  line(depth: number): string;
  /** Before what begins a line only when indented: keys and closing braces. */
  open(depth: number): string;
  /** A key with its colon. */
  key(name: string): string;
  /** A value of any shape, standing at this depth. */
  value(value: unknown, depth: number): string;
  /** White space of a record, for the record writer. */
  indent(depth: number): JsonRecordForm['indent'];
}

export function createLayout({
  prettyPrint: isPretty,
  indent,
}: Pick<JsonOptions, 'prettyPrint' | 'indent'>): Layout {
  const unit = UNITS[indent];
  const indented = (depth: number): string => `\n${unit.repeat(depth)}`;
  return {
    isPretty,
    line: (depth) => (isPretty ? indented(depth) : '\n'),
    open: (depth) => (isPretty ? indented(depth) : ''),
    key: (name) => JSON.stringify(name) + (isPretty ? ': ' : ':'),
    value(value, depth) {
      if (!isPretty) return JSON.stringify(value);
      return JSON.stringify(value, null, unit).replaceAll('\n', indented(depth));
    },
    indent: (depth) => (isPretty ? { before: unit.repeat(depth), unit } : null),
  };
}
