// Proposes the type of a column of JSON values from a sample: what JSON says a value is stays, also inside of lists and objects.
import { JSON_TEXT, UTF8, type DataType, type Field } from '../table/data-type.ts';
import { JsonScan } from '../table/json-scan.ts';
import { eachElement, eachMember } from '../table/json-members.ts';
import { jsonStringText } from '../table/json-unescape.ts';
import { numberShape } from '../table/parse-value.ts';
import { createGuess, kindOfValue, type ValueKind } from './column-guess.ts';
import type { ColumnProfile } from './column-profile.ts';
import { figures, TYPE_EVIDENCE } from './type-evidence.ts';

/** What JSON says a value is, as bits; 0 = null. */
export const IS_STRING = 1;
export const IS_NUMBER = 2;
export const IS_BOOL = 4;
export const IS_OBJECT = 8;
export const IS_ARRAY = 16;
/** Any of them. */
export const ANY_KIND = 31;

/** The kind of the value that begins with this byte. */
export function kindOfFirstByte(byte: number): number {
  switch (byte) {
    case 34:
      return IS_STRING;
    case 123:
      return IS_OBJECT;
    case 91:
      return IS_ARRAY;
    case 116:
    case 102:
      return IS_BOOL;
    case 110:
      return 0;
    default:
      return IS_NUMBER;
  }
}

const KIND_WORDS: readonly [number, { one: string; many: string }][] = [
  [IS_STRING, { one: 'text', many: 'texts' }],
  [IS_NUMBER, { one: 'number', many: 'numbers' }],
  [IS_BOOL, { one: 'true or false', many: 'true or false' }],
  [IS_OBJECT, { one: 'object', many: 'objects' }],
  [IS_ARRAY, { one: 'list', many: 'lists' }],
];

/** Beyond these a nested value is told as JSON only. */
const MOST_FIELDS = 200;
const MOST_LEVELS = 12;

/** Whether a string is written by JSON formats as it stands: `T` between date and time, `Z` or an offset with a colon. */
export function isIsoSpelling(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start + 10] !== 84) return false;
  if (bytes[end - 1] === 90) return true;
  for (let i = start + 16; i < end; i++)
    if (bytes[i] === 43 || bytes[i] === 45) return end - i === 6 && bytes[i + 3] === 58;
  return bytes[end - 1] !== 122;
}

/** What is known of one column after some of its values. */
export interface JsonGuess {
  /** `content`: of a string what it says, of anything else its JSON; `kind` 0 for null. */
  add(kind: number, content: Uint8Array): void;
  type(): DataType;
  /** The counts over `rowCount` rows, for the type that the column has in the end. */
  profile(type: DataType, rowCount: number): ColumnProfile;
}

interface Nested {
  fields: Map<string, JsonGuess> | null;
  item: JsonGuess | null;
}

/** `isProfiled`: values are counted too. `level`: how deep inside of a record. */
export function createJsonGuess(isProfiled: boolean, level = 0): JsonGuess {
  const scalars = createGuess(isProfiled && level === 0, 'numbers');
  const counts = new Map<number, number>();
  const nested: Nested = { fields: new Map(), item: null };
  let kinds = 0;
  let values = 0;

  const addScalar = (kind: number, content: Uint8Array): ValueKind => {
    if (kind === IS_BOOL) return 'bool';
    if (kind === IS_NUMBER)
      return numberShape(content, 0, content.length) === 'integer' ? 'int64' : 'number';
    if (kind !== IS_STRING || level > 0) return 'text';
    const found = content.length < 10 ? 'text' : kindOfValue(content);
    if (found === 'date') return found;
    return found === 'timestamp' && isIsoSpelling(content, 0, content.length) ? found : 'text';
  };

  const addNested = (kind: number, content: Uint8Array): void => {
    if (level >= MOST_LEVELS) {
      nested.fields = null;
      return;
    }
    const scan = JsonScan.over(content);
    const learn = (guess: JsonGuess, start: number, end: number): void => {
      const found = kindOfFirstByte(scan.bytes[start]!);
      const inside =
        found === IS_STRING ? scan.bytes.slice(start + 1, end - 1) : scan.bytes.slice(start, end);
      guess.add(found, inside);
    };
    if (kind === IS_ARRAY)
      eachElement(scan, 0, (start, end) => {
        nested.item ??= createJsonGuess(false, level + 1);
        learn(nested.item, start, end);
      });
    else {
      const names = new Set<string>();
      eachMember(scan, 0, (keyStart, keyEnd, hasEscapes, start, end) => {
        const { fields } = nested;
        if (fields === null) return;
        const name = jsonStringText(scan.bytes, keyStart, keyEnd, hasEscapes);
        let guess = fields.get(name);
        if (guess === undefined) fields.set(name, (guess = createJsonGuess(false, level + 1)));
        learn(guess, start, end);
        // A struct has each name once.
        if (names.has(name) || fields.size > MOST_FIELDS) nested.fields = null;
        names.add(name);
      });
    }
  };

  const typeOf = (): DataType => {
    switch (kinds) {
      case 0:
        return level === 0 ? UTF8 : JSON_TEXT;
      case IS_STRING:
      case IS_BOOL:
        return scalars.type();
      case IS_NUMBER: {
        const type = scalars.type();
        // Text is what JSON calls text; a number of too many digits stays the JSON it is.
        return type.kind === 'utf8' ? JSON_TEXT : type;
      }
      case IS_ARRAY:
        return nested.item === null || nested.fields === null
          ? JSON_TEXT
          : { kind: 'list', item: nested.item.type() };
      case IS_OBJECT: {
        if (nested.fields === null || nested.fields.size === 0) return JSON_TEXT;
        const fields = [...nested.fields].map(([name, guess]): Field => ({
          name,
          type: guess.type(),
          nullable: true,
          origin: 'inferred',
        }));
        return { kind: 'struct', fields };
      }
      default:
        return JSON_TEXT;
    }
  };

  const sentence = (own: string): string => {
    const met = KIND_WORDS.filter(([kind]) => (kinds & kind) !== 0);
    if (met.length > 1) {
      const listed = met.map(([kind, { one, many }]) => {
        const count = counts.get(kind)!;
        return `${figures(count)} ${count === 1 ? one : many}`;
      });
      return TYPE_EVIDENCE.several(listed);
    }
    if (kinds === IS_NUMBER && typeOf().kind === 'json') return own;
    if (kinds === IS_OBJECT || kinds === IS_ARRAY) {
      const count = counts.get(kinds)!;
      const what = kinds === IS_OBJECT ? 'an object' : 'a list';
      return TYPE_EVIDENCE.all(count, { one: what, many: met[0]![1].many });
    }
    return own;
  };

  return {
    add(kind, content) {
      if (kind === 0) return;
      values++;
      kinds |= kind;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      scalars.add(content, addScalar(kind, content));
      if (kind >= IS_OBJECT) addNested(kind, content);
    },
    type: typeOf,
    profile(type, rowCount) {
      const profile = scalars.profile(type);
      const nullCount = rowCount - values;
      return { ...profile, nullCount, sentence: sentence(profile.sentence) };
    },
  };
}
