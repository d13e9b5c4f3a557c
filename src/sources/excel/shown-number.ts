// A number as its format shows it (ECMA-376 part 1 §18.8.31): digits, signs, percent, dates and times, in an English Excel.
import { MONTHS, WEEKDAYS } from '../../table/pattern-parts.ts';
import { momentOf } from './serial.ts';

const MS_PER_DAY = 86_400_000;
/** Characters of a number without a format. */
const GENERAL_WIDTH = 11;

/** One piece of a format: what it says literally, or a token. */
interface Token {
  kind:
    'text' | 'digits' | 'date' | 'elapsed' | 'noon' | 'fraction' | 'percent' | 'general' | 'power';
  text: string;
}

/** The number's text; null for a format that is not known here (fractions, conditions, other calendars). */
export function shownNumber(value: number, code: string, is1904: boolean): string | null {
  if (!Number.isFinite(value)) return null;
  const sections = sectionsOf(code);
  if (sections.some((section) => /\[[<>=]/.test(section))) return null;
  const at = value < 0 && sections.length > 1 ? 1 : value === 0 && sections.length > 2 ? 2 : 0;
  const tokens = tokensOf(sections[at] ?? '');
  if (tokens === null) return null;
  const isDate = tokens.some(({ kind }) => kind === 'date' || kind === 'elapsed');
  if (isDate) return shownDate(value, tokens, is1904);
  // A section for negative numbers says itself how they are told.
  return shownDigits(at === 1 ? -value : value, tokens);
}

/** The sections of a code, without colours and languages. */
function sectionsOf(code: string): string[] {
  const sections = [''];
  for (const [piece] of code.matchAll(/"[^"]*"?|\\.?|[_*].|\[[^\]]*\]|[\s\S]/g)) {
    if (piece === ';') sections.push('');
    else if (!/^\[(?:[A-Za-z]{3,}\d*|\$[^\]]*)\]$/.test(piece) || /^\[(?:h+|m+|s+)\]$/i.test(piece))
      sections[sections.length - 1] += piece;
    else if (/^\[\$[^-\]]/.test(piece))
      sections[sections.length - 1] += `"${/^\[\$([^-\]]*)/.exec(piece)![1]!}"`;
  }
  return sections;
}

const PIECES =
  /General|"([^"]*)"?|\\(.)|_(.)|\*.|AM\/PM|A\/P|\[(h+|m+|s+)\]|(y+|m+|d+|h+|s+)|\.(0+)(?=[^#?,]|$)|([0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)(,*)|E[+-](0+)|%|@|([\s\S])/gi;

/** null where something stands in it that is not known. */
function tokensOf(section: string): Token[] | null {
  const tokens: Token[] = [];
  const isTime = /(?:^|[^"\\])[hs]/i.test(section.replace(/"[^"]*"|\\./g, ''));
  for (const found of section.matchAll(PIECES)) {
    const [piece, quoted, escaped, , elapsed, date, fraction, digits, scale, power, other] = found;
    if (/^general$/i.test(piece)) tokens.push({ kind: 'general', text: '' });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted });
    else if (escaped !== undefined) tokens.push({ kind: 'text', text: escaped });
    else if (piece[0] === '_') tokens.push({ kind: 'text', text: ' ' });
    else if (piece[0] === '*') continue;
    else if (/^a/i.test(piece) && piece.includes('/')) tokens.push({ kind: 'noon', text: piece });
    else if (elapsed !== undefined) tokens.push({ kind: 'elapsed', text: elapsed.toLowerCase() });
    else if (date !== undefined) tokens.push({ kind: 'date', text: date.toLowerCase() });
    else if (fraction !== undefined && isTime) tokens.push({ kind: 'fraction', text: fraction });
    else if (fraction !== undefined) tokens.push({ kind: 'digits', text: piece });
    else if (digits !== undefined) tokens.push({ kind: 'digits', text: digits + (scale ?? '') });
    else if (power !== undefined) tokens.push({ kind: 'power', text: power });
    else if (piece === '%') tokens.push({ kind: 'percent', text: '%' });
    else if (piece === '@') tokens.push({ kind: 'general', text: '' });
    else if (other !== undefined && /[-+$ ():!^&'~{}<>=,./€£¥]|[\u0080-\uffff]/.test(other))
      tokens.push({ kind: 'text', text: other });
    else return null;
  }
  const numbers = tokens.filter(({ kind }) => kind === 'digits' || kind === 'general');
  // `# ?/?`, and digits on both sides of a text.
  return numbers.length > 1 ? null : tokens;
}

function shownDigits(value: number, tokens: readonly Token[]): string | null {
  const percents = tokens.filter(({ kind }) => kind === 'percent').length;
  const power = tokens.find(({ kind }) => kind === 'power');
  let number = Math.abs(value) * 100 ** percents;
  const digits = tokens.find(({ kind }) => kind === 'digits');
  let exponent = 0;
  if (power !== undefined && number !== 0) {
    exponent = Math.floor(Math.log10(number));
    number /= 10 ** exponent;
  }
  const placed = digits === undefined ? '' : placeDigits(number, digits.text);
  if (placed === null) return null;
  const isNegative = value < 0 && (digits === undefined || /[1-9]/.test(placed));
  const body = tokens
    .map(({ kind, text }) => {
      if (kind === 'digits') return placed;
      if (kind === 'general') return generalText(Math.abs(value));
      if (kind === 'power')
        return `E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(text.length, '0')}`;
      return text;
    })
    .join('');
  return (isNegative ? '-' : '') + body;
}

/** A number that is not negative in a pattern such as `#,##0.00`. */
function placeDigits(value: number, pattern: string): string | null {
  const scaled = /,+$/.exec(pattern)?.[0].length ?? 0;
  const [whole = '', fraction = ''] = pattern.slice(0, pattern.length - scaled).split('.');
  const rounded = roundedText(value / 1000 ** scaled, fraction.length);
  if (rounded === null) return null;
  const [digits = '', places = ''] = rounded.split('.');
  const least = whole.replaceAll(',', '').replace(/^[#]+/, '').length;
  let before = (digits === '0' ? '' : digits).padStart(least, '0');
  if (whole.includes(',')) before = before.replace(/\B(?=(\d{3})+$)/g, ',');
  const kept = fraction.replace(/[#?]+$/, '').length;
  const after = places.replace(/0+$/, '').padEnd(kept, '0');
  return before + (pattern.includes('.') ? `.${after}` : '');
}

/** With so many places, half away from zero, by the 15 digits that Excel counts with. */
function roundedText(value: number, places: number): string | null {
  if (value >= 1e21) return null;
  const exact = value === 0 ? '0e+0' : value.toExponential(14);
  const [mantissa = '', power = '0'] = exact.split('e');
  const digits = mantissa.replace('.', '');
  const shift = Number(power) - (digits.length - 1) + places;
  let scaled: bigint;
  if (shift >= 0) scaled = BigInt(digits) * 10n ** BigInt(shift);
  else {
    const unit = 10n ** BigInt(-shift);
    scaled = (BigInt(digits) * 2n + unit) / (unit * 2n);
  }
  const text = String(scaled).padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}

/** Without a format: as many digits as eleven characters hold. */
export function generalText(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  if (size === 0) return '0';
  if (size >= 1e11 || size < 1e-9) {
    const [mantissa = '', power = '0'] = size.toExponential(5).split('e');
    const exponent = Number(power);
    const short = mantissa.replace(/\.?0+$/, '');
    return `${sign}${short}E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const wholeDigits = String(Math.floor(size)).length;
  const text = roundedText(size, Math.max(0, GENERAL_WIDTH - 1 - wholeDigits))!;
  return sign + (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
}

function shownDate(value: number, tokens: readonly Token[], is1904: boolean): string | null {
  const elapsed = tokens.some(({ kind }) => kind === 'elapsed');
  if (value < 0 && !elapsed) return null;
  const places = tokens.find(({ kind }) => kind === 'fraction')?.text.length ?? 0;
  const hasSeconds = tokens.some(({ text, kind }) => kind !== 'text' && text[0] === 's');
  // What is shown to the second is rounded to it, and what is shown to the minute is not.
  const unit = hasSeconds ? 1000 / 10 ** Math.min(places, 3) : 1;
  const ms = Math.round((Math.abs(value) * MS_PER_DAY) / unit) * unit;
  const moment = momentOf(ms / MS_PER_DAY, 'moment', is1904);
  if (moment === null && !elapsed) return null;
  // Day 0 stands for a time of day alone.
  const [year, month, day] = (moment?.date ?? '1900-01-00').split('-').map(Number);
  const clock = moment?.ms ?? ms % MS_PER_DAY;
  const hours = Math.floor(clock / 3_600_000);
  const minutes = Math.floor(clock / 60_000) % 60;
  const seconds = Math.floor(clock / 1000) % 60;
  const isNoon = tokens.some(({ kind }) => kind === 'noon');
  const two = (number: number, text: string): string =>
    text.length > 1 ? String(number).padStart(2, '0') : String(number);
  return tokens
    .map(({ kind, text }, i) => {
      if (kind === 'text') return text;
      if (kind === 'noon') {
        const [am, pm] = text.split('/');
        return hours < 12 ? am! : pm!;
      }
      if (kind === 'fraction')
        return `.${String(clock % 1000)
          .padStart(3, '0')
          .slice(0, text.length)}`;
      if (kind === 'elapsed') {
        const per = text[0] === 'h' ? 3_600_000 : text[0] === 'm' ? 60_000 : 1000;
        return (value < 0 ? '-' : '') + two(Math.floor(ms / per), text);
      }
      if (kind !== 'date') return text;
      switch (text[0]) {
        case 'y':
          return text.length > 2 ? String(year) : two(year! % 100, 'yy');
        case 'd':
          return text.length > 2
            ? nameOf(WEEKDAYS, new Date(Date.UTC(year!, month! - 1, day)).getUTCDay(), text.length)
            : two(day!, text);
        case 'h':
          return two(isNoon ? hours % 12 || 12 : hours, text);
        case 's':
          return two(seconds, text);
        default:
          if (isMinutes(tokens, i)) return two(minutes, text);
          return text.length > 2 ? nameOf(MONTHS, month! - 1, text.length) : two(month!, text);
      }
    })
    .join('');
}

/** `m` is minutes behind hours and before seconds. */
function isMinutes(tokens: readonly Token[], at: number): boolean {
  const times = (each: Token): boolean => each.kind === 'date' || each.kind === 'elapsed';
  const before = tokens.slice(0, at).findLast(times);
  const after = tokens.slice(at + 1).find(times);
  return before?.text[0] === 'h' || after?.text[0] === 's';
}

/** `mmm` is Jan, `mmmm` January, `mmmmm` J. */
function nameOf(names: readonly string[], index: number, length: number): string {
  const name = names[index] ?? '';
  return length === 3 ? name.slice(0, 3) : length === 5 ? name.slice(0, 1) : name;
}
