// Options that are made of parts: which parts show, what a new object holds, and what a change of one part does to the others.
import type { OptionField } from '../../contract/options.ts';
import { isMet, isSameValue } from './show-value.ts';

/** An object as it was given: parts that may be missing. */
export type Given = Readonly<Record<string, unknown>>;

type Parts = readonly OptionField[];

const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The objects of a value, in whatever form it was given: a list, one object for a list of it, a map of the first part to the
 * second, or the first part alone.
 */
export function objectsOf(value: unknown, parts: Parts): Given[] {
  const [first, second] = parts.map(({ id }) => id);
  if (value === null || value === undefined) return [];
  if (Array.isArray(value))
    return value.map((each: unknown) => (isObject(each) ? each : { [first!]: each }));
  if (!isObject(value)) return [{ [first!]: value }];
  const isOne = Object.keys(value).every((id) => parts.some((part) => part.id === id));
  if (isOne || second === undefined) return Object.keys(value).length === 0 ? [] : [value];
  return Object.entries(value).map(([key, text]) => ({ [first!]: key, [second]: text }));
}

/** What the part is: as given, else its default; undefined where it is neither. */
export function partValue(part: OptionField, given: Given): unknown {
  return Object.hasOwn(given, part.id) ? given[part.id] : part.default;
}

/** The parts that have a meaning while the others are as given. */
export function shownParts(parts: Parts, given: Given): OptionField[] {
  const isShown = ({ showIf }: OptionField): boolean =>
    showIf === undefined ||
    parts.some(
      (other) =>
        other.id === showIf.option && isMet(showIf, partValue(other, given)) && isShown(other),
    );
  return parts.filter(isShown);
}

/** The object with what its parts begin with. */
function begun(parts: Parts, given: Given): Given {
  let object = given;
  for (;;) {
    const shown = shownParts(parts, object);
    const next = shown.find(({ id, begins }) => begins !== undefined && !Object.hasOwn(object, id));
    if (next === undefined) return object;
    object = { ...object, [next.id]: next.begins };
  }
}

/** A new object, with what is known of it. */
export function newObject(parts: Parts, known: Given = {}): Given {
  return begun(parts, known);
}

/** The object with another value of a part: undefined takes it out; parts that no longer mean anything, or something else, go. */
export function withPart(parts: Parts, given: Given, part: OptionField, value: unknown): Given {
  const before = shownParts(parts, given);
  const { [part.id]: _, ...others } = given;
  const isLeftOut = value === undefined || (!part.required && isSameValue(value, part.default));
  const changed: Given = isLeftOut ? others : { ...given, [part.id]: value };
  const shown = shownParts(parts, changed);
  const kept = Object.entries(changed).filter(([id]) => {
    const was = before.find((each) => each.id === id);
    return was === undefined || was.id === part.id || shown.includes(was);
  });
  return begun(parts, Object.fromEntries(kept));
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

/** The parts without which the object is not whole. */
export function missingParts(parts: Parts, given: Given): OptionField[] {
  return shownParts(parts, given).filter(
    (part) => part.required === true && isEmpty(partValue(part, given)),
  );
}

/** Whether objects of these parts stand in a line each. */
export function isShort(parts: Parts): boolean {
  return (
    parts.length <= 3 && parts.every(({ kind }) => !['object', 'objects', 'columns'].includes(kind))
  );
}

/** Text of a value that is a number, a word for true or false, or a text: what would be read as another stands in quotes. */
export function showAny(value: unknown): string {
  if (typeof value !== 'string') return value === undefined || value === null ? '' : String(value);
  return typeof readAny(value) === 'string' && !/^".*"$/s.test(value) ? value : `"${value}"`;
}

/** The other way round. */
export function readAny(text: string): string | number | boolean {
  if (/^".*"$/s.test(text)) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) && /^[-+\d.e]+$/i.test(text) ? number : text;
}
