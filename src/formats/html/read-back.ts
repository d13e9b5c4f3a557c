// How HTML tables are read back to compare their values.

import {
  cannotRead,
  measuresOf,
  type ReadBack,
  type ReadBackContext,
} from '../../contract/read-back.ts';
import type { DataType } from '../../table/data-type.ts';
import type { HtmlOptions } from './options.ts';

/** HTML has no U+0000. */
const held = (text: string): string => text.replaceAll('\0', '\ufffd');

/** Where each line break is a <br>, nothing tells one from another. */
const unbroken = (text: string): string => held(text).replaceAll(/\r\n?/g, '\n');

/** A caption as tables are named by it. */
const caption = (text: string): string => held(text).replaceAll(/\s+/g, ' ').trim().slice(0, 200);

export function readBackHtml({
  options,
  schema,
  among,
}: ReadBackContext<HtmlOptions>): ReadBack | { cannot: string } {
  const { headers, styling, nullText, lineBreaks, rowNumbers } = options;
  // No text of several lines, or with what HTML lacks, comes back as the one that was set.
  if (held(nullText) !== nullText || (lineBreaks === 'br' && /[\r\n]/.test(nullText)))
    return cannotRead('nullText');
  // Of several data sets each is the caption of its table; one without a row has no place to be found at.
  const captions = among?.tables.map(({ name }) => caption(name)) ?? [];
  if (among !== undefined && !headers) return cannotRead('headers');
  if (new Set(captions).size < captions.length || captions.includes(''))
    return { cannot: 'the names of the data sets are alike' };
  const marksNull = styling === 'block' || styling === 'classes';
  const undo = lineBreaks === 'br' ? unbroken : held;
  const rule = ({ kind }: DataType) =>
    kind === 'json' ? ('nulls' as const) : kind === 'float' ? undefined : ('text' as const);
  return {
    kind: 'html',
    ...(among !== undefined && { table: captions[among.place]! }),
    options: {
      header: headers ? 'present' : 'absent',
      headerRows: headers ? 1 : null,
      whitespace: 'keep',
      nullText: '',
      emptyValues: 'text',
      nullClass: marksNull ? 'null' : '',
      raggedRows: 'fail',
      footer: 'skip',
      skipColumns: rowNumbers ? 1 : 0,
    },
    ...(headers && { hasNames: true as const }),
    names: schema.fields.map(({ name }) => held(name)),
    columns: measuresOf(schema, rule, () => ({
      undo,
      // Only a class tells nulls from texts.
      ...(!marksNull && { nullTexts: [nullText] }),
    })),
  };
}
