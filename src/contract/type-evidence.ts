// The sentences that say why a column's type was proposed, and how sentences write numbers.

/** A count with commas between the thousands; without Intl, so that every runtime writes the same. */
export const figures = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** “1 row”, “2,000 rows”. */
export const count = (n: number, one: string, many: string): string =>
  `${figures(n)} ${n === 1 ? one : many}`;

/** What the values of a column are: said of one value, and of several. */
interface Kind {
  one: string;
  many: string;
}

/** Sentences that say why a column's type was proposed. */
export const TYPE_EVIDENCE = {
  declared: 'Set by you.',
  empty: 'No value in the sample.',
  all: (values: number, what: Kind): string =>
    values === 1
      ? `The one value is ${what.one}.`
      : values === 2
        ? `Both values are ${what.many}.`
        : `All ${figures(values)} values are ${what.many}.`,
  /** `what` the `before` values were that came before; null when none did. */
  text: (example: string, before: number, what: Kind | null): string => {
    if (what === null)
      return example === '' ? 'A quoted value without content is text.' : `“${example}” is text.`;
    return `“${example}” does not fit: ${before === 1 ? `the value before is ${what.one}` : `the values before are ${what.many}`}.`;
  },
  leadingZero: (example: string): string =>
    `“${example}” begins with a zero or plus, which a number would lose.`,
  tooLong: (example: string): string => `“${example}” has more digits than a number type holds.`,
  several: (listed: readonly string[]): string => `Values of several kinds: ${listed.join(', ')}.`,
  mixedZones: 'Some timestamps name their offset from UTC, some do not.',
  kinds: {
    bool: { one: 'true or false', many: 'true or false' },
    int64: { one: 'a whole number', many: 'whole numbers' },
    decimal: (scale: number): Kind => ({
      one: `a number with ${count(scale, 'digit', 'digits')} after the point`,
      many: `numbers with ${count(scale, 'digit', 'digits')} after the point`,
    }),
    float64: {
      one: 'a number with an exponent',
      many: 'numbers with varying digits after the point or an exponent',
    },
    date: { one: 'a date', many: 'dates' },
    timestamp: { one: 'a timestamp without a zone', many: 'timestamps without a zone' },
    instant: {
      one: 'a timestamp with an offset from UTC',
      many: 'timestamps with an offset from UTC',
    },
  },
} as const;
