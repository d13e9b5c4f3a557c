// The words of options that say how values are written, and what is said when they cannot be.

/** Titles and helps of the options in value-format.schema.ts. */
export const VALUE_FORMAT_TEXTS = {
  'section.values': 'Numbers, dates and booleans',
  'columns.title': 'Column formats',
  'columns.help':
    'Patterns, number signs and words for single columns, where they differ from all others.',
  'decimalSign.title': 'Decimal sign',
  'decimalSign.help':
    'Before the fraction of a number. Numbers keep their digits, those of 64 bits and more too.',
  'groupSign.title': 'Thousands sign',
  'groupSign.help': 'Between groups of three digits, such as a comma or a space.',
  'decimals.title': 'Decimals',
  'decimals.help':
    'Digits after the decimal sign, the last one rounded (halves up, away from zero); not set: as many as the number has. Integers have none but by Column formats.',
  'datePattern.title': 'Date pattern',
  'datePattern.help': 'How dates are written, such as dd.MM.yyyy; empty: ISO 8601 (2026-11-21).',
  'timePattern.title': 'Time pattern',
  'timePattern.help': 'How times are written, such as HH:mm; empty: ISO 8601 (08:30:00).',
  'timestampPattern.title': 'Timestamp pattern',
  'timestampPattern.help':
    'How points in time are written, such as yyyy-MM-dd HH:mm:ss; empty: ISO 8601 (2026-11-21T08:30:00Z).',
  'patternTokens.title': 'Pattern language',
  'patternTokens.help': 'In which letters the patterns are written.',
  'patternTokens.cldr': 'Unicode (yyyy-MM-dd)',
  'patternTokens.moment': 'Moment (YYYY-MM-DD)',
  'patternTokens.strftime': 'strftime (%Y-%m-%d)',
  'zone.title': 'Time zone',
  'zone.help':
    'Whose clock timestamps with a zone show, such as Europe/Berlin or UTC; empty: the zone of the column. Times without a zone never move.',
  'trueText.title': 'Word for true',
  'trueText.help': 'What true is written as, such as 1, yes or t.',
  'falseText.title': 'Word for false',
  'falseText.help': 'What false is written as, such as 0, no or f.',
} as const;

/** What is wrong with such options. */
export const VALUE_FORMAT_PROBLEMS = {
  unknownColumn: (name: string): string => `There is no column “${name}” to be formatted.`,
  wrongPattern: (pattern: string, position: number, why: string): string =>
    `The pattern “${pattern}” is wrong at position ${position}: ${why}.`,
  hasDate: (pattern: string, column: string): string =>
    `The pattern “${pattern}” has a date, and “${column}” holds times of day.`,
  hasOffset: (pattern: string, column: string): string =>
    `The pattern “${pattern}” has an offset from UTC, and “${column}” has no zone.`,
  noTime: (column: string): string =>
    `“${column}” holds no dates or times: a pattern says nothing.`,
  zone: (zone: string): string => `“${zone}” is no time zone that is known here.`,
  signs: (why: string): string => `Of numbers, ${why}.`,
  sameWords: (word: string): string => `True and false are both written as “${word}”.`,
} as const;
