// The three token sets in which people write date patterns, turned into parts: Unicode (CLDR), moment and strftime.
import {
  literal,
  MONTHS,
  number,
  PatternError,
  shortened,
  WEEKDAYS,
  type FieldName,
  type NumberPart,
  type Part,
} from './pattern-parts.ts';

/** `cldr`: Unicode LDML (`yyyy-MM-dd`); `moment`: moment.js (`YYYY-MM-DD`); `strftime`: C and Python (`%Y-%m-%d`). */
export type PatternDialect = 'cldr' | 'moment' | 'strftime';

/** The parts of a pattern; throws {@link PatternError} for a token that the dialect lacks. */
export function parsePattern(text: string, dialect: PatternDialect): Part[] {
  if (text === '') throw new PatternError(0, '', 'the pattern is empty');
  const parts = { cldr: cldrParts, moment: momentParts, strftime: strftimeParts }[dialect](text);
  // Neighbouring literals become one.
  return parts.reduce<Part[]>((joined, part) => {
    const last = joined.at(-1);
    if (part.kind === 'literal' && last?.kind === 'literal')
      joined[joined.length - 1] = literal(last.text + part.text);
    else joined.push(part);
    return joined;
  }, []);
}

const name = (field: 'month' | 'weekday', length: number): Part => ({
  kind: 'name',
  field,
  names: shortened(field === 'month' ? MONTHS : WEEKDAYS, length),
});
const fraction = (width: number): Part => ({ kind: 'fraction', width, least: width, most: width });
const offset = (style: 'hh' | 'hhmm' | 'hh:mm', zero: 'Z' | null): Part => ({
  kind: 'offset',
  style,
  zero,
});
const FULL = 9;

function cldrParts(text: string): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < text.length;) {
    const letter = text[i]!;
    if (letter === "'") {
      if (text[i + 1] === "'") {
        parts.push(literal("'"));
        i += 2;
        continue;
      }
      let content = '';
      const from = i;
      for (i++; ; i++) {
        if (i >= text.length)
          throw new PatternError(from, text.slice(from), 'a quoted text has no end');
        if (text[i] !== "'") content += text[i];
        else if (text[i + 1] === "'") {
          content += "'";
          i++;
        } else break;
      }
      parts.push(literal(content));
      i++;
      continue;
    }
    if (!/[A-Za-z]/.test(letter)) {
      parts.push(literal(letter));
      i++;
      continue;
    }
    let count = 1;
    while (text[i + count] === letter) count++;
    const part = cldrPart(letter, count);
    if (part === null)
      throw new PatternError(
        i,
        letter.repeat(count),
        `'${letter.repeat(count)}' is no token; plain letters stand in single quotes`,
      );
    parts.push(part);
    i += count;
  }
  return parts;
}

function cldrPart(letter: string, count: number): Part | null {
  /** One letter: no padding; two: two digits. */
  const small = (field: FieldName, more = {}): Part | null =>
    count <= 2 ? number(field, count, more) : null;
  switch (letter) {
    case 'y':
    case 'u':
      if (count === 2 && letter === 'y') return number('year2', 2);
      return count <= 4 ? number('year', count, count === 4 ? {} : { most: 4 }) : null;
    case 'Y':
      if (count === 2) return number('isoYear2', 2);
      return count <= 4 ? number('isoYear', count, count === 4 ? {} : { most: 4 }) : null;
    case 'Q':
    case 'q':
      return small('quarter', { most: count });
    case 'M':
    case 'L':
      if (count === 3) return name('month', 3);
      return count === 4 ? name('month', FULL) : small('month');
    case 'w':
      return small('isoWeek');
    case 'd':
      return small('day');
    case 'D':
      if (count === 2) return number('dayOfYear', 2, { most: 3 });
      return count <= 3 ? number('dayOfYear', count) : null;
    case 'E':
      if (count === 6) return name('weekday', 2);
      return count === 5 || count > 6 ? null : name('weekday', count === 4 ? FULL : 3);
    case 'a':
      return count <= 4 ? { kind: 'meridiem', isUpper: true } : null;
    case 'h':
      return small('hour12', { face: 'twelve' });
    case 'H':
      return small('hour');
    case 'K':
      return small('hour12');
    case 'k':
      return small('hour', { face: 'twenty-four' });
    case 'm':
      return small('minute');
    case 's':
      return small('second');
    case 'S':
      return count <= 9 ? fraction(count) : null;
    case 'Z':
      if (count <= 3) return offset('hhmm', null);
      return count === 5 ? offset('hh:mm', 'Z') : null;
    case 'x':
    case 'X': {
      const zero = letter === 'X' ? 'Z' : null;
      return count <= 3 ? offset((['hh', 'hhmm', 'hh:mm'] as const)[count - 1]!, zero) : null;
    }
    default:
      return null;
  }
}

const MOMENT_TOKEN =
  /\[([^\]]*)\]|\\([^])|(Mo|M{1,4}|Do|DDDo|D{1,4}|do|d{1,4}|wo|ww?|Wo|WW?|Qo|Q|YYYYYY|YYYY|YY|Y|gggg|gg|GGGG|GG|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|ZZ?|LTS|LT|L{1,4}|l{1,4})|([^])/gu;

/** What the localised forms of moment mean in English. */
const MOMENT_FORMS = new Map([
  ['LT', 'h:mm A'],
  ['LTS', 'h:mm:ss A'],
  ['L', 'MM/DD/YYYY'],
  ['LL', 'MMMM D, YYYY'],
  ['LLL', 'MMMM D, YYYY h:mm A'],
  ['LLLL', 'dddd, MMMM D, YYYY h:mm A'],
  ['l', 'M/D/YYYY'],
  ['ll', 'MMM D, YYYY'],
  ['lll', 'MMM D, YYYY h:mm A'],
  ['llll', 'ddd, MMM D, YYYY h:mm A'],
]);

const ordinal = (field: FieldName, more = {}): Part =>
  number(field, 1, { isOrdinal: true, ...more });

const MOMENT_PARTS = new Map<string, Part>([
  ['YYYYYY', number('year', 6, { face: 'expanded-year' })],
  ['YYYY', number('year', 4)],
  ['YY', number('year2', 2)],
  ['Y', number('year', 1)],
  ['GGGG', number('isoYear', 4)],
  ['GG', number('isoYear2', 2)],
  ['gggg', number('usYear', 4)],
  ['gg', number('usYear2', 2)],
  ['Q', number('quarter', 1)],
  ['Qo', ordinal('quarter')],
  ['M', number('month', 1)],
  ['MM', number('month', 2)],
  ['Mo', ordinal('month')],
  ['MMM', name('month', 3)],
  ['MMMM', name('month', FULL)],
  ['D', number('day', 1)],
  ['DD', number('day', 2)],
  ['Do', ordinal('day')],
  ['DDD', number('dayOfYear', 1)],
  ['DDDD', number('dayOfYear', 3)],
  ['DDDo', ordinal('dayOfYear')],
  ['d', number('weekday', 1)],
  ['do', ordinal('weekday')],
  ['e', number('weekday', 1)],
  ['E', number('weekday', 1, { face: 'seven' })],
  ['dd', name('weekday', 2)],
  ['ddd', name('weekday', 3)],
  ['dddd', name('weekday', FULL)],
  ['w', number('usWeek', 1)],
  ['ww', number('usWeek', 2)],
  ['wo', ordinal('usWeek')],
  ['W', number('isoWeek', 1)],
  ['WW', number('isoWeek', 2)],
  ['Wo', ordinal('isoWeek')],
  ['H', number('hour', 1)],
  ['HH', number('hour', 2)],
  ['h', number('hour12', 1, { face: 'twelve' })],
  ['hh', number('hour12', 2, { face: 'twelve' })],
  ['k', number('hour', 1, { face: 'twenty-four' })],
  ['kk', number('hour', 2, { face: 'twenty-four' })],
  ['A', { kind: 'meridiem', isUpper: true }],
  ['a', { kind: 'meridiem', isUpper: false }],
  ['m', number('minute', 1)],
  ['mm', number('minute', 2)],
  ['s', number('second', 1)],
  ['ss', number('second', 2)],
  ['Z', offset('hh:mm', null)],
  ['ZZ', offset('hhmm', null)],
  ['X', { kind: 'epoch', unit: 's' }],
  ['x', { kind: 'epoch', unit: 'ms' }],
]);

function momentParts(text: string): Part[] {
  const parts: Part[] = [];
  for (const match of text.matchAll(MOMENT_TOKEN)) {
    const [whole, bracketed, escaped, token, other] = match;
    if (bracketed !== undefined) parts.push(literal(bracketed));
    else if (escaped !== undefined) parts.push(literal(escaped));
    else if (token !== undefined) {
      const form = MOMENT_FORMS.get(token);
      if (form !== undefined) parts.push(...momentParts(form));
      else if (token.startsWith('S')) parts.push(fraction(token.length));
      else parts.push(MOMENT_PARTS.get(token)!);
    } else if (/[A-SU-Za-z]/.test(other!))
      throw new PatternError(
        match.index,
        whole,
        `'${whole}' is no token; plain letters stand in [brackets]`,
      );
    else parts.push(literal(other!));
  }
  return parts;
}

/** Numbers of strftime: their field, width and how they are shown. */
const STRFTIME_NUMBERS = new Map<string, [FieldName, number, Partial<NumberPart>?]>([
  ['Y', ['year', 4]],
  ['y', ['year2', 2]],
  ['C', ['century', 2]],
  ['G', ['isoYear', 4]],
  ['g', ['isoYear2', 2]],
  ['V', ['isoWeek', 2]],
  ['U', ['sundayWeek', 2]],
  ['W', ['mondayWeek', 2]],
  ['q', ['quarter', 1]],
  ['m', ['month', 2]],
  ['d', ['day', 2]],
  ['e', ['day', 2, { pad: ' ' }]],
  ['j', ['dayOfYear', 3]],
  ['u', ['weekday', 1, { face: 'seven' }]],
  ['w', ['weekday', 1]],
  ['H', ['hour', 2]],
  ['k', ['hour', 2, { pad: ' ' }]],
  ['I', ['hour12', 2, { face: 'twelve' }]],
  ['l', ['hour12', 2, { pad: ' ', face: 'twelve' }]],
  ['M', ['minute', 2]],
  ['S', ['second', 2]],
]);

/** Conversions that stand for others, as in the C locale. */
const STRFTIME_FORMS = new Map([
  ['F', '%Y-%m-%d'],
  ['T', '%H:%M:%S'],
  ['X', '%H:%M:%S'],
  ['R', '%H:%M'],
  ['D', '%m/%d/%y'],
  ['x', '%m/%d/%y'],
  ['r', '%I:%M:%S %p'],
  ['c', '%a %b %e %H:%M:%S %Y'],
  ['v', '%e-%b-%Y'],
]);

const STRFTIME_PARTS = new Map<string, Part>([
  ['B', name('month', FULL)],
  ['b', name('month', 3)],
  ['h', name('month', 3)],
  ['A', name('weekday', FULL)],
  ['a', name('weekday', 3)],
  ['p', { kind: 'meridiem', isUpper: true }],
  ['P', { kind: 'meridiem', isUpper: false }],
  ['f', { kind: 'fraction', width: 6, least: 1, most: 9 }],
  ['L', { kind: 'fraction', width: 3, least: 1, most: 9 }],
  ['N', { kind: 'fraction', width: 9, least: 1, most: 9 }],
  ['s', { kind: 'epoch', unit: 's' }],
  ['z', offset('hhmm', null)],
  ['%', literal('%')],
  ['n', literal('\n')],
  ['t', literal('\t')],
]);

const STRFTIME_TOKEN = /%([-_0]?)(:?)([369]?)([^])|(%)|([^%]+)/gu;

function strftimeParts(text: string): Part[] {
  const parts: Part[] = [];
  for (const match of text.matchAll(STRFTIME_TOKEN)) {
    const [whole, flag, colon, digits, conversion, lonely, plain] = match;
    const fail = (): never => {
      throw new PatternError(match.index, whole, `'${whole}' is no token; a percent sign is %%`);
    };
    if (plain !== undefined) {
      parts.push(literal(plain));
      continue;
    }
    if (lonely !== undefined) fail();
    if (colon !== '') {
      if (conversion !== 'z' || flag !== '' || digits !== '') fail();
      parts.push(offset('hh:mm', null));
      continue;
    }
    if (digits !== '') {
      if ((conversion !== 'N' && conversion !== 'f') || flag !== '') fail();
      parts.push(fraction(Number(digits)));
      continue;
    }
    const found = STRFTIME_NUMBERS.get(conversion!);
    if (found) {
      const [field, width, more] = found;
      const padding: Partial<NumberPart> =
        flag === '_' ? { pad: ' ' } : flag === '0' ? { pad: '0' } : {};
      const most = field === 'year' || field === 'isoYear' ? 4 : width;
      // As in C, zeros in front are written and need not be there; years have all their digits.
      const least = most === 4 && flag !== '-' ? 4 : 1;
      parts.push(number(field, flag === '-' ? 1 : width, { ...more, ...padding, least, most }));
      continue;
    }
    const form = STRFTIME_FORMS.get(conversion!);
    const part = STRFTIME_PARTS.get(conversion!);
    if (flag !== '' || (form === undefined && part === undefined)) fail();
    if (form !== undefined) parts.push(...strftimeParts(form));
    else parts.push(part!);
  }
  return parts;
}
