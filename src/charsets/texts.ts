// The English words of the charsets: why one was found, what was lost, what cannot be chosen.

/** Why a charset was found. */
export const FOUND_TEXTS = {
  utf8Mark: 'Starts with the byte order mark of UTF-8.',
  utf16leMark: 'Starts with the byte order mark of UTF-16, little endian.',
  utf16beMark: 'Starts with the byte order mark of UTF-16, big endian.',
  zeroHalves: (isBehind: boolean): string =>
    `Zero bytes stand ${isBehind ? 'behind' : 'before'} the characters, as in UTF-16.`,
  ascii: 'Only ASCII so far, which is the same in UTF-8.',
  utf8: 'Valid UTF-8.',
  repair: (title: string): string => `Choose “${title}” to read it as it was meant.`,
  declared: (label: string): string => `Its XML declaration says ${label}.`,
  declaredByPage: (label: string): string => `The head of the page says ${label}.`,
  escapes: 'Has the escape sequences of ISO-2022-JP.',
  legacy: (offset: number, title: string, example: string): string =>
    `Byte ${offset} is not UTF-8; read as ${title} it is the most likely text${example === '' ? '' : `: “${example}”`}.`,
  utf8WithErrors: (offset: number, share: number): string =>
    `Byte ${offset} is not UTF-8, but ${share} % of what is not ASCII is.`,
} as const;

/** Bytes of a source that its charset does not know. */
export const INVALID_TEXTS = {
  became: (charset: string, isReplaced: boolean): string =>
    `Bytes that are not valid ${charset} became ${isReplaced ? 'U+FFFD' : 'Latin-1 characters'}.`,
  example: (bytes: string, offset: number, line: number): string =>
    `${bytes} at byte ${offset} (line ${line})`,
} as const;

const WAYS = {
  'charset.replaced': 'were replaced',
  'charset.escaped': 'were written as escapes',
  'charset.transliterated': 'were written with similar letters',
} as const;

export type CharsetLossCode = keyof typeof WAYS;

/** Text that was decoded wrongly once. */
export const MOJIBAKE_TEXTS = {
  repaired: (charset: string): string =>
    `Characters that had been read as ${charset} before were made whole again.`,
  example: (before: string, after: string): string => `${before} became ${after}`,
  noticed: (before: string, after: string, charset: string, isOld: boolean): string =>
    isOld
      ? `“${before}” looks like “${after}” that was read as ${charset} before this file was written.`
      : `“${before}” looks like “${after}” in UTF-8, read as ${charset}.`,
} as const;

/** Characters that an output's charset lacks. */
export const LACKING_TEXTS = {
  sentence: (charset: string, code: CharsetLossCode): string =>
    `Characters that ${charset} lacks ${WAYS[code]}.`,
  example: (character: string, context: string): string => `${character} in “${context}”`,
} as const;

/** Settings that cannot work. */
export const CONFLICT_TEXTS = {
  notWritten: (charset: string): string => `Files in ${charset} can be read, but not written.`,
  notWrittenRemedy: 'Choose UTF-8, or the charset that whoever reads the file expects.',
  noEscape: 'This format has no way to escape a character.',
  noEscapeRemedy: 'Choose UTF-8, or let such characters be replaced or transliterated.',
  replacement: (replacement: string, charset: string): string =>
    `“${replacement}” cannot replace characters that ${charset} lacks.`,
  replacementRemedy:
    'Choose a replacement of letters, digits, or signs that no format gives a meaning, such as “?”.',
  noMark: (charset: string): string => `The charset ${charset} has no byte order mark.`,
  noMarkRemedy: 'Turn the mark off, or choose a UTF charset.',
} as const;
