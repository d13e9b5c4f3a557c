// The English sentences about column edits: what cannot be, and what became of values.

/** What the user settled about columns. */
export const EDIT_TEXTS = {
  misfitNull: 'Values that do not fit the column’s type became null.',
  noText: (column: string, type: string): string =>
    `“${column}” holds ${type}: there is no text to be read in a spelling of its own.`,
  noTextRemedy:
    'Take pattern, number signs and null texts away from the column; its type may be set.',
  wrongPattern: (why: string, position: number): string =>
    `the pattern cannot be read at position ${position}: ${why}`,
  patternProblem: {
    'not-a-time': (type: string): string => `a pattern is for dates and times, not for ${type}`,
    'no-date': (type: string): string => `the pattern has no date, and ${type} needs one`,
    'no-time': (type: string): string => `the pattern has no time, and ${type} needs one`,
    'has-date': (type: string): string => `the pattern has a date, and ${type} holds none`,
    'has-offset': (type: string): string =>
      `the pattern has an offset, and ${type} holds none: give the type a zone`,
    'no-year': (): string => 'the pattern has a date without a year',
    'no-half-of-day': (): string => 'the pattern has a 12-hour clock without AM or PM',
  },
  numbersNeedType: 'number signs need a type to read: an integer, a decimal or a float',
} as const;
