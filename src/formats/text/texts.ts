// The words of the text format: its card, its options, its losses, and what is wrong with a template.

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
  'target.none': 'Nothing: as they are',
  'target.csv': 'CSV',
  'target.json': 'JSON',
  'target.html': 'HTML',
  'target.xml': 'XML',
  'target.sql': 'SQL (standard)',
  'target.mysql': 'SQL of MySQL and MariaDB',
  'target.url': 'Addresses (URL)',
  'target.markdown': 'Markdown',
  'target.latex': 'LaTeX',
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

/** What is wrong with a template, and what to do. */
export const TEMPLATE_TEXTS = {
  problem: (place: string, line: number, column: number, detail: string): string =>
    `The ${place} template cannot be read at line ${line}, column ${column}: ${detail}.`,
  strayBrace: 'a brace closes that never opened',
  doubleBrace: 'Write }} for a brace.',
  openBrace: 'the brace that opens here never closes',
  closeBrace: 'Close it with }, or write {{ for a brace.',
  empty: 'there is nothing between the braces',
  nameColumn: 'Name a column, or write {{ and }} for braces.',
  noRow: 'there is no row here',
  useWord: 'Use columns in the template of each row.',
  useColumns: 'Use {@columns} for the column names.',
  notKnownYet: 'how many rows there are is known at the end only',
  useInSuffix: 'Use it in the template after the rows.',
  unknownWord: (name: string): string => `there is nothing called @${name}`,
  unknownFilter: (name: string): string => `there is nothing called “${name}” to do with a value`,
  oneOf: (names: readonly string[], lead: string): string =>
    `Use ${names.map((name) => lead + name).join(', ')}.`,
  didYouMean: (names: readonly string[]): string => `Did you mean ${names.join(' or ')}?`,
  argument: (name: string, isMissing: boolean): string =>
    isMissing ? `${name} needs a text` : `${name} takes no text`,
  exampleOf: (name: string): string =>
    ({
      default: "Write default:'–'.",
      date: "Write date:'yyyy-MM-dd'.",
      number: "Write number:'#,##0.00', '0.0#' or '#.##0,00'.",
      join: "Write {* | join:', '} or {@columns | join:', '}.",
    })[name] ?? `Write ${name}.`,
  onlyValues: (name: string): string => `${name} is for single values`,
  onlyLists: 'join is for * and @columns',
  badMask: (mask: string): string => `“${mask}” is no mask of numbers`,
} as const;
