// One spelling for each value, so that what was written and what is read back can be compared as texts.

/**
 * How the values of a column compare. `text`: by every character. `number`, `boolean`, `instant` (dates, times, timestamps): by
 * what they mean. `json`: by their JSON without spaces. `nulls`: only whether there is a value.
 */
export type CompareRule = 'text' | 'number' | 'boolean' | 'instant' | 'json' | 'nulls';

/** A decimal number as sign, digits without zeros at either end, and the power of ten of the last digit. Zero has no digits. */
export interface ExactNumber {
  isNegative: boolean;
  digits: string;
  exponent: number;
}

const NUMBER = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/;

/** The number that a text stands for; null where it is none (`NaN` too). */
export function exactNumber(text: string): ExactNumber | null {
  const found = NUMBER.exec(text);
  if (found === null) return null;
  const [, sign, whole = '', fraction = '', power = '0'] = found;
  if (whole === '' && fraction === '') return null;
  const all = (whole + fraction).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  if (digits === '') return { isNegative: false, digits, exponent: 0 };
  const exponent = Number(power) - fraction.length + all.length - digits.length;
  return { isNegative: sign === '-', digits, exponent };
}

/** Below 0, 0 or above 0, as `a` is less than, equal to or greater than `b`. */
export function compareExact(a: ExactNumber, b: ExactNumber): number {
  const [signOfA, signOfB] = [a, b].map((x) => (x.digits === '' ? 0 : x.isNegative ? -1 : 1));
  if (signOfA !== signOfB) return signOfA! - signOfB!;
  if (signOfA === 0) return 0;
  const magnitude =
    a.digits.length + a.exponent - (b.digits.length + b.exponent) ||
    (a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0);
  return magnitude * signOfA!;
}

const numberText = ({ isNegative, digits, exponent }: ExactNumber): string =>
  digits === '' ? '0' : `${isNegative ? '-' : ''}${digits}e${exponent}`;

const DATE = /^([+-]?\d{4,6})-(\d\d)-(\d\d)/;
const TIME = /^[T ]?(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?/;
const ZONE = /^ ?(?:(Z)|([+-])(\d\d):?(\d\d)(?::(\d\d))?)$/;

/** Seconds and their fraction since 1970, or since midnight where there is no date; the text itself where it is no time. */
function instantText(text: string): string {
  const trimmed = text.trim();
  const date = DATE.exec(trimmed);
  let rest = trimmed.slice(date?.[0].length ?? 0);
  let seconds = 0;
  if (date !== null) {
    const day = new Date(0);
    day.setUTCFullYear(Number(date[1]), Number(date[2]) - 1, Number(date[3]));
    seconds = day.getTime() / 1000;
  }
  const time = TIME.exec(rest);
  if (date === null && time === null) return text;
  let fraction = '';
  if (time !== null) {
    const [whole, hours, minutes, secs = '0', digits = ''] = time;
    seconds += Number(hours) * 3600 + Number(minutes) * 60 + Number(secs);
    fraction = digits.replace(/0+$/, '');
    rest = rest.slice(whole.length);
  }
  if (rest !== '') {
    const zone = ZONE.exec(rest);
    if (zone === null) return text;
    const [, utc, sign, hours, minutes, secs = '0'] = zone;
    if (utc === undefined) {
      const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(secs);
      seconds -= sign === '-' ? -offset : offset;
    }
  }
  return fraction === '' ? String(seconds) : `${seconds}.${fraction}`;
}

const TRUE = new Set(['true', '1', 't', 'yes']);
const FALSE = new Set(['false', '0', 'f', 'no']);

/** A cell's text (null = null) in the one spelling of its value. */
export function canonicalCell(text: string | null, rule: CompareRule): string | null {
  if (text === null) return null;
  switch (rule) {
    case 'text':
      return text;
    case 'nulls':
      return '';
    case 'number': {
      const number = exactNumber(text);
      return number === null ? text : numberText(number);
    }
    case 'boolean': {
      const lower = text.toLowerCase();
      return TRUE.has(lower) ? 'true' : FALSE.has(lower) ? 'false' : text;
    }
    case 'instant':
      return instantText(text);
    case 'json':
      try {
        return JSON.stringify(JSON.parse(text));
      } catch {
        return text;
      }
  }
}
