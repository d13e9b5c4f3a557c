// Proposes which columns hold personal values by what their values look like: addresses, numbers with check digits.

/** What the values of a column look like. National identity numbers are not among them: each land has its own. */
export type PersonalKind = 'email' | 'phone' | 'iban' | 'card' | 'ip';

export interface LooksLike {
  kind: PersonalKind;
  /** Of the different values looked at, 0 to 1. */
  share: number;
  /** Why it is said, for people. */
  sentence: string;
}

const NOUNS: Readonly<Record<PersonalKind, string>> = {
  email: 'e-mail addresses',
  phone: 'telephone numbers in international form',
  iban: 'bank account numbers (IBAN) whose check digits are right',
  card: 'payment card numbers whose check digit is right',
  ip: 'IP addresses',
};

/** Different values that are looked at, and those after which nothing more is expected where there was nothing yet. */
const MOST_VALUES = 200;
const FIRST_VALUES = 20;
/** Less than this is no proposal. */
const LEAST_SHARE = 0.5;

const SHORTEST = 6;
const LONGEST = 254;

/** `name@host.land`, without quoted names and addresses in brackets. */
export function isEmail(text: string): boolean {
  return /^[^\s@<>()[\]",;:\\]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}\p{N}-]{2,63}$/u.test(text);
}

/** `+` and 8 to 15 digits (E.164), grouped by spaces, dots, hyphens, slashes or round brackets; or 00 for + where it is grouped. */
export function isPhone(text: string): boolean {
  if (!/^(?:\+|00(?=.*[ ()./-]))[1-9][\d ()./-]*\d$/.test(text)) return false;
  const digits = text.replace(/^00/, '').replace(/\D/g, '').length;
  return digits >= 8 && digits <= 15;
}

/** ISO 13616: land, check digits, account, in groups of four or not; the remainder by 97 is 1. */
export function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(plain)) return false;
  let rest = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** 13 to 19 digits, grouped or not, that begin as card numbers do and whose check digit is right (ISO 7812, Luhn). */
export function isCardNumber(text: string): boolean {
  if (!/^[2-6]\d{3}(?:[ -]?\d){9,15}$/.test(text)) return false;
  const digits = text.replace(/\D/g, '');
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const twice = digit * 2;
    sum += i % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0;
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 &&
    parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  );
}

/** An IPv4 or IPv6 address as text (RFC 4291, without a zone). */
export function isIpAddress(text: string): boolean {
  if (!text.includes(':')) return isIpv4(text);
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1)!;
  let count = groups[0]!.length + (groups[1]?.length ?? 0);
  if (last.at(-1)?.includes('.') === true) {
    if (!isIpv4(last.pop()!)) return false;
    count++;
  }
  const fits = groups.every((half) => half.every((group) => /^[\da-f]{1,4}$/i.test(group)));
  return fits && (halves.length === 2 ? count < 8 : count === 8);
}

/** What one value looks like; null: none of these. */
export function personalKind(value: string): PersonalKind | null {
  const text = value.trim();
  if (text.length < SHORTEST || text.length > LONGEST) return null;
  if (text.includes('@')) return isEmail(text) ? 'email' : null;
  if (isIban(text)) return 'iban';
  if (!/^[\d+a-f:]/i.test(text)) return null;
  if (isIpAddress(text)) return 'ip';
  if (isCardNumber(text)) return 'card';
  return isPhone(text) ? 'phone' : null;
}

/** What the different values of a column look like where at least half of those looked at (the first 200) do; else null. */
export function detectPersonal(values: Iterable<string>): LooksLike | null {
  const counts = new Map<PersonalKind, number>();
  let looked = 0;
  for (const value of values) {
    if (value === '') continue;
    const kind = personalKind(value);
    if (kind !== null) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    looked++;
    if (looked === MOST_VALUES || (looked === FIRST_VALUES && counts.size === 0)) break;
  }
  const [found] = [...counts].toSorted(([, a], [, b]) => b - a);
  if (found === undefined) return null;
  const [kind, count] = found;
  const share = count / looked;
  if (share < LEAST_SHARE) return null;
  const sentence = `${count} of ${looked} different values are ${NOUNS[kind]}.`;
  return { kind, share, sentence };
}
