// Option values as the command line takes them, and words as a POSIX shell takes them.
import type { OptionField } from '../../contract/options.ts';

/** One word for a POSIX shell: as it is where nothing in it means anything, else in single quotes. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A flag with its value. A value that starts with a dash is tied to its flag. */
export function flagWords(flag: string, value: string): string {
  return value.startsWith('-') && value !== '-'
    ? shellWord(`${flag}=${value}`)
    : `${flag} ${shellWord(value)}`;
}

/** `--set path=value`: the value as JSON, or as plain text where that cannot be read as JSON. */
export function setWords(path: string, value: unknown): string {
  return `--set ${shellWord(`${path}=${typeof value === 'string' && !isJson(value) ? value : JSON.stringify(value)}`)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text that the option's own flag reads as this value; null: no text does. */
export function flagText(field: OptionField, value: unknown): string | null {
  if (value === null)
    return field.kind !== 'text' && (field.nullable === true || field.default === null)
      ? 'none'
      : null;
  if (value === 'none' && field.kind !== 'text') {
    const mayBeNull = field.nullable === true || field.default === null;
    if (mayBeNull) return null;
  }
  switch (field.kind) {
    case 'switch':
      return typeof value === 'boolean' ? String(value) : null;
    case 'switch-or-list':
      return typeof value === 'boolean' ? String(value) : listText(value);
    case 'integer':
    case 'number':
      return typeof value === 'number' ? String(value) : null;
    case 'character':
      return typeof value === 'string' ? characterText(value) : null;
    case 'list':
    case 'columns':
      return listText(value);
    case 'map':
    case 'column-map':
      return typeof value === 'object' ? JSON.stringify(value) : null;
    case 'json':
    case 'column-formats':
    case 'object':
    case 'objects':
      // Numbers and switches would be read as texts.
      return typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : null;
    case 'file':
      return (value as { path?: string }).path ?? (typeof value === 'string' ? value : null);
    default:
      if (typeof value !== 'string') return null;
      return field.multiline === true ? characterText(value) : value;
  }
}

function characterText(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replace(/\p{Cc}/gu, (control) => `\\u{${control.codePointAt(0)!.toString(16)}}`);
}

/** `a,b` where that is plain, else a JSON list. Column references count as their names while they say no more. */
function listText(value: unknown): string | null {
  if (!Array.isArray(value)) return null;
  const names = value.map(nameOf);
  if (!names.every((name) => name !== null)) return null;
  return names.length > 0 && names.every((name) => /^[\w.-]+$/.test(name))
    ? names.join(',')
    : JSON.stringify(names);
}

function nameOf(item: unknown): string | null {
  if (typeof item === 'string') return item;
  if (typeof item !== 'object' || item === null) return null;
  const keys = Object.keys(item);
  return keys.length === 1 && 'name' in item && typeof item.name === 'string' ? item.name : null;
}
