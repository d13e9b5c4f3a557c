// An option's value in words: for "Back to …", the answers of closed steps, and single characters nobody could see.
import type { OptionField, ShowIf } from '../../contract/options.ts';
import { formWords } from './form-words.en.ts';

const VISIBLE = new Map([
  ['\t', '⇥'],
  [' ', '␣'],
  ['\n', '↵'],
  ['\u00a0', '⍽'],
]);

/** A character as it can be seen: a tab is ⇥, a space ␣; control characters stand as U+0001. */
export function showCharacter(character: string): string {
  const [first, ...others] = character;
  if (first !== undefined && others.length > 0)
    return [first, ...others].map(showCharacter).join('');
  const visible = VISIBLE.get(character);
  if (visible !== undefined) return visible;
  const code = character.codePointAt(0) ?? 0;
  return code < 32 || code === 127
    ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    : character;
}

/** Typed characters as they are stored: `\t` and ⇥ mean a tab. */
export function readCharacter(text: string): string {
  // Among others a code has four digits, or it would not be known where it ends.
  const parts = text.match(/\\t|U\+[0-9a-f]{4}|./gisu) ?? [];
  if (parts.length > 1 && !/^U\+[0-9a-f]{1,6}$/i.test(text))
    return parts.map(readCharacter).join('');
  if (text === '\\t' || text === '⇥') return '\t';
  if (text === '␣') return ' ';
  const code = /^U\+([0-9a-f]{1,6})$/i.exec(text)?.[1];
  return code === undefined ? text : String.fromCodePoint(Math.min(0x10ffff, parseInt(code, 16)));
}

/** The value in words: the label of a choice, on or off, or the text itself. */
export function showValue(field: OptionField, value: unknown): string {
  const words = formWords;
  if (value === null || value === undefined) return words.notSet;
  if (value === true) return words.on;
  if (value === false) return words.off;
  const choice = field.choices?.find((each) => each.value === value);
  if (choice) return choice.label;
  if (typeof value === 'string') {
    if (value === '') return words.empty;
    return field.kind === 'character'
      ? (words.characterNames.get(value) ?? showCharacter(value))
      : value;
  }
  if (typeof value === 'number') return field.unit ? `${value} ${field.unit}` : String(value);
  if (Array.isArray(value)) return value.length === 0 ? words.none : value.join(', ');
  const text = JSON.stringify(value);
  return text === '{}' ? words.none : text;
}

/** Whether two option values are the same JSON, whatever the order of their keys. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value ?? null;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, sorted(each)]);
}

/** Whether an option of this value lets another be shown. */
export function isMet(condition: ShowIf, value: unknown): boolean {
  const isOneOf = (values: unknown[]) => values.some((one) => isSameValue(one, value));
  return 'not' in condition ? !isOneOf(condition.not) : isOneOf(condition.equals);
}
