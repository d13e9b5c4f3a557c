// Which texts a spreadsheet would run as a formula when it opens a CSV file.

/** Per first byte of a text: 0 harmless, 1 starts a formula, 2 starts one unless a number follows, 3 may be a full-width sign. */
export const FIRST_BYTES = new Uint8Array(256);
// NUL is on OWASP's list as well: some programs skip it.
for (const byte of [0, 9, 10, 13, 61, 64]) FIRST_BYTES[byte] = 1;
FIRST_BYTES[43] = 2;
FIRST_BYTES[45] = 2;
FIRST_BYTES[0xef] = 3;

const isDigit = (b: number): boolean => b >= 48 && b <= 57;

/** Whether [start, end) is digits with at most one point and an optional exponent. */
function isUnsignedNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let i = start;
  let digits = 0;
  let points = 0;
  for (; i < end; i++) {
    const b = bytes[i]!;
    if (isDigit(b)) digits++;
    else if (b === 46 && points === 0) points++;
    else break;
  }
  if (digits === 0) return false;
  if (i === end) return true;
  if (bytes[i] !== 101 && bytes[i] !== 69) return false;
  i++;
  if (bytes[i] === 43 || bytes[i] === 45) i++;
  if (i >= end) return false;
  for (; i < end; i++) if (!isDigit(bytes[i]!)) return false;
  return true;
}

/**
 * Whether the text in [start, end) starts with `=`, `+`, `-`, `@`, tab, CR, LF, NUL or one of the full-width forms
 * `＝` `＋` `－` `＠`. Signed numbers (`-5`, `+3.2e4`) and a lone sign do not.
 */
export function isFormula(bytes: Uint8Array, start: number, end: number): boolean {
  if (end <= start) return false;
  switch (FIRST_BYTES[bytes[start]!]) {
    case 0:
      return false;
    case 2:
      return end > start + 1 && !isUnsignedNumber(bytes, start + 1, end);
    case 3: {
      const last = bytes[start + 2];
      return (
        end - start >= 3 &&
        bytes[start + 1] === 0xbc &&
        (last === 0x8b || last === 0x8d || last === 0x9d || last === 0xa0)
      );
    }
    default:
      return true;
  }
}
