// What files and folders are called by the values that part the rows: each name once, also where upper and lower case are one.
import { ExportError, shorten } from '../contract/errors.ts';
import { RESERVED, UNSAFE } from './name-pattern.ts';
import type { SplitValue } from './split-values.ts';

/** What Hive calls the folder of rows without a value. */
const HIVE_NULL = '__HIVE_DEFAULT_PARTITION__';
/** What Hive escapes in folder names, and what Windows does not take. */
// oxlint-disable-next-line no-control-regex -- control characters are what must go
const HIVE_ESCAPED =
  // oxlint-disable-next-line no-control-regex -- control characters are what must be found
  /[\u0000-\u001f"#%'*/:=?\\\u007f-\u009f{[\]^<>|\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const MOST_FOLDER_BYTES = 200;
/** Of a value in a file's name, beside which others stand. */
const MOST_VALUE_BYTES = 60;

const encoder = new TextEncoder();

const percent = (text: string): string =>
  Array.from(
    encoder.encode(text),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');

/** How a file system that knows no case and one form of accents takes a name. */
export function foldedName(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/** `ends`: first or last in a folder's name, where more is dangerous. */
function hiveText(text: string, isFirst: boolean, isLast: boolean): string {
  let escaped = text.replace(HIVE_ESCAPED, percent);
  // oxlint-disable-next-line no-control-regex -- control characters are what must be found
  if (text !== text.normalize('NFC')) escaped = escaped.replace(/[^\u0000-\u007f]+/g, percent);
  if (isFirst) escaped = escaped.replace(/^\./, percent);
  if (isLast) escaped = escaped.replace(/[. ]$/, percent);
  return escaped;
}

function hiveFolder(column: string, value: SplitValue, level: 0 | 1 | 2): string {
  let name = hiveText(column, true, false);
  if (RESERVED.test(`${name}=`)) name = percent(name[0]!) + name.slice(1);
  if (value === null) return `${name}=${HIVE_NULL}`;
  let text = hiveText(value, false, true);
  if (value === HIVE_NULL) text = percent('_') + text.slice(1);
  // Readers undo escapes, so a value can be spelt in more than one way.
  // oxlint-disable-next-line no-control-regex -- control characters are what must be found
  if (level === 1) text = hiveText(value, false, true).replace(/[A-Z]|[^\u0000-\u007f]+/g, letter);
  if (level === 2) text = percent(value);
  return `${name}=${text}`;
}

/** An escape's own letters stay. */
function letter(text: string, at: number, whole: string): string {
  return /%[0-9A-F]?$/.test(whole.slice(Math.max(0, at - 2), at)) ? text : percent(text);
}

function plainText(value: SplitValue): string {
  if (value === null) return 'null';
  if (value === '') return 'empty';
  return (
    shortened(
      value
        .slice(0, 400)
        .normalize('NFC')
        .replace(UNSAFE, '_')
        .replace(/^\.+/, '_')
        .replace(/[. ]+$/, ''),
      MOST_VALUE_BYTES,
    ) || '_'
  );
}

/** The longest start of the text that is whole characters and at most so many bytes of UTF-8. */
export function shortened(text: string, most: number): string {
  const bytes = encoder.encode(text);
  if (bytes.length <= most) return text;
  let end = most;
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end--;
  return new TextDecoder().decode(bytes.subarray(0, end));
}

/**
 * A path of folders (`country=DE/year=2026`, `DE/2026`) or a text for file names (`DE-2026`) for each group of values, no
 * two of them alike. Throws `encode.value-too-long` where a folder cannot hold a value.
 */
export function partitionNames(
  groups: readonly (readonly SplitValue[])[],
  columns: readonly string[],
  layout: 'hive' | 'folders' | 'names',
): string[] {
  if (layout === 'names') {
    const taken = new Set<string>();
    return groups.map((values) => free(values.map(plainText).join('-'), taken));
  }
  /** By the folder above, what its folders are called. */
  const taken = new Map<string, Set<string>>();
  const known = new Map<string, string>();
  return groups.map((values) => {
    let path = '';
    let key = '';
    for (const [i, value] of values.entries()) {
      key += value === null ? '-' : `${value.length}:${value}`;
      let folder = known.get(key);
      if (folder === undefined) {
        const used = taken.get(path) ?? new Set();
        taken.set(path, used);
        folder =
          layout === 'hive' ? freeHive(columns[i]!, value, used) : free(plainFolder(value), used);
        known.set(key, folder);
      }
      path += path === '' ? folder : `/${folder}`;
    }
    return path;
  });
}

function plainFolder(value: SplitValue): string {
  const text = plainText(value);
  return RESERVED.test(text) ? `_${text}` : text;
}

function free(wanted: string, taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} (${number})`;
    if (take(name, taken)) return name;
  }
}

function freeHive(column: string, value: SplitValue, taken: Set<string>): string {
  for (const level of [0, 1, 2] as const) {
    const name = hiveFolder(column, value, level);
    if (encoder.encode(name).length > MOST_FOLDER_BYTES)
      throw new ExportError('encode.value-too-long', {
        value: shorten(value ?? '', 40),
        column: shorten(column, 40),
      });
    if (take(name, taken)) return name;
  }
  // Escaped throughout, names differ wherever values do.
  throw new RangeError(`two folders for ${column}`);
}

function take(name: string, taken: Set<string>): boolean {
  const folded = foldedName(name);
  if (taken.has(folded)) return false;
  taken.add(folded);
  return true;
}
