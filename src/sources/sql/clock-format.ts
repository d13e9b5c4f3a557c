// Dates and times that Oracle’s and PostgreSQL’s TO_DATE and TO_TIMESTAMP read by a pattern, as ISO 8601 has them.

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');

/** What a part of a pattern matches. */
const PARTS: readonly (readonly [part: string, matches: string])[] = [
  ['SYYYY', ' ?(?<year>-?\\d{4})'],
  ['YYYY', '(?<year>\\d{4})'],
  ['RRRR', '(?<year>\\d{4})'],
  ['RR', '(?<short>\\d\\d)'],
  ['MM', '(?<month>\\d\\d?)'],
  ['MON', '(?<name>[A-Za-z]{3})'],
  ['DD', '(?<day>\\d\\d?)'],
  ['HH24', '(?<hour>\\d\\d?)'],
  ['HH12', '(?<half>\\d\\d?)'],
  ['HH', '(?<half>\\d\\d?)'],
  ['AM', '(?<noon>[AP]M)'],
  ['PM', '(?<noon>[AP]M)'],
  ['MI', '(?<minute>\\d\\d)'],
  ['SS', '(?<second>\\d\\d)'],
  ['XFF9', '[.,](?<fraction>\\d{1,9})'],
  ['XFF6', '[.,](?<fraction>\\d{1,9})'],
  ['XFF3', '[.,](?<fraction>\\d{1,9})'],
  ['XFF', '[.,](?<fraction>\\d{1,9})'],
  ['FF9', '(?<fraction>\\d{1,9})'],
  ['FF6', '(?<fraction>\\d{1,9})'],
  ['FF3', '(?<fraction>\\d{1,9})'],
  ['FF', '(?<fraction>\\d{1,9})'],
  ['US', '(?<fraction>\\d{1,6})'],
  ['MS', '(?<fraction>\\d{1,3})'],
  ['TZH:TZM', '(?<zone>[+-]\\d\\d:?\\d\\d)'],
  ['TZR', '(?<zone>[+-]\\d\\d:?\\d\\d)'],
];

/** The ISO spelling of `text` as `pattern` reads it; null where the pattern has what is not known, or the text does not fit. */
export function clockOf(text: string, pattern: string): string | null {
  let rest = pattern.toUpperCase();
  let source = '^\\s*';
  while (rest !== '') {
    const part = PARTS.find(([name]) => rest.startsWith(name));
    if (part !== undefined) {
      const group = /\?<(\w+)>/.exec(part[1])![1]!;
      if (source.includes(`?<${group}>`)) return null;
      source += part[1];
      rest = rest.slice(part[0].length);
      continue;
    }
    const other = /^(?:"([^"]*)"|([-/.,:; ]))/.exec(rest);
    if (other === null) return null;
    source += (other[1] ?? other[2]!).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    rest = rest.slice(other[0].length);
  }
  const found = new RegExp(`${source}\\s*$`, 'i').exec(text)?.groups;
  if (found === undefined) return null;
  const { short, month, name, day, minute, second, fraction, zone, half, noon } = found;
  // Years of two digits are those nearest to 2000.
  const year = short === undefined ? found['year'] : `${Number(short) < 50 ? 20 : 19}${short}`;
  const isHalf = half !== undefined && noon !== undefined;
  const hour = isHalf
    ? String((Number(half) % 12) + (noon.toUpperCase() === 'PM' ? 12 : 0))
    : found['hour'];
  if ((half !== undefined || noon !== undefined) && !isHalf) return null;
  const number = month ?? String(MONTHS.indexOf(name?.toUpperCase() ?? '') + 1);
  if (year === undefined || day === undefined || number === '0') return null;
  const two = (digits: string): string => digits.padStart(2, '0');
  const date = `${year}-${two(number)}-${two(day)}`;
  if (hour === undefined) return date;
  const clock = `${two(hour)}:${minute ?? '00'}:${second ?? '00'}`;
  const offset = zone === undefined ? '' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  return `${date} ${clock}${fraction === undefined ? '' : `.${fraction}`}${offset}`;
}
