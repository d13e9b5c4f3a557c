// The English words of the mask step.
import type { OptionTexts } from '../../contract/options.schema.ts';

export const MASK_CARD = {
  title: 'Mask',
  purpose: 'Makes personal values unreadable: removed, cut, hashed, replaced, shifted or coarser.',
};

export const MASK_TEXTS: OptionTexts = {
  'columns.title': 'Columns',
  'columns.help':
    'A map from column to method, as in {"email": "hmac", "phone": {"method": "partial", "last": 3}}. redact: a fixed text (text, or null). partial: all but the first and last characters (first, last, character, keepLength). hash: SHA-256 in hexadecimal (length); who guesses a value finds its hash. hmac: the same with the key (length). pseudonym: P- and digits that the key makes of the value (prefix, digits). shift: dates up to so many days away (days), by as much in all rows with the same value of another column (by). generalise: numbers down to a multiple (step), dates to the beginning of their week, month, quarter or year (unit). Null stays null.',
  'key.title': 'Key',
  'key.help':
    'What the secret of hmac, pseudonym and shift is called, as {"secret": "name"}: the same key makes the same of the same value, in every file. Its value is asked for, or taken from EXPORT_SECRET_….',
};

export const MASK_SAYS = {
  masked: 'Values were masked, as the plan says.',
  oneOf: 'needs a step for numbers or a unit for dates, one of them',
  keyOnly: 'has to be {"secret": "name"}, which names the secret without being it',
  twice: (column: string): string => `The column “${column}” is masked twice.`,
  twiceRemedy: 'Name each column once; repeated names are told apart by nth.',
  noTime: (column: string, type: string): string =>
    `The column “${column}” is of type ${type}, which has no days.`,
  noTimeRemedy: 'Make it a date with the step Types first, or choose another method.',
  noNumber: (column: string, type: string): string =>
    `The column “${column}” is of type ${type}, which is no number.`,
  noNumberRemedy: 'Make it a number with the step Types first, or choose another method.',
  tooFine: (column: string, type: string, step: number): string =>
    `Multiples of ${step} do not fit the column “${column}” of type ${type}.`,
  tooFineRemedy: 'Choose a step without so many digits after the point.',
};
