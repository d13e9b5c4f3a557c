// How XML is read back to compare its values.
import type { ReadBack } from '../../contract/plugins.ts';
import { cannotRead, measuresOf, unreadOption } from '../../contract/read-back.ts';
import type { DataType, Schema } from '../../table/data-type.ts';
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

export function readBackXml({
  options,
  schema,
}: {
  options: XmlOptions;
  schema: Schema;
}): ReadBack | { cannot: string } {
  const unread = unreadOption(options, XML_OPTIONS.defaults, HARMLESS);
  if (unread !== null) return cannotRead(unread);
  const rule = ({ kind }: DataType) =>
    kind === 'json' ? ('nulls' as const) : kind === 'float' ? undefined : ('text' as const);
  return {
    kind: 'xml',
    options: { path: `/${options.rootName}/${options.rowName}` },
    // An element without characters may be a null or an empty text.
    columns: measuresOf(schema, rule, () => ({ nullTexts: [''] })),
  };
}
