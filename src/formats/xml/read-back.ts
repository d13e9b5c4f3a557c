// How XML is read back to compare its values.

import { cannotRead, measuresOf, unreadOption, type ReadBack } from '../../contract/read-back.ts';
import type { DataType, Schema } from '../../table/data-type.ts';
import { uniqueNames } from '../../table/write-json.ts';
import { escapedName, textOfXml } from './names.ts';
import { XML_OPTIONS, type XmlOptions } from './options.ts';

const HARMLESS = [
  'rootName',
  'rowName',
  'prettyPrint',
  'declaration',
  'grammar',
  'cdata',
  'nullHandling',
];

/** Without any escape, as what is written and what was looks once it has none left: one text is undone as often as both. */
function withoutEscapes(text: string): string {
  const next = textOfXml(text);
  return next === text ? text : withoutEscapes(next);
}

export function readBackXml({
  options,
  schema,
}: {
  options: XmlOptions;
  schema: Schema;
}): ReadBack | { cannot: string } {
  const unread = unreadOption(options, XML_OPTIONS.defaults, HARMLESS);
  if (unread !== null) return cannotRead(unread);
  const names = schema.fields.map(({ name }) => escapedName(name));
  const rule = ({ kind }: DataType) =>
    kind === 'json' ? ('nulls' as const) : kind === 'float' ? undefined : ('text' as const);
  return {
    kind: 'xml',
    options: { path: `/${options.rootName}/${options.rowName}` },
    // An element without characters may be a null or an empty text.
    columns: measuresOf(schema, rule, () => ({ nullTexts: [''], undo: withoutEscapes })),
    names: options.grammar === 'none' ? names : uniqueNames(names),
    omitsNulls: true,
  };
}
