// Numbers by a mask such as `#,##0.00`, rounded and grouped digit by digit, never through a double.

/** What a mask says. */
export interface NumberMask {
  /** Between groups of three digits; empty = none. */
  group: string;
  decimal: string;
  /** Digits after the decimal sign: at least and at most. */
  least: number;
  most: number;
}

const MASK = /^(?:#([^\d#])##)?0(?:([^\d#])(0*)(#*))?$/u;

/** Reads a mask; null when it is none. */
export function parseNumberMask(text: string): NumberMask | null {
  const match = MASK.exec(text);
  if (match === null) return null;
  const [, group = '', decimal = '', zeros = '', more = ''] = match;
  if (decimal !== '' && (decimal === group || zeros.length + more.length === 0)) return null;
  return { group, decimal, least: zeros.length, most: zeros.length + more.length };
}

/** The digits of whole and fraction as one number, plus one in the last place. */
function increased(digits: string): string {
  const kept = digits.replace(/9*$/, '');
  const nines = digits.length - kept.length;
  const last = kept === '' ? '1' : kept.slice(0, -1) + String(Number(kept.at(-1)) + 1);
  return last + '0'.repeat(nines);
}

/** A plain number's text by the mask, rounded half away from zero; what is no plain number (NaN, 1e+21) stays as it is. */
export function maskNumber(text: string, { group, decimal, least, most }: NumberMask): string {
  const match = /^([-+]?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (match === null) return text;
  const [, sign, whole, fraction = ''] = match;
  let digits = whole! + fraction.slice(0, most).padEnd(most, '0');
  if ((fraction[most] ?? '0') >= '5') digits = increased(digits);
  let head = digits.slice(0, digits.length - most).replace(/^0+(?=\d)/, '');
  let tail = digits.slice(digits.length - most);
  while (tail.length > least && tail.endsWith('0')) tail = tail.slice(0, -1);
  const isZero = /^0*$/.test(head + tail);
  if (group !== '') head = head.replace(/\B(?=(\d{3})+$)/g, group.replaceAll('$', '$$$$'));
  return `${sign === '-' && !isZero ? '-' : ''}${head}${tail === '' ? '' : decimal + tail}`;
}
