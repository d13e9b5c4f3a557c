// How Markdown tables are read back to compare their values.

import {
  cannotRead,
  measuresOf,
  type ReadBack,
  type ReadBackContext,
} from '../../contract/read-back.ts';
import type { DataType } from '../../table/data-type.ts';
import type { MarkdownOptions } from './options.ts';

/** Markdown has no U+0000. */
const held = (text: string): string => text.replaceAll('\0', '\ufffd');

/** A heading as tables are named by it. */
const heading = (text: string): string => held(text).replaceAll(/\s+/g, ' ').trim().slice(0, 200);

const SPACES = /^[ \t-\r]+|[ \t-\r]+$/g;

/** What is left of a value of which something cannot come back, and of what comes back of it. */
function undoOf({ escape, lineBreaks }: MarkdownOptions): (text: string) => string {
  const unbroken = (text: string): string =>
    lineBreaks === 'space'
      ? text.replaceAll(/\r\n?|\n/g, ' ')
      : text.replaceAll('\r', '&#13;').replaceAll('\n', '<br>');
  if (escape === 'pipes')
    // Of Markdown neither the spaces around it are told, nor backslashes before them.
    return (text) => unbroken(held(text)).replaceAll(SPACES, '').replace(/\\+$/, '');
  return lineBreaks === 'space' ? (text) => unbroken(held(text)).replaceAll(SPACES, '') : held;
}

export function readBackMarkdown({
  options,
  schema,
  among,
}: ReadBackContext<MarkdownOptions>): ReadBack | { cannot: string } {
  const { escape, nullText, lineBreaks, rowNumbers } = options;
  // The text for null is no Markdown, as which values are read then.
  const isPlain = /^[\p{L}\p{N}\p{Pd} ]*$/u.test(nullText) && nullText.trim() === nullText;
  const isBroken = lineBreaks === 'space' && /[\r\n]/.test(nullText);
  if ((escape === 'pipes' && !isPlain) || isBroken || nullText.includes('\0'))
    return cannotRead('nullText');
  const headings = among?.tables.map(({ name }) => heading(name)) ?? [];
  if (new Set(headings).size < headings.length || headings.includes(''))
    return { cannot: 'the names of the data sets are alike' };
  const rule = ({ kind }: DataType) =>
    kind === 'json' ? ('nulls' as const) : kind === 'float' ? undefined : ('text' as const);
  return {
    kind: 'markdown',
    ...(among !== undefined && { table: headings[among.place]! }),
    options: {
      inline: escape === 'markup' ? 'text' : 'source',
      nullText,
      raggedRows: 'fail',
      skipColumns: rowNumbers ? 1 : 0,
    },
    columns: measuresOf(schema, rule, () => ({
      undo: undoOf(options),
      nullTexts: [nullText],
    })),
  };
}
