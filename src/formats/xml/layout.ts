// Where the columns of a record stand in its element, and under which names.
import type { Schema } from '../../table/data-type.ts';
import { uniqueNames } from '../../table/write-json.ts';
import { escapedName, nameAsText, replacedName } from './names.ts';
import type { XmlOptions } from './options.ts';

/** What a column becomes. */
export interface PlacedColumn {
  /** In the batch's schema. */
  position: number;
  as: 'element' | 'attribute' | 'field';
  /** With the namespace's prefix; of a field the column's own name. */
  name: string;
}

/** Charsets that hold every character. */
export const isUnicode = (charset: string): boolean => charset.startsWith('utf-');

/** The name that is written for a column or a member. */
export function writtenName(
  { nameHandling }: Pick<XmlOptions, 'nameHandling'>,
  charset: string,
): (name: string) => string {
  const isAscii = !isUnicode(charset);
  return (name) =>
    nameHandling === 'escape' ? escapedName(name, isAscii) : replacedName(name, isAscii);
}

export function isAttribute(options: XmlOptions, name: string): boolean {
  return (
    options.columnsAs === 'attributes' ||
    (options.columnsAs === 'elements' && options.attributeColumns.includes(name))
  );
}

/** The columns in the order in which they are written: attributes first. */
export function placeColumns(options: XmlOptions, schema: Schema, charset: string): PlacedColumn[] {
  const write = writtenName(options, charset);
  const lead = options.prefix === '' ? '' : `${options.prefix}:`;
  const positions = schema.fields.map((_, position) => position);
  const nameAt = (position: number): string => schema.fields[position]!.name;
  const inside = positions.filter((position) => isAttribute(options, nameAt(position)));
  // An element has each attribute once.
  const attributeNames = uniqueNames(inside.map((position) => write(nameAt(position))));
  const outside = positions.filter((position) => !inside.includes(position));
  const names = outside.map((position) => write(nameAt(position)));
  // A grammar could not tell which of two optional elements of one name is meant.
  const elementNames = options.grammar === 'none' ? names : uniqueNames(names);
  return [
    ...inside.map((position, i): PlacedColumn => {
      return { position, as: 'attribute', name: attributeNames[i]! };
    }),
    ...outside.map((position, i): PlacedColumn => {
      return options.columnsAs === 'fields'
        ? { position, as: 'field', name: nameAsText(nameAt(position)) }
        : { position, as: 'element', name: lead + elementNames[i]! };
    }),
  ];
}
