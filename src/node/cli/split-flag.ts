// The flag --split: how an output is cut, as a person writes it.
import type { DatePart, SplitConfig } from '../../contract/config.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import { splitList } from './option-flags.ts';

export const SPLIT_HELP =
  'cut the output into files: rows=1000, bytes=10MB (packed, never more), by=country,city, date=created:month; ' +
  'also layout=hive|folders|names, keep-columns, most-values=1000; may be repeated';

const UNITS = new Map([
  ['', 1],
  ['b', 1],
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
  ['kib', 2 ** 10],
  ['mib', 2 ** 20],
  ['gib', 2 ** 30],
]);
const PARTS = ['year', 'month', 'day', 'hour'];
const LAYOUTS = ['hive', 'folders', 'names'];

function wrong(given: string, detail: string): ExportError {
  return new ExportError('config.wrong-option', {
    path: '--split',
    detail: `“${shorten(given, 60)}” ${detail}`,
  });
}

/** Later ones of a kind count, but columns add up. Throws `config.wrong-option`. */
export function parseSplit(given: readonly string[], before: SplitConfig | null): SplitConfig {
  const split: SplitConfig = { ...before };
  const columns: NonNullable<SplitConfig['columns']> = [];
  for (const text of given) {
    const at = text.indexOf('=');
    const way = at < 0 ? text : text.slice(0, at);
    const value = at < 0 ? '' : text.slice(at + 1);
    switch (way) {
      case 'rows':
        split.rows = count(text, value);
        break;
      case 'bytes':
        split.bytes = bytes(text, value);
        break;
      case 'most-values':
        split.mostValues = count(text, value);
        break;
      case 'by':
        columns.push(...splitList(value).map((name) => ({ name })));
        break;
      case 'date': {
        const colon = value.lastIndexOf(':');
        const part = value.slice(colon + 1);
        if (colon < 1 || !PARTS.includes(part))
          throw wrong(text, `is not date=COLUMN:PART with one of ${PARTS.join(', ')}.`);
        columns.push({ name: value.slice(0, colon), part: part as DatePart });
        break;
      }
      case 'layout':
        if (!LAYOUTS.includes(value)) throw wrong(text, `is not one of ${LAYOUTS.join(', ')}.`);
        split.layout = value as NonNullable<SplitConfig['layout']>;
        break;
      case 'keep-columns':
        if (!['', 'true', 'false', 'yes', 'no'].includes(value))
          throw wrong(text, 'is not keep-columns, or keep-columns=no.');
        split.keepColumns = value !== 'false' && value !== 'no';
        break;
      default:
        throw wrong(
          text,
          'is none of rows=, bytes=, by=, date=, layout=, keep-columns, most-values=.',
        );
    }
  }
  if (columns.length > 0) split.columns = columns;
  if (split.rows === undefined && split.bytes === undefined && split.columns === undefined)
    throw wrong(given.join(' '), 'says nothing to cut by: add rows=, bytes=, by= or date=.');
  return split;
}

function count(text: string, value: string): number {
  if (/^[1-9]\d{0,14}$/.test(value)) return Number(value);
  throw wrong(text, 'is not a whole number from 1.');
}

function bytes(text: string, value: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(value) ?? [];
  const factor = UNITS.get((unit ?? '?').toLowerCase());
  const size = factor === undefined ? 0 : Math.floor(Number(number) * factor);
  if (size >= 1 && Number.isSafeInteger(size)) return size;
  throw wrong(text, 'is not a size such as 500000, 10MB or 10MiB.');
}
