// What stands before and after the rows: the line that tells Excel the delimiter, notes about the export, and their placeholders.
import type { EncoderContext } from '../../contract/encoder.ts';
import { lineEndOf } from './dialect.ts';
import { isFormula } from './formula.ts';
import type { CsvOptions } from './options.ts';

/** What may stand in braces in a preamble or a trailer. */
export const PLACEHOLDERS = ['source', 'name', 'date', 'time', 'rows', 'columns'] as const;

const encoder = new TextEncoder();
const PLACEHOLDER = /\{(\w*)\}/g;

/** Placeholders of a text that are none. */
export function unknownPlaceholders(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)]
    .map(([, name]) => name!)
    .filter((name) => !(PLACEHOLDERS as readonly string[]).includes(name));
}

/** Whether the time of the run stands in a preamble or trailer. */
export const tellsTime = (text: string): boolean => /\{(?:date|time)\}/.test(text);

/** Whether the number of rows stands before them. */
export function countsBefore({ preamble }: Pick<CsvOptions, 'preamble'>): boolean {
  return preamble.includes('{rows}');
}

/** The lines of a preamble or trailer, each with the comment prefix and the rows' line end. */
export function noteLines(
  text: string,
  context: EncoderContext<CsvOptions>,
  rowCount: number,
): Uint8Array {
  if (text === '') return new Uint8Array(0);
  const { options, schema, name, sourceName, startedAtMs } = context;
  const iso = new Date(startedAtMs).toISOString();
  const values = new Map<string, string>([
    ['source', sourceName],
    ['name', name],
    ['date', iso.slice(0, 10)],
    ['time', `${iso.slice(11, 19)}Z`],
    ['rows', String(rowCount)],
    ['columns', String(schema.fields.length)],
  ]);
  const lineEnd = lineEndOf(options);
  const filled = text
    .split(/\r\n|\r|\n/)
    .map((line) => {
      // A file may be called anything: it must not begin a line of its own.
      const plain = line.replace(PLACEHOLDER, (whole, key: string) =>
        (values.get(key) ?? whole).replace(/[\r\n]+/g, ' '),
      );
      const whole = options.commentPrefix + plain;
      const bytes = encoder.encode(whole);
      // A prefix is the user's own; without one a file's name may stand first.
      const isGuarded =
        options.formulaGuard && options.commentPrefix === '' && isFormula(bytes, 0, bytes.length);
      return (isGuarded ? `'${whole}` : whole) + lineEnd;
    })
    .join('');
  return encoder.encode(filled);
}

/** The line by which Excel knows the delimiter, which must be the file's first. */
export function sepLine(options: CsvOptions): Uint8Array {
  return options.sepLine && options.layout === 'delimited'
    ? encoder.encode(`sep=${options.delimiter}${lineEndOf(options)}`)
    : new Uint8Array(0);
}
