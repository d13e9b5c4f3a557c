// The engine's own sentences: what a plan, a check or a run says where no plug-in does.
import type { SchemaChange } from '../contract/misfit.ts';

/** Opening a source. */
export const SOURCE_TEXTS = {
  chosen: 'Chosen by you.',
} as const;

/** A web page that came where data was expected. */
export const WEB_PAGE_TEXTS = {
  called: (title: string): string => ` (“${title}”)`,
  addressRemedy:
    'Check the address: it may want you to sign in (set a token or a password), or have moved, or have a page of its own for the data.',
  fileRemedy:
    'Fetch the file again, signed in where its site asks for it; if the page itself is wanted, choose what it is read as.',
} as const;

/** Several files as one. */
export const FILES_TEXTS = {
  inFile: (file: string, sentence: string): string => `${file}: ${sentence}`,
  none: (name: string, match: string | null): string =>
    `There is no file to read in ${name}${match === null ? '' : ` that is called ${match}`}.`,
  noneRemedy: (known: string): string =>
    `It holds: ${known}. Choose with files.match (such as “*.csv”) which of them are meant.`,
  emptyRemedy: 'It holds nothing: choose another.',
  noMatch: (pattern: string): string => `No file matches ${pattern}.`,
  noMatchRemedy:
    'Check folder and spelling: upper and lower case count, and * stands for any part of a name, ** for folders too.',
  leftOut: (first: string): string => `Columns that ${first} lacks were left out.`,
  nameColumn: 'The name of the file.',
  pagesReason: 'the pages of an answer are read all, in their order.',
  pagesRemedy: 'Leave it out, or say with mostPages of the address how many are read.',
} as const;

/** How files are packed. */
export const PACKING_TEXTS = { none: 'Not packed' } as const;

/** What a forecast cannot tell. */
export const FORECAST_TEXTS = {
  ofAllRows: (step: string): string =>
    `The step “${step}” makes something of all rows together, so a sample does not tell how much comes out.`,
  manySources:
    'Rows of several sources or data sets come together here, so a sample does not tell how much comes out.',
  unknownRows: 'How many rows there are is not known before they are read.',
  nothingFound: 'No row of the sample is written, so it does not tell how large the file will be.',
  forecastOf: (name: string): string => `A forecast of “${name}”`,
} as const;

/** What a plan cannot be. */
export const PLAN_TEXTS = {
  noFile: (name: string): string => `“${name}” is not one file that can be read at any place`,
  manyDatasets: (count: number): string => `An output of ${count} data sets`,
  manyDatasetsReason: (format: string, isOption: boolean): string =>
    isOption
      ? `${format} holds one data set with these options.`
      : `${format} holds one data set in a file.`,
  manyDatasetsRemedy: (formats: readonly string[]): string =>
    `Name one data set, join or unite them, or choose a format that holds several: ${formats.join(', ')}.`,
  manyDatasetsOption: (option: string, value: string): string =>
    `Set the option “${option}” to “${value}”, or name one data set.`,
  ownAncestor: (id: string, round: readonly string[]): string =>
    `data set “${id}” comes from itself` + (round.length > 2 ? `: ${round.join(' ← ')}` : ''),
  readTwice: (id: string): string =>
    `The source “${id}” is used more than once, but can be read only once.`,
  readTwiceRemedy: 'Hand it over so that it can be read again (as a file), or use it once.',
  tooManyReadings: (most: number): string =>
    `The plan reads its sources more than ${most} times: a data set is read once for each use.`,
  tooManyReadingsRemedy: 'Use data sets less often, or export one of them first and read the file.',
  noDataset: (id: string): string => `there is no data set or source “${id}”`,
  idleTable: (source: string): string => `A table for the source “${source}”`,
  idleReason: (title: string): string => `“${title}” has no use for it.`,
  idleTableRemedy: 'Leave the table out.',
  noNetworkReason: 'there is no way to the network here.',
  noNetworkRemedy: 'Use the studio’s own page or the command line, or hand the bytes over.',
  manyOutputs: (count: number): string => `A configuration with ${count} outputs`,
  manyOutputsReason: 'one run makes one output in this version.',
  manyOutputsRemedy: 'Keep one output, and run the others on their own.',
} as const;

/** The verb check: what the output's own settings contradict. */
export const CHECK_TEXTS = {
  splitNeedsMany: (delivery: string): string =>
    `The output is split into parts, and “${delivery}” takes one file.`,
  splitRemedy: 'Pack the parts into a zip, or choose a folder.',
  splitFolderRemedy: 'Choose a folder, or do not limit the bytes of a file.',
  manifestNeedsMany: (delivery: string): string =>
    `The output has a manifest beside it, and “${delivery}” takes one file.`,
  noColumnsLeft: 'Every column is named by the folders, so the files would hold none.',
  noColumnsLeftRemedy: 'Keep the columns in the files, or split by fewer of them.',
  needsFolders: (delivery: string): string =>
    `The names lead into folders, and “${delivery}” makes none.`,
  needsFoldersRemedy:
    'Choose a folder, pack the files into a zip, or let the values stand in the file names.',
  namePatternRemedy: 'Change the name pattern.',
  nameTooLate: (variables: string, delivery: string): string =>
    `The name needs ${variables}, known only at the end, and “${delivery}” has to name a file before it is written.`,
  nameTooLateRemedy: 'Choose a folder or a download, or take it out of the name.',
  besideNeedsMany: (delivery: string): string =>
    `The output has a second file beside it, and “${delivery}” takes one file.`,
  splitOneTable: (count: number): string =>
    `The output is split into parts, and ${count} data sets cannot be cut at the same row.`,
  splitOneTableRemedy: 'Do not split, or name one data set.',
  inColumns: (sentence: string, named: readonly string[], more: number): string =>
    `${sentence.replace(/\.$/, '')}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  nameRepeated: (name: string): string =>
    `Two columns are called “${name}”: rename one, or let the new one replace the other.`,
  packedTwice: (archive: string, codec: string): string =>
    `“${archive}” already compresses; “${codec}” on top gains nothing.`,
  packedRemedy: 'Keep one of the two.',
  charsetIgnored: (format: string, charset: string): string =>
    `${format} is a binary format: the charset ${charset} has no effect.`,
  valuesNotCompared: (reason: string): string =>
    `The values of the finished files will not be compared: ${reason}.`,
} as const;

/** Files that are there already. */
export const EXISTING_TEXTS = {
  packed: 'Rows cannot be appended to a file that is packed.',
  noAppend: (format: string): string =>
    `Rows cannot be appended to ${format} with these options: more than rows stands behind its head.`,
  numbered: 'Rows cannot be appended to files that are cut by rows or bytes.',
  manifest: 'Rows cannot be appended where a manifest lists whole files.',
  late: 'Rows cannot be appended to a file whose name is known only at the end.',
  noOldFiles: (delivery: string): string =>
    `“${delivery}” does not see files that are there already, so nothing can be appended.`,
  appendRemedy: 'Replace the file, or number the new one.',
  encryptedAnew:
    'Each run encrypts anew: no file is found to be the same, and those that are there are replaced.',
  timeInFile: (option: string): string =>
    `Each run writes its own time into the file, as “${option}” stands: no file is found to be the same, and those that are there are replaced.`,
  ignored: (delivery: string): string =>
    `“${delivery}” does not see files that are there already: what is to become of them has no effect.`,
} as const;

/** Messages that go with finished files. */
export const MESSAGE_TEXTS = {
  file: (name: string, rows: string, bytes: string): string =>
    `${name} (${rows} rows, ${bytes} bytes)`,
  moreFiles: (count: number): string => `and ${count} more`,
} as const;

/** The columns that part the rows. */
export const SPLIT_TEXTS = {
  noDates: (column: string, part: string, type: string): string =>
    `“${column}” (${type}) has no ${part} to split by.`,
  noDatesRemedy: (part: string): string =>
    part === 'hour'
      ? 'Choose a column of timestamps, or set its type.'
      : 'Choose a column of dates or timestamps, or set its type.',
} as const;

/** Patterns of file names. */
export const NAME_TEXTS = {
  unknown: (variable: string): string => `${variable} is no variable of names: it stays as it is.`,
  partDigits: (variable: string): string =>
    `${variable}: behind the colon stand as many zeros as the number is to have digits.`,
  badDate: (variable: string, detail: string): string => `${variable}: ${detail}`,
  noDetail: (variable: string): string => `${variable} takes nothing behind a colon.`,
  direction: 'The name pattern holds a mark that turns the direction of text.',
  control: 'The name pattern holds a control character.',
  character: (character: string): string => `A file name cannot hold ${character}`,
  absolute: 'The name pattern begins with /: names lead from the chosen folder on.',
  dots: 'The name pattern has a folder “..” or “.”.',
  emptyFolder: 'The name pattern has a folder without a name.',
  trailing: 'A name or folder of the pattern ends with a dot or blank, which some systems drop.',
  tooLong:
    'A name or folder of the pattern is longer than 150 bytes: no room is left for the rest of a file name.',
  device: (name: string): string => `“${name}” is the name of a device on Windows.`,
} as const;

/** The verb inspect. */
export const INSPECT_TEXTS = {
  host: {
    given: 'Given by the host.',
    readOnce: 'Given by the host, and not looked at: these rows can be read only once.',
    unread: (why: string): string => `Given by the host, and not looked at: ${why}`,
  },
  file: {
    given: 'Given by the file.',
    readOnce: 'Given by the file, and not looked at: it can be read only once.',
    unread: (why: string): string => `Given by the file, and not looked at: ${why}`,
  },
} as const;

/** The verb profile, and where a sample comes from. */
export const PROFILE_TEXTS = {
  sample: {
    whole: 'All rows were looked at.',
    none: 'No row was looked at.',
    start: 'Only the first rows were looked at; later ones may hold other values.',
    ends: 'Rows from the start, the middle and the end were looked at.',
    places: (places: number): string => `Rows from ${places} places of the source were looked at.`,
    files: (some: number, all: number): string =>
      some === all
        ? `The first rows of each of the ${all} files were looked at.`
        : `The first rows of ${some} of the ${all} files were looked at.`,
  },
  unfit: (value: string, type: string): string => `“${value}” is no ${type}.`,
  grown: (type: string): string => `Values further down are no ${type}.`,
} as const;

/** The verbs run and rehearse. */
export const RUN_TEXTS = {
  rehearsalOf: (rows: string): string => `A rehearsal with the rows “${rows}”`,
  readOnce: 'they can be read only once, and the export itself would find none left.',
  readOnceRemedy: 'Run the export, or hand the rows over so that they can be read again.',
  changeOne: 'Change what it speaks of: the option, the columns or the format.',
  furtherLosses: 'More of the same, which the check before an export names one by one.',
  nobodyToAsk: 'Files that are there already are to be asked about, and there is nobody to ask.',
  nobodyToAskRemedy: 'Set ifExists to fail, replace, rename, append or skip.',
  grown: ({ column, from, value, line }: SchemaChange): string =>
    from === null
      ? `The column “${column}” was first met on line ${line}: the export began again with it.`
      : `“${column}” was taken for ${from} until ${value} on line ${line}: the export began again with another type.`,
} as const;

/** Values that were read back. */
export const COMPARE_TEXTS = {
  what: (what: string, column: string | null, table: string | null): string => {
    const ofTable = table === null ? '' : ` of “${table}”`;
    if (column === null)
      return `${what === 'rows' ? 'the number of rows' : 'the sum over all rows'}${ofTable}`;
    const names: Record<string, string> = {
      nulls: 'the number of nulls',
      min: 'the least value',
      max: 'the greatest value',
      sum: 'the sum',
    };
    return `${names[what] ?? what} of “${column}”${table === null ? '' : ` in “${table}”`}`;
  },
  columns: 'its columns come back under other names',
  name: (written: string, found: string): string =>
    `the column “${written}” comes back as “${found}”.`,
  format: 'nothing here reads this format',
  charset: (id: string): string => `characters that ${id} lacks may have been replaced`,
  losses: 'values were changed while writing, as the losses say',
  sheetsOfEntries: 'it holds several files of several sheets',
  encrypted: 'it is encrypted',
  appended: 'it holds rows from before',
  delivery: 'what was delivered cannot be read again',
} as const;
