// How delimited text is read back to compare its values.
import { isFormula } from '../../contract/formula-text.ts';

import { cannotRead, measuresOf, unreadOption, type ReadBack } from '../../contract/read-back.ts';
import type { Schema } from '../../table/data-type.ts';
import { CSV_OPTIONS, type CsvOptions } from './options.ts';

const HARMLESS = [
  'delimiter',
  'headers',
  'quotes',
  'quotedColumns',
  'lineTerminator',
  'formulaGuard',
  'nullText',
  'emptyText',
  'quoteChar',
];

/** A guarded formula as it was, whether it was guarded here or before. */
const unguarded = (text: string): string =>
  text.startsWith("'") && isFormula(text.slice(1)) ? text.slice(1) : text;

const guarded = (text: string): string => (isFormula(text) ? `'${text}` : text);

export function readBackCsv({
  options,
  schema,
}: {
  options: CsvOptions;
  schema: Schema;
}): ReadBack | { cannot: string } {
  const { delimiter, headers, quotes, lineTerminator, formulaGuard, nullText } = options;
  const unread = unreadOption(options, CSV_OPTIONS.defaults, HARMLESS);
  if (unread !== null) return cannotRead(unread);
  if (quotes === 'none') return cannotRead('quotes');
  if (lineTerminator === 'cr' || lineTerminator === 'custom') return cannotRead('lineTerminator');
  if (options.quoteChar === null) return cannotRead('quoteChar');
  return {
    kind: 'csv',
    options: {
      delimiter,
      quote: options.quoteChar,
      header: headers === false ? 'absent' : 'present',
      headerRows: 1,
      skipLines: 0,
      skipLastLines: 0,
      nullText: '',
      comment: null,
      skipEmptyLines: 'never',
      quoteRules: 'standard',
      nulCharacters: 'keep',
    },
    ...(headers === true && { hasNames: true as const }),
    ...(formulaGuard && { names: schema.fields.map(({ name }) => guarded(name)) }),
    columns: measuresOf(
      schema,
      () => 'text',
      () => ({
        // Only where nulls and empty texts are told apart by quotes do both come back.
        ...((nullText !== '' || options.emptyText === 'bare') && { nullTexts: ['', nullText] }),
        ...(formulaGuard && { undo: unguarded }),
      }),
    ),
  };
}
