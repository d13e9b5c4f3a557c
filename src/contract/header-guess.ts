// Says whether the first record of a table holds the names of its columns, and why.
import { kindOfValue, type ColumnGuess } from './column-guess.ts';
import { shorten } from './errors.ts';
import { figures } from './type-evidence.ts';
import { typeName } from '../table/data-type.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Sentences that say why the first record is a header, or none. */
export const HEADER_EVIDENCE = {
  asked: 'Several header rows were asked for.',
  fewRecords: (found: number): string =>
    `the file has ${found === 1 ? 'one record' : `${figures(found)} records`} only.`,
  typed: (name: string, type: string): string =>
    `“${name}” in the first record is not of type ${type}, the values below are.`,
  text: 'The first record is all text, without empty or repeated values.',
  notTyped: (value: string, type: string): string =>
    `“${value}” in the first record is of type ${type} like the values below.`,
  notValue: (value: string): string => `“${value}” in the first record is a value, not a name.`,
} as const;

/** Judges the contents of the first record (null = null) by the columns of the `rows` below it. */
export function guessHeader(
  first: readonly (Uint8Array | null)[],
  guesses: readonly ColumnGuess[],
  rows: number,
): { isPresent: boolean; sentence: string } {
  const texts = first.map((content) => (content === null ? '' : decoder.decode(content)));
  let value: string | null = null;
  for (const [c, content] of first.entries()) {
    if (content === null || content.length === 0) continue;
    const kind = kindOfValue(content);
    const type = guesses[c]!.type();
    const text = shorten(texts[c]!, 40);
    if (type.kind !== 'utf8') {
      // Numbers stand above numbers of any spelling in a file without names.
      const isAlike =
        kind === type.kind ||
        (['int64', 'number'].includes(kind) && ['int', 'decimal', 'float'].includes(type.kind));
      return isAlike
        ? { isPresent: false, sentence: HEADER_EVIDENCE.notTyped(text, typeName(type)) }
        : { isPresent: true, sentence: HEADER_EVIDENCE.typed(text, typeName(type)) };
    }
    if (kind !== 'text') value ??= text;
  }
  if (value !== null) return { isPresent: false, sentence: HEADER_EVIDENCE.notValue(value) };
  if (texts.length > 1 && rows > 0 && texts.every((text) => text === ''))
    return { isPresent: false, sentence: HEADER_EVIDENCE.notValue('') };
  return { isPresent: true, sentence: HEADER_EVIDENCE.text };
}
