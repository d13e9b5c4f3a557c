// What is said of JSON values before the run.

export const JSON_VALUE_FINDINGS = {
  nameChanged: (name: string, written: string): string => `“${name}” is written as “${written}”.`,
  nameRepeated: (name: string, written: string): string =>
    `A second column “${name}” is written as “${written}”.`,
  beyondDouble: (name: string): string =>
    `Numbers of “${name}” may have more digits than JavaScript and many other readers keep.`,
  arraysNeedNulls:
    'Records that are arrays cannot leave nulls out: the values after them would move.',
  nullAsEmpty: 'Null and empty text are both written as empty text.',
  badPattern: (pattern: string, detail: string, place: number): string =>
    `“${pattern}” is no pattern of a date or time: ${detail} (character ${place}).`,
  noColumn: (name: string): string => `There is no column “${name}”.`,
  noDate: (name: string): string =>
    `“${name}” holds no dates or times: give the column such a type first.`,
  timeOfDay: (name: string): string =>
    `“${name}” holds times of day, which are no time since 1970: give it a pattern.`,
  noOffset: (name: string): string =>
    `The pattern shows an offset from UTC, which the values of “${name}” do not have.`,
  dateCut: (name: string): string =>
    `The pattern does not show all that the values of “${name}” say.`,
} as const;
