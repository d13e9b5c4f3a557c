// Numbers as people write them, with a decimal sign and group signs of their own: respelt exactly, never through a double.

/** How numbers stand in a text: `1.234,56` has the decimal sign `,` and the group sign `.`. */
export interface NumberSigns {
  decimalSign: string;
  /** Between groups of digits before the decimal sign; a space also means the no-break spaces, `'` also `’`. Missing = none. */
  groupSign?: string;
}

/** A compiled spelling of numbers. */
export interface NumberPattern {
  /**
   * The number in [start, end) in the plain spelling (`-1234.56`), as a view that holds until the next call; null = it is
   * none: groups that are no thousands (`1.23` where `.` groups), a foreign sign, no digits. Groups may be missing
   * altogether; an exponent stays.
   */
  plain(bytes: Uint8Array, start: number, end: number): Uint8Array | null;
  /** A number in the plain spelling as this pattern has it, groups of three; anything else (`NaN`) stays as it is. */
  format(plainText: string): string;
}

const encoder = new TextEncoder();
const SPACES = [' ', '\u00a0', '\u202f'];
const APOSTROPHES = ["'", '\u2019'];
/** The typographic minus sign, U+2212. */
const MINUS_SIGN = encoder.encode('\u2212');

/** Signs that are read as this one. */
function variants(sign: string): Uint8Array[] {
  const same = [SPACES, APOSTROPHES].find((signs) => signs.includes(sign)) ?? [sign];
  return same.map((each) => encoder.encode(each));
}

/** Why these signs cannot tell numbers, in words; null when they can. */
export function numberSignsProblem({ decimalSign, groupSign }: NumberSigns): string | null {
  const isBad = (sign: string): boolean =>
    [...sign].length !== 1 || /[\dA-Za-z+\-\u2212]/.test(sign);
  if (isBad(decimalSign))
    return 'the decimal sign must be one character, no digit, letter, plus or minus';
  if (groupSign === undefined || groupSign === '') return null;
  if (isBad(groupSign))
    return 'the group sign must be one character, no digit, letter, plus or minus';
  return groupSign === decimalSign ? 'the decimal sign and the group sign must differ' : null;
}

/** Compiles the signs; throws RangeError with {@link numberSignsProblem}. */
export function createNumberPattern(signs: NumberSigns): NumberPattern {
  const problem = numberSignsProblem(signs);
  if (problem !== null) throw new RangeError(problem);
  const decimal = variants(signs.decimalSign);
  const groupSign = signs.groupSign ?? '';
  const group = groupSign === '' ? [] : variants(groupSign);
  let out = new Uint8Array(64);

  return {
    plain(bytes, start, end) {
      if (out.length < end - start) out = new Uint8Array((end - start) * 2);
      let n = 0;
      let i = start;
      const minus = signAt([MINUS_SIGN], bytes, i, end);
      if (minus > 0) {
        out[n++] = 45;
        i += minus;
      } else if (bytes[i] === 45 || bytes[i] === 43) out[n++] = bytes[i++]!;
      const from = i;
      /** Digits of the group under way, and of the one before (-1 = there is none). */
      let digits = 0;
      let groups = 0;
      let shortGroups = 0;
      for (; i < end;) {
        const b = bytes[i]!;
        if (b >= 48 && b <= 57) {
          out[n++] = b;
          digits++;
          i++;
          continue;
        }
        const size = signAt(group, bytes, i, end);
        if (size === 0) break;
        // The first group has 1 to 3 digits, further ones 3, or 2 as in India: but the last has 3.
        if (digits === 0 || digits > 3 || (groups > 0 && digits < 2)) return null;
        if (groups > 0 && digits === 2) shortGroups++;
        if (groups > 0 && digits === 3 && shortGroups > 0) return null;
        groups++;
        digits = 0;
        i += size;
      }
      if (groups > 0 && digits !== 3) return null;
      // Groups of two all the way, or of three all the way.
      if (shortGroups > 0 && shortGroups !== groups - 1) return null;
      const whole = i - from;
      const size = signAt(decimal, bytes, i, end);
      let fraction = 0;
      if (size > 0) {
        out[n++] = 46;
        i += size;
        for (; i < end && bytes[i]! >= 48 && bytes[i]! <= 57; i++, fraction++) out[n++] = bytes[i]!;
      }
      if (whole === 0 && fraction === 0) return null;
      if (i < end && bytes[i] !== 69 && bytes[i] !== 101) return null;
      // What follows the exponent's letter is checked by whoever reads the plain number.
      while (i < end) out[n++] = bytes[i++]!;
      return out.subarray(0, n);
    },
    format(plainText) {
      const match = /^([+-]?)(\d+)(?:\.(\d+))?([eE].*)?$/.exec(plainText);
      if (match === null) return plainText;
      const [, sign, whole, fraction, exponent = ''] = match;
      const grouped =
        groupSign === '' || exponent !== ''
          ? whole!
          : whole!.replace(/\B(?=(\d{3})+$)/g, groupSign);
      return (
        sign! + grouped + (fraction === undefined ? '' : signs.decimalSign + fraction) + exponent
      );
    },
  };
}

/** The size of the sign that stands there, 0 = none of them. */
function signAt(signs: readonly Uint8Array[], bytes: Uint8Array, at: number, end: number): number {
  for (const sign of signs) {
    if (at + sign.length > end) continue;
    let i = 0;
    while (i < sign.length && bytes[at + i] === sign[i]) i++;
    if (i === sign.length) return i;
  }
  return 0;
}
