// The words of the template language: what is wrong with a template.

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

/** What a template's values may be escaped for, as both forms offer it. */
export const TARGET_TEXTS = {
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
} as const;
