// The lines of a table: its heading, names, separator and rows, compact or padded.
import type { EncodedTable, EncoderContext } from '../../contract/encoder.ts';
import type { DataType, Schema } from '../../table/data-type.ts';
import type { MarkdownOptions } from './options.ts';

export type Side = 'right' | 'center' | 'none';

/** Where the values of a column stand. */
export function sideOf(type: DataType, { align }: MarkdownOptions): Side {
  if (!align) return 'none';
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'decimal':
      return 'right';
    case 'bool':
      return 'center';
    case 'dictionary':
      return sideOf(type.value, { align } as MarkdownOptions);
    default:
      return 'none';
  }
}

/** Sides of all columns, a first one of row numbers among them. */
export function sidesOf(schema: Schema, options: MarkdownOptions): Side[] {
  const sides = schema.fields.map(({ type }) => sideOf(type, options));
  return options.rowNumbers ? [options.align ? 'right' : 'none', ...sides] : sides;
}

/** The separator's cell, as wide as its column, which is three characters at least. */
export function separator(side: Side, width: number): string {
  switch (side) {
    case 'right':
      return `${'-'.repeat(width - 1)}:`;
    case 'center':
      return `:${'-'.repeat(width - 2)}:`;
    default:
      return '-'.repeat(width);
  }
}

/** The separator's cell where nothing is padded. */
export const SEPARATORS: Readonly<Record<Side, string>> = {
  none: '---',
  right: '---:',
  center: ':---:',
};

/** Spaces before and after a cell. */
export function paddingOf(side: Side, missing: number): [number, number] {
  if (missing <= 0) return [0, 0];
  if (side === 'right') return [missing, 0];
  if (side === 'center') return [missing >> 1, missing - (missing >> 1)];
  return [0, missing];
}

/** All tables of an output, the only one too. */
export function tablesOf({
  tables,
  name,
  schema,
}: EncoderContext<MarkdownOptions>): readonly EncodedTable[] {
  return tables ?? [{ name, schema }];
}
