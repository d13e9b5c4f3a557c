// The words of the text format: its card, its options, its losses, and why values are not compared.
import { TARGET_TEXTS } from '../../contract/template-texts.ts';

export const CARD_TEXTS = {
  title: 'Text template',
  purpose: 'Any text you describe: what stands before, for each row, between and after.',
};

const PLACEHOLDERS =
  '{city} or {"unit price"} is a value, {upper(city)} or {price * 2} a computed one, {*} all of a row';

export const OPTION_TEXTS = {
  'row.title': 'Each row',
  'row.help': `${PLACEHOLDERS}; {@rowNumber} counts from 1, {@index} from 0; {{ and }} are braces. After | comes what is done with a value: upper, lower, trim, default:'–', date:'dd.MM.yyyy', number:'#,##0.00', join:', ', or another target, as in {city | html}.`,
  'separator.title': 'Between rows',
  'separator.help': 'Stands between two rows; a line break, as a rule.',
  'prefix.title': 'Before the rows',
  'prefix.help':
    'Stands once at the start: text, {@columns} for the column names, {@name}, {@source}, {@time}, {@part}.',
  'suffix.title': 'After the rows',
  'suffix.help': 'Stands once at the end; it may also say {@rows}, how many there were.',
  'target.title': 'Values are escaped for',
  'target.help':
    'What the text is: every value is written so that it means nothing else there. For JSON and SQL it comes with its quotes.',
  ...TARGET_TEXTS,
  'nullText.title': 'Text for null',
  'nullText.help':
    'What stands for a missing value; empty writes nothing, in JSON null and in SQL NULL.',
  'onError.title': 'If a value cannot be computed',
  'onError.help': 'What happens when an expression fails for a row, such as a division by zero.',
  'onError.fail': 'Stop with an error',
  'onError.null': 'Write it as null, counted',
} as const;

export const PRESET_TEXTS = {
  json: { title: 'JSON by hand', help: 'A list of objects to change as you like.' },
  latex: { title: 'LaTeX table', help: 'The rows of a tabular environment.' },
  sqlIn: { title: 'SQL list', help: 'The first values in parentheses, for IN (…).' },
};

export const LOSS_TEXTS = {
  'text.not-computed': 'A value could not be computed and was written as null.',
} as const;

/** Why values are not compared after writing. */
export const READ_BACK_TEXTS = {
  absent: (name: string): string => `the template of a row leaves the column “${name}” out`,
  expression: (text: string): string =>
    `{${text}} is computed; only columns as they are can be read back`,
  masked: (place: string): string => `a number in the ${place} template is spelt by a mask`,
  endless: (name: string): string =>
    `nothing tells where ${name} ends; choose what values are escaped for (target), and put a sign behind it that is escaped in values`,
  nullText: 'the text for null may be that of a value too',
  emptyRow: 'a row may be nothing at all; put a sign before or behind its value',
  around: (place: string): string => `what varies in the ${place} is not told apart from the rows`,
} as const;
