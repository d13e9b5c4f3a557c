// The English words of the text source: its card, its options, its evidence, and what is wrong with a template or a row.
import { TARGET_TEXTS } from '../../contract/template-texts.ts';
import type { OptionTexts } from '../../contract/options.schema.ts';
import { figures } from '../../contract/type-evidence.ts';

export const TEXT_CARD = {
  title: 'Text by template',
  purpose: 'Logs, reports and any text whose rows a template describes.',
};

export const TEXT_OPTION_TEXTS: OptionTexts = {
  'row.title': 'Each row',
  'row.help':
    'What a row looks like: {host} or {"user agent"} is a value, everything else stands in the text as it is; {{ and }} are braces. {@rowNumber} is a number that is read over, {code | default:\'?\'} is null where the text has ?, and {name | json} is escaped otherwise than the rest.',
  'separator.title': 'Between rows',
  'separator.help': 'Stands between two rows; a line break, as a rule.',
  'prefix.title': 'Before the rows',
  'prefix.help':
    'Stands once at the start and is left out; {@time}, {@name} and the like stand for any text.',
  'suffix.title': 'After the rows',
  'suffix.help':
    'Stands once at the end and is left out; {@rows} and the like stand for any text. A line break may be missing.',
  'target.title': 'Values are escaped for',
  'target.help':
    'What the text is, which says how values are written in it. Where nothing is escaped, a value ends where the text behind it first stands.',
  ...TARGET_TEXTS,
  'target.log': 'Logs: backslashes before quotes',
  'nullText.title': 'Text of missing values',
  'nullText.help':
    'A value written exactly so is null. Empty by default: nothing at all is null, in JSON null and in SQL NULL.',
  'raggedRows.title': 'Rows that do not fit the template',
  'raggedRows.help': 'What happens to a row that looks otherwise. Blank ones are no rows.',
  'raggedRows.fail': 'Stop with an error that names the line',
  'raggedRows.reject': 'Leave the row out and list it',
  'columnNames.title': 'Columns',
  'columnNames.help':
    'The names of the columns in their order, where {*} stands for all of them. Empty: those that the template names.',
  'lineEnds.title': 'Line breaks',
  'lineEnds.help': 'What a line break of the template is in the text.',
  'lineEnds.any': 'LF or CR LF',
  'lineEnds.exact': 'Exactly what the template has',
};

export const EVIDENCE = {
  lines: 'Each line is one value, as no template says what stands in it.',
  form: (title: string, lines: number): string =>
    `${title}: it fits ${lines === 1 ? 'the line' : `all ${figures(lines)} lines`} looked at.`,
  nulls: 'A dash stands for what is not known there.',
  time: 'The time can be typed as timestamp(s, UTC) with the pattern dd/MMM/yyyy:HH:mm:ss xx.',
} as const;

const shown = (text: string): string => `“${text.replaceAll('\r', '␍').replaceAll('\n', '␊')}”`;

/** What is wrong with a template beyond its spelling. */
export const PLAN_TEXTS = {
  computed: (text: string): string =>
    `{${text}} is computed, which cannot be undone; name a column alone, in quotes where it has other signs than letters: {"user agent"}`,
  mask: 'a number in a mask cannot be read; name the column alone, and say on the column how its numbers look',
  noColumn: 'it names no column: write one in braces, such as {line}',
  all: '{*} stands for all columns; say in columnNames which these are, or name each',
  missing: (name: string): string => `the template of a row has no {${name}}`,
  together: (before: string, behind: string): string =>
    `nothing stands between ${before} and ${behind}, so that nobody can tell where one ends; put a text between them`,
  endless: (name: string): string =>
    `${name} ends the row and nothing stands between rows, so that nobody can tell where one ends; say what stands there`,
} as const;

/** What is wrong with a row. */
export const MISFIT_TEXTS = {
  behind: (text: string, name: string): string => `${shown(text)} does not stand behind ${name}`,
  before: (text: string): string => `${shown(text)} does not stand where it should`,
  value: (name: string, target: string): string => `${name} is not written as ${target} has it`,
  more: 'there is more behind its end',
  differs: (name: string): string => `${name} stands there twice with different values`,
  start: (text: string): string => `${shown(text)} is missing`,
} as const;
