// What a number format makes of a number: a date, a time of day, a duration, or just a number (ECMA-376 part 1 §18.8.30).

/** `moment`: date and time. `clock`: a time of day. `duration`: hours (minutes, seconds) that go beyond their unit. */
export type FormatKind = 'number' | 'date' | 'moment' | 'clock' | 'duration';

const BUILT_IN = new Map<number, FormatKind>();
for (const id of [14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
  BUILT_IN.set(id, 'date');
for (const id of [18, 19, 20, 21, 32, 33, 45, 47]) BUILT_IN.set(id, 'clock');
// In some languages these are dates, in others times: the value tells.
for (const id of [22, 34, 35, 55, 56]) BUILT_IN.set(id, 'moment');
BUILT_IN.set(46, 'duration');

/** The kind of a format that has no code in the file. */
export function kindOfBuiltIn(id: number): FormatKind {
  return BUILT_IN.get(id) ?? 'number';
}

/** The kind of a format by its code; what is for negative numbers and zero does not count. */
export function kindOfCode(code: string): FormatKind {
  const text = code
    .replace(/"[^"]*"?|\\.|_.|\*./g, ' ')
    .replace(/\[([^\]]*)\]/g, (_, inner: string) => (/^(h+|m+|s+)$/i.test(inner) ? '\u0001' : ''))
    .split(';')[0]!
    .toLowerCase()
    .replace(/general|e[+-]/g, ' ');
  if (text.includes('\u0001')) return 'duration';
  // A letter of a date beside digits of a number is a currency or unit that was not quoted.
  if (/[#?]/.test(text)) return 'number';
  const hasNoon = /am\/pm|a\/p/.test(text);
  const tokens = text.replace(/am\/pm|a\/p/g, ' ').match(/y+|m+|d+|h+|s+|g+|e+|b+/g) ?? [];
  let hasDate = false;
  let hasTime = hasNoon;
  tokens.forEach((token, i) => {
    const letter = token[0]!;
    if (letter === 'h' || letter === 's') hasTime = true;
    else if (letter === 'm') {
      const isMinutes = tokens[i - 1]?.[0] === 'h' || tokens[i + 1]?.[0] === 's';
      if (isMinutes) hasTime = true;
      else hasDate = true;
    } else hasDate = true;
  });
  if (!hasDate && !hasTime) return 'number';
  return hasDate && hasTime ? 'moment' : hasDate ? 'date' : 'clock';
}
