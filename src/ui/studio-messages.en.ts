// Every word of the studio itself, in English: plan, preview, run and receipt. They come with it, not with the first screen.
import type { Audit, Progress } from '../contract/report.ts';
import type { InspectedColumn } from '../contract/verbs.ts';
import { listed, plural } from './counted.ts';

const allRows = (count: string | null) => count ?? 'All rows';

export const studioMessages = {
  undo: 'Undo',

  redo: 'Redo',

  plan: 'The plan',

  panes: { title: 'Plan or preview', plan: 'Plan', preview: 'Preview' },

  steps: { format: 'Format', data: 'Data', options: 'Options', delivery: 'Delivery' },

  palette: {
    title: 'Search or run a command',
    placeholder: 'A command, source, format, option or template',
    found: 'Found',
    none: 'Nothing is called that.',
    commands: 'Commands',
    sources: 'Sources',
    templates: 'Templates',
    formats: 'Formats and presets',
    options: 'Options of the format',
    samples: 'Samples',
  },

  saveTemplate: {
    title: 'Save as template',
    name: 'Name',
    says: 'A template holds the plan, never the data; a name that is taken gets a number.',
    save: 'Save',
  },

  keys: {
    title: 'All keys',
    does: 'Does',
    key: 'Key',
    letters: 'Keys that are one character',
    lettersHelp: 'They work while no field has focus. Off keeps them from being pressed unawares.',
    elsewhere: [
      ['Close what floats, then the step', ['Escape']],
      ['Column in the list: lift, move, drop', ['Space', '↑', '↓']],
    ] as [string, string[]][],
  },

  form: {
    more: 'More',
    back: (value: string) => `Back to ${value}`,
    backOf: (value: string, title: string) => `Back to ${value}: ${title}`,
    whatIsFound: 'what is found',
    changed: (count: number) => `${count} changed`,
    on: 'On',
    off: 'Off',
    notSet: 'not set',
    notEntered: 'not entered here yet',
    none: 'none',
    empty: 'empty',
    set: 'Set',
    setOf: (title: string) => `Set ${title}`,
    unset: 'Not set',
    undoLast: 'Undo the last change',
    other: 'Other',
    otherOf: (title: string) => `${title}, other`,
    ownList: 'Own list',
    add: 'Add',
    takeOver: 'Change',
    change: (item: string) => `Change ${item}`,
    addTo: (title: string) => `${title}, another`,
    remove: (item: string) => `Remove ${item}`,
    key: (n: number) => `From, ${n}`,
    value: (n: number) => `To, ${n}`,
    characters: (most: number) =>
      `${most === 1 ? 'One character is' : `1 to ${most} characters are`} needed; \\t stands for a tab.`,
    numberMissing: 'A number is needed.',
    notANumber: 'This is not a number.',
    notWhole: 'A whole number is needed.',
    atLeast: (min: number) => `At least ${min.toLocaleString('en')}.`,
    atMost: (max: number) => `At most ${max.toLocaleString('en')}.`,
    formatColumn: 'Format a column …',
    keyRepeated: 'Two lines have the same name at the left.',
    notJson: 'This is not valid JSON yet.',
    characterNames: new Map([
      [',', 'comma'],
      [';', 'semicolon'],
      ['\t', 'tab'],
      ['|', 'bar'],
      ['"', 'double quote'],
      ["'", 'single quote'],
      ['\\', 'backslash'],
      ['#', 'number sign'],
      ['.', 'point'],
      [' ', 'space'],
    ]),
  },

  format: {
    for: 'For',
    purposes: [
      ['anyone', 'Anyone'],
      ['excel', 'Excel'],
      ['database', 'A database'],
      ['program', 'A program'],
      ['analysis', 'Analysis'],
    ] as ['anyone' | 'excel' | 'database' | 'program' | 'analysis', string][],
    families: {
      spreadsheets: 'Spreadsheets',
      records: 'Records and exchange',
      databases: 'Databases',
      analytics: 'Analytics',
      documents: 'Documents',
      others: 'Others',
    },
    noneFound: (search: string) => `No format has “${search}” in its name, use or presets.`,
    holds: { types: 'types', nested: 'nested values', tables: 'several tables' },
    keeps: (what: readonly string[]) => `Keeps ${listed(what)}.`,
    find: (count: number) => `Find among ${plural(count, 'format', 'formats')}`,
    format: 'Format',
    size: 'Size',
    time: 'Time',
    losses: 'Losses',
    unknown: '–',
    recommended: 'Recommended',
    recommends: (name: string) => `${name}.`,
    take: (name: string) => `Take ${name}`,
    notHere: (reason: string) => `Not here: ${reason}`,
    lossesKnown: 'Known before a value is looked at',
    fromAll: 'Measured on all rows, read and encoded as the export will do it.',
    fromSample: 'Judged by a sample of the rows, encoded for real.',
    compare: 'Sizes in every packing …',
    quick: 'Format at once',
    all: (count: number) => `All ${count} …`,
    more: 'More',
  },

  recommend: {
    flat: (columns: number) =>
      `The data are flat, ${plural(columns, 'column', 'columns')} and no nested values: any tool reads them so.`,
    nested: (names: readonly string[]) =>
      `${listed(names)} ${names.length === 1 ? 'holds' : 'hold'} nested values; they stay as they are, one record a line.`,
    program: (typed: number, all: number) =>
      typed === 0
        ? 'One record a line, so that a program can start before the end, and null stays null.'
        : `${typed.toLocaleString('en')} of ${plural(all, 'column', 'columns')} ${typed === 1 ? 'has' : 'have'} a type; numbers, booleans and null stay what they are, one record a line.`,
    database:
      'Commas, CR LF and quotes only where needed, values unchanged: what COPY and LOAD DATA expect.',
    mixed: (names: readonly string[]) =>
      `${listed(names)} ${names.length === 1 ? 'has' : 'have'} both null and empty text; they stay apart, as nothing and as "".`,
    excel:
      'Opens with a double click; numbers, dates and text are cells of their kind, and formulas in the data do not run.',
    excelNested: (names: readonly string[]) => `${listed(names)} will be JSON text in a cell.`,
    excelRows: (most: number, rows: number) =>
      `A sheet holds ${most.toLocaleString('en')} of ${rows.toLocaleString('en')} rows: the others go on in further sheets.`,
    excelZeros: (names: readonly string[]) =>
      `The leading zeros of ${listed(names)} stay, as text.`,
    excelDigits: (names: readonly string[], digits: number) =>
      `Excel counts with ${digits} digits: longer numbers of ${listed(names)} stay whole, as text.`,
    analysis: (typed: number, all: number) =>
      `Columns with their types, packed, read column by column: ${typed.toLocaleString('en')} of ${plural(all, 'column', 'columns')} ${typed === 1 ? 'has' : 'have'} a type other than text.`,
  },

  flow: {
    title: 'Where the rows go',
    goOut: 'Go out',
    filtered: 'Filtered out',
    rejected: 'Rejected',
    merged: 'Merged',
    added: 'Added',
    in: 'In',
    counting: 'Counting …',
    countingAt: (share: string) => `Counting, ${share}`,
    countExactly: 'Count all rows',
    untold: 'Rows become others, so the first rows do not tell how many there are in the end.',
    fromSample: 'Judged by the first rows.',
    name: (out: string, filtered: string, rejected: string, all: string) =>
      `${out} of ${all} rows go out, ${filtered} are filtered out, ${rejected} rejected`,
  },

  forecast: {
    title: 'Forecast',
    size: 'size',
    sizeExact: 'exact',
    sizeSampled: 'from a sample',
    time: (ms: string) => `≈\u00a0${ms}`,
    timeSays: 'without writing',
    losses: (count: number) => plural(count, 'loss', 'losses'),
    noneSilent: 'none silent',
    lossesKnown: 'known so far',
    measured: (rows: string, time: string) =>
      `Forecast from all ${rows}, read and encoded for real in ${time}.`,
    sampled: (rows: string) => `Forecast from a sample of ${rows}, encoded for real.`,
  },

  otherData: {
    missing: (ids: readonly string[]) => ({
      sentence: `${listed(ids.map((id) => `“${id}”`))} ${ids.length === 1 ? 'is' : 'are'} not open here.`,
      hint: 'Open the file at this step, or choose other data.',
    }),
  },

  datasets: {
    title: 'Data sets',
    says: (count: number) => `${count.toLocaleString('en')} open, one goes out`,
    help: 'Each has a plan of its own; undo stays with it.',
  },

  time: {
    title: 'Time',
    any: 'of any time',
    column: 'Column',
    stretch: 'Stretch of time',
    stretches: {
      all: 'All',
      day: 'Last 24 hours',
      week: '7 days',
      month: '30 days',
      'this-month': 'This month',
      'last-month': 'Last month',
      range: 'Range',
    },
    from: 'From',
    to: 'To, not included',
    placeholder: { date: '2026-03-31', timestamp: '2026-03-31 18:00:00' },
    says: ({ from, to }: { from: string; to: string }) =>
      from === ''
        ? `before ${to.replace('T', ' ')}`
        : to === ''
          ? `from ${from.replace('T', ' ')}`
          : `${from.replace('T', ' ')} to ${to.replace('T', ' ')}`,
    help: 'Rows of any time go out, those without a time too.',
    halfOpen: (zone: string) =>
      `From is included, To is not; an empty end is open. Times are of ${zone}.`,
    moves: (zone: string) =>
      `Moves with the clock: counted from the moment of each export, in ${zone}.`,
    wrong: (text: string, example: string) => `“${text}” is no such value; write it as ${example}.`,
  },

  zone: {
    title: 'Time zone',
    help: 'Whose days and months are meant, here, in filters and in groups. Times without a zone are never shifted.',
    here: (zone: string) => `${zone} (here)`,
    all: 'All zones',
  },

  filter: {
    joins: { and: 'and', or: 'or', 'not and': 'not', 'not or': 'nor' },
    joinNames: {
      and: 'all of these hold',
      or: 'any of these holds',
      'not and': 'not all of these hold',
      'not or': 'none of these holds',
    },
    group: (how: string) => `Conditions, ${how}`,
    joinedBy: 'Joined by',
    addCondition: 'Add condition',
    addGroup: 'Add group',
    removeGroup: 'Remove group',
    conditionOn: (name: string) => `Condition on ${name}`,
    columnOf: (name: string) => `Column, now ${name}`,
    operatorOf: (name: string) => `Comparison of ${name}`,
    valueOf: (name: string) => `Value for ${name}`,
    valuesOf: (name: string) => `Another value for ${name}`,
    lowOf: (name: string) => `Least value of ${name}`,
    highOf: (name: string) => `Greatest value of ${name}`,
    fromOf: (name: string) => `${name} from`,
    toOf: (name: string) => `${name} to, not included`,
    removeOf: (name: string) => `Remove the condition on ${name}`,
    ignoreCase: 'Upper and lower case are the same',
    ignoreCaseOf: (name: string) => `Ignore case of ${name}`,
    ignoreAccents: 'Letters with and without accents are the same',
    ignoreAccentsOf: (name: string) => `Ignore accents of ${name}`,
    countOf: (name: string) => `How many, for ${name}`,
    unitOf: (name: string) => `Unit of time for ${name}`,
    periodOf: (name: string) => `Period of ${name}`,
    units: (unit: string, isOne: boolean) => (isOne ? unit : `${unit}s`),
    period: (period: string): string => {
      const days = new Map([
        ['0 day', 'today'],
        ['-1 day', 'yesterday'],
        ['1 day', 'tomorrow'],
      ]);
      const [offset, unit = ''] = period.split(' ');
      const which = offset === '0' ? 'this' : offset === '1' ? 'next' : 'previous';
      return days.get(period) ?? `${which} ${unit}`;
    },
    and: 'and',
    to: 'to',
    true: 'true',
    false: 'false',
    addValue: 'Value, Enter',
    placeholders: {
      text: 'text',
      number: '0',
      bool: '',
      date: '2026-03-31',
      time: '18:00:00',
      timestamp: '2026-03-31 18:00',
      none: '',
    },
    operators: (operator: string, kind: string): string => {
      const isTime = kind === 'date' || kind === 'time' || kind === 'timestamp';
      const isNumber = kind === 'number';
      const words = new Map([
        ['=', isNumber ? 'equals' : 'is'],
        ['!=', isNumber ? 'differs from' : 'is not'],
        ['<', isTime ? 'before' : 'less than'],
        ['<=', isTime ? 'up to' : 'at most'],
        ['>', isTime ? 'after' : 'more than'],
        ['>=', isTime ? 'from' : 'at least'],
        ['between', 'between'],
        ['not between', 'not between'],
        ['in-range', 'in range'],
        ['not in-range', 'not in range'],
        ['in-last', 'in the last'],
        ['not in-last', 'not in the last'],
        ['in-next', 'in the next'],
        ['not in-next', 'not in the next'],
        ['in-period', 'falls into'],
        ['not in-period', 'falls out of'],
        ['in', 'is one of'],
        ['not in', 'is none of'],
        ['contains', 'contains'],
        ['not contains', 'lacks'],
        ['starts-with', 'starts with'],
        ['not starts-with', 'does not start with'],
        ['ends-with', 'ends with'],
        ['not ends-with', 'does not end with'],
        ['matches', 'matches'],
        ['not matches', 'does not match'],
        ['is-null', 'is null'],
        ['not is-null', 'is not null'],
      ]);
      return words.get(operator) ?? operator;
    },
    passesAlone: 'Rows that pass this condition alone',
    missing: 'A value is needed; until then the condition does not count.',
    wrong: (text: string, kind: string) =>
      `“${text}” is no ${kind === 'number' ? 'number' : kind === 'steps' ? 'count from 1 to 999999' : kind === 'date' ? 'day like 2026-03-31' : kind === 'time' ? 'time like 18:00:00' : kind === 'timestamp' ? 'time like 2026-03-31 18:00' : 'such value'}; until then the condition does not count.`,
    noColumn: (name: string) => `There is no column ${name}.`,
    asText: 'Filter as text',
    textHelp: 'The same filter as text. Edit either; the other follows.',
    textIsWrong: 'The text below has a mistake; the conditions come back once it can be read.',
    onlyText: 'This filter is too deep or too long to be shown as conditions; its text is below.',
    passes: 'passes',
    passesRows: (share: string) => `rows, ${share}`,
  },

  data: {
    rows: 'Rows',
    column: 'column',
    columnsWord: 'columns',
    allRows,
    rowsThatPass: 'Rows that pass the filter',
    of: (count: string) => `${count} of `,
    from: (count: string) => `${count} from `,
    timeIs: (column: string, stretch: string) => `${column} ${stretch}`,
    allColumns: 'all columns',
    columns: (count: number) => plural(count, 'column', 'columns'),
    someColumns: (out: number, total: number) =>
      `${out.toLocaleString('en')} of ${plural(total, 'column', 'columns')}`,
    limited: (limit: number | null, offset: number) =>
      [
        offset > 0 ? `${plural(offset, 'row', 'rows')} skipped` : '',
        limit === null ? '' : `at most ${plural(limit, 'row', 'rows')}`,
      ]
        .filter(Boolean)
        .join(', '),
    renamed: (count: number) => `${count.toLocaleString('en')} renamed`,
    asTheyAre: 'As the source has them.',
    filterExample: (columns: readonly InspectedColumn[]) => {
      const plain = columns.filter((column) => /^[a-z]\w*$/i.test(column.name));
      const text = plain.find((column) => column.type === 'utf8')?.name ?? 'status';
      const number = plain.find((column) => /^(int|decimal|float)/.test(column.type))?.name;
      return `${text} contains 'a'${number ? ` and ${number} > 100` : ''}`;
    },
    filterHelp:
      'Empty passes all rows. = ≠ < ≤ > ≥, between, in, contains, starts with, ends with, matches, is null, joined by and, or, not.',
    offset: {
      title: 'Skip first',
      help: 'Rows left out at the start, after the filter.',
      unit: 'rows',
    },
    limit: { title: 'At most', help: 'Reading ends once this many rows are out.', unit: 'rows' },
    noLimit: 'no limit',
    newBy: (column: string): string => `only new rows, by ${column}`,
    cutTitle: 'Limit',
    noCut: 'none',
    columnsTitle: 'Columns',
    all: 'All',
    none: 'None',
    asInSource: 'As in the source',
    findColumn: 'Find a column',
    drag: 'Drag',
    goesOut: 'Goes out',
    in: 'In',
    out: 'Out',
    type: 'Type',
    shape: 'Shape',
    leftOut: 'left out',
    move: 'Move',
    noName: '(no name)',
    goesOutOf: (name: string) => `${name} goes out`,
    newNameOf: (name: string) => `New name of ${name}`,
    editColumn: (name: string, type: string, isEdited: boolean) =>
      `How ${name} is read: ${type}${isEdited ? ', set by you' : ''}`,
    dragOf: (name: string) => `Move ${name}: Space lifts, arrow keys move, Space drops`,
    up: (name: string) => `Move ${name} up`,
    down: (name: string) => `Move ${name} down`,
    moved: (name: string, place: number, count: number) => `${name}, ${place} of ${count}`,
  },

  options: {
    startFrom: 'Start from',
    reset: 'Reset all',
    asUsual: 'Usual options',
    usual: 'Usual',
    usualSays: 'What the format is without a preset.',
    changes: (count: number) => `Changes ${plural(count, 'value', 'values')} of this data.`,
    none: 'This format has no options.',
    isNow: (title: string, value: string) => `${title}: ${value}`,
    withChanges: (preset: string, count: number) =>
      `${preset}, ${plural(count, 'change', 'changes')}`,
  },

  delivery: {
    where: 'Where to',
    noFilePicker:
      'this browser cannot write into a file of your choice; Download does the same by the browser’s own rules.',
    noFolderPicker: 'this browser cannot write into a folder.',
    noShare:
      'this browser has no share sheet for files; Download saves them, to be shared from there.',
    noClipboard: 'the clipboard is open to pages on a secure address only.',
    fileHelp:
      'You choose the file on Export. A file that exists is emptied the moment you choose it; cancel removes it.',
    folder: 'Folder',
    chooseFolder: 'Choose folder',
    changeFolder: 'Change folder',
    name: 'Name',
    pattern: 'Pattern',
    patternHelp: 'Date and time are those of the export, in UTC. The extension comes by itself.',
    insert: 'Insert',
    tokens: {
      name: 'Name of the plan',
      date: 'Day of the export, 2026-03-31',
      time: 'Time of the export, 180000',
      format: 'Format, csv',
      source: 'Name of the source',
      partition: 'The values of a part, where the export is split by columns',
      part: 'Number of the part, -001, where the export is split',
      parts: 'How many parts there are',
      rows: 'Rows of the file',
      hash8: 'First 8 digits of its SHA-256',
      column: 'The columns that the export is split by',
      jobId: 'Id of the export',
    },
    reads: 'reads',
    ifExists: 'If it exists',
    existsHelp: {
      fail: 'Nothing is written, and the file there stays as it is.',
      replace: 'The old file stays whole until the new one is.',
      rename: 'The file there stays; the new one gets the next free number.',
      append: 'The rows go behind those of the file there, if it has the same columns.',
      skip: 'A file that is the same stays as it is; one that differs is replaced.',
      ask: 'You are asked for each file that is there already.',
    },
    existsElsewhere: {
      file: 'Your browser asks when you choose it.',
      download: 'Your browser numbers the new one; the old one stays.',
      clipboard: 'What the clipboard holds is replaced.',
      mail: 'Your browser numbers the new one; the old one stays.',
    },
    atAddress: 'The server decides.',
    packs: (before: string, after: string) => `${before} becomes ${after}`,
    ofParts: (count: number) => `${plural(count, 'file', 'files')}: `,
    exists: {
      fail: 'Stop',
      replace: 'Replace it',
      rename: 'Number the new one',
      append: 'Add the rows to it',
      skip: 'Keep it if it is the same',
      ask: 'Ask me',
    },
    split: 'Split',
    splitRows: {
      title: 'Rows a file',
      help: 'Cuts the export into files of at most so many rows; each one has its own header.',
      unit: 'rows',
    },
    oneFile: 'One file',
    pack: 'Pack',
    compression: 'Compression',
    noPacking: 'None',
    encryption: 'Encryption',
    noEncryption: 'None',
    proof: 'Proof',
    answer: (what: string, where: string) => `${what} ${where}`,
    parts: (first: string) => `${first} and further parts`,
    toFile: 'to a file you choose',
    toFolder: (name: string) => `into ${name}`,
    toSomeFolder: 'into a folder you choose',
    toClipboard: 'to the clipboard',
    toDownloads: 'into Downloads',
    toShare: 'to the share sheet',
    toMail: 'into Downloads, with a mail draft',
    toAddress: (host: string) => `to ${host}`,
    toSomeAddress: 'to an address',
    splitSays: (count: number) => `${plural(count, 'row', 'rows')} a file`,
    splitBytesSays: (size: string) => `at most ${size} a file`,
    splitColumnsSays: (columns: string) => `a file for each ${columns}`,
    packedSays: (id: string, level: number | undefined) =>
      level === undefined ? id : `${id} level ${level}`,
    charsetSays: (title: string, bom: boolean) => (bom ? `${title} with a byte order mark` : title),
    proofSays: (readBack: boolean, checksum: boolean, values?: 'sample' | 'full') =>
      `${readBack ? 'read back and verified' : checksum ? 'with its SHA-256' : 'not verified'}${values === undefined ? '' : values === 'full' ? ', all values compared' : ', a sample of values compared'}`,
  },

  files: {
    title: 'Files',
    says: (count: number) => plural(count, 'file', 'files'),
    inOne: (count: number) => `${plural(count, 'file', 'files')} in one archive`,
    unknownCount: 'as many as there are values, or as it takes',
    file: 'File',
    rows: 'Rows',
    size: 'Size',
    unknown: '–',
    more: (count: string) =>
      `And ${count} more, of the same kind. Nothing is written until you export.`,
    nothingYet: 'Nothing is written until you export.',
  },

  charset: {
    title: 'Encoding',
    charset: 'Encoding',
    usual: 'UTF-8 without a mark',
    bom: 'Byte order mark',
    bomHelp: 'Excel takes UTF-8 without the mark for another encoding.',
    onLoss: 'If it lacks a character',
    onLossHelp: 'Each one is counted and stands in the receipt.',
    fail: 'Stop there',
    replace: 'Write instead',
    escape: 'Escape it',
    transliterate: 'Write the nearest letters',
    replacement: 'Written instead',
  },

  worth: {
    title: 'Worth knowing',
    before: 'before you export',
    error: 'Stops it',
    warning: 'Note',
    loss: 'Loss',
    rejected: 'Rejected',
    retyped: 'As text',
    unit: (kind: string, count: number) => {
      const [one, many] =
        kind === 'rejected'
          ? ['row', 'rows']
          : kind === 'lines'
            ? ['line', 'lines']
            : ['value', 'values'];
      return count === 1 ? one : many;
    },
    leftOut: 'Left out, because a value does not fit.',
    inColumns: (names: readonly string[], sentence: string) => `${listed(names)}: ${sentence}`,
  },

  preview: {
    title: 'Preview',
    tabs: { rows: 'Rows', output: 'Output', schema: 'Schema', losses: 'Losses' },
    updated: (time: string) => `updated in ${time}`,
    problem: 'Problem',
    reading: 'Reading the first rows …',
    rowsRegion: 'First rows of the export',
    lastRegion: 'Last rows of the sample',
    row: 'Row',
    null: 'null',
    empty: 'empty',
    noRows: 'No row passes.',
    noSourceRows: 'The source has no rows.',
    noColumns: 'No column goes out.',
    whichRows: 'Which rows',
    first: 'First',
    last: 'Last',
    problemRows: 'Problem rows',
    endOfSample: 'The end of the sample, not of the source',
    moreRows: (count: number) =>
      `The first ${plural(count, 'row', 'rows')} are shown; the others come with the export.`,
    rowsShown: (from: number, to: number, total: string) =>
      `Row ${from.toLocaleString('en')} to ${to.toLocaleString('en')}${total === '' ? '' : ` of ${total}`}`,
    noRowsYet: 'No rows',
    problemsShown: (listed: number, all: string) =>
      listed.toLocaleString('en') === all
        ? plural(listed, 'row', 'rows')
        : `The first ${plural(listed, 'row', 'rows')} of ${all}`,
    rest: (filtered: string, rejected: string) => `${filtered} filtered out, ${rejected} rejected`,
    noneYet: 'none yet',
    was: 'was',
    values: (count: number) => plural(count, 'value', 'values'),
    manyValues: (count: string) => `${count} values or more`,
    nullShare: (share: string) => `${share} null`,
    noNulls: 'no null',
    wholeValue: (name: string) => `The whole value of ${name}`,
    shortened: 'The first 500 characters; the export has all of it.',
    filtered: (name: string) => `Filtered by ${name}`,
    filterFirst: 'The filter cannot be read yet: correct it first.',
    tooLong: 'This value is too long to filter by.',
    leftOut: (name: string) => `${name} is left out; undo brings it back`,
    cellCopied: 'Cell copied',
    rowCopied: 'Row copied',
    notCopied: 'The browser let nothing be copied',
  },

  losses: {
    region: 'What the output cannot hold',
    kinds: {
      lost: 'Lost: cannot be read back',
      changed: 'Changed: can be undone by rule',
      held: 'Held: looks risky, is safe',
    },
    nothing: (rows: string) => `Nothing is lost or changed in ${rows} rows.`,
    nothingFound: 'The plan loses nothing that is known before the rows are counted.',
    unit: {
      values: (count: number) => (count === 1 ? 'value' : 'values'),
      rows: (count: number) => (count === 1 ? 'row' : 'rows'),
      lines: (count: number) => (count === 1 ? 'line' : 'lines'),
    },
    leftOut: 'Rows are left out, because a value does not fit.',
    affected: (column: string, count: string) => `${column} ${count}`,
    more: (count: number) => `${count.toLocaleString('en')} more`,
    counted: (rows: string) => `Counted over all ${rows}`,
    counting: (share: string) => `Counting over all rows${share === '' ? ' …' : `, ${share}`}`,
    notCounted: 'Not counted: the plan fails on the way',
    byPlan: 'Known from the plan; nothing is counted yet',
    count: 'Count over all rows',
    showIn: (step: string) => `Show in ${step}`,
    showRows: 'Show rows',
    useUtf8: 'Use UTF-8',
  },

  schema: {
    region: 'Columns of the source',
    column: 'Column',
    type: 'Type',
    nulls: 'Null',
    distinct: 'Different',
    fromTo: 'From, to',
    shape: 'Shape',
    typeOf: (name: string) => `Type of ${name}`,
    misfit: 'else',
    misfitOf: (name: string) => `If a value of ${name} does not fit`,
    asProposed: 'as proposed',
    reject: 'leave the row out',
    toNull: 'write null',
    fail: 'stop',
    nullValues: 'Null',
    emptyValues: 'Empty text',
    different: 'Different values',
    longest: 'Longest',
    characters: (count: number) => plural(count, 'character', 'characters'),
    examples: 'For example',
    others: (count: string) => `${count} with other values`,
    fromAll: (count: string) => `From the whole file, ${count}`,
    fromSample: (count: string) => `From the start of the file, ${count}`,
    fromPlaces: (count: string, places: number) =>
      `From ${places} places all over the source, ${count}`,
  },

  place: {
    line: (n: string) => `line ${n}`,
    row: (n: string) => `row ${n}`,
    column: (n: string) => `column ${n}`,
    offset: (n: string) => `byte ${n}`,
    position: (n: string) => `position ${n}`,
  },

  run: {
    title: 'Running',
    progress: 'Share of the source read',
    progressSent: 'Share sent',
    phase: (phase: Progress['phase'], isOfValues: boolean) =>
      phase === 'sending'
        ? 'Sending'
        : phase === 'verifying'
          ? `Reading ${isOfValues ? 'values ' : ''}back and comparing`
          : 'Reading and writing',
    waitsBecause: (most: number) =>
      `Waits for its turn: ${most} exports work at once. You can go on with the plan meanwhile.`,
    cancelling: 'Cancelling …',
    cancel: 'Cancel',
    cancelLeaves: 'Cancel leaves no file behind',
    rowsRead: 'rows read',
    rowsReadOf: (rows: string, isExact: boolean) => `of ${isExact ? '' : '≈\u00a0'}${rows} rows`,
    written: 'written',
    rowsASecond: 'rows a second',
    readASecond: 'read a second',
    elapsed: 'so far',
    left: 'left',
    leftGiveOrTake: (spread: string) => `left, ±\u00a0${spread}`,
    memory: 'memory, workers too',
    percentDone: (percent: number) => `${percent} percent done`,
    stage: 'Stage',
    state: 'State',
    bytes: 'Bytes',
    bytesOf: (some: string, all: string) => `${some} of ${all}`,
    stages: {
      read: 'Read',
      write: 'Write',
      readBack: 'Read back',
      values: 'Compare values',
      send: 'Send',
    },
    states: { underWay: 'under way', done: 'done', toCome: 'to come' },
  },

  runs: {
    title: 'Exports',
    others: 'Other exports',
    underWay: (running: number, waiting: number, percent: string) =>
      [`${running} running`, waiting > 0 ? `${waiting} waiting` : '', percent]
        .filter(Boolean)
        .join(', '),
    all: (count: number) => plural(count, 'export', 'exports'),
    ended: (name: string, how: string) =>
      how === 'completed'
        ? `${name} is done`
        : how === 'cancelled'
          ? `${name} is cancelled`
          : `${name} failed`,
    progressOf: (name: string) => `Share of ${name} done`,
    starting: 'Starting',
    waiting: 'Waiting for its turn',
    running: (rows: string, left: string | null) =>
      `${rows} read${left === null ? '' : `, ${left} left`}`,
    completed: (rows: string, size: string, time: string) => `${rows}, ${size}, in ${time}`,
    cancelled: 'Cancelled, nothing was kept',
    show: 'Show',
    receipt: 'Receipt',
    forget: 'Remove',
    showOf: (name: string) => `Show ${name}`,
    receiptOf: (name: string) => `Receipt of ${name}`,
    cancelOf: (name: string) => `Cancel ${name}`,
    forgetOf: (name: string) => `Remove ${name} from the list`,
    cancelAll: 'Cancel all',
  },

  failed: {
    read: 'Change how it is read',
    data: 'Change rows and columns',
    format: 'Change the format',
    options: 'Change the options',
    delivery: 'Change where it goes',
    rename: 'Number the new file',
    again: 'Try again',
  },

  receipt: {
    title: 'Receipt',
    isDone: (name: string) => `${name} is done`,
    areDone: (count: number) => `${plural(count, 'file', 'files')} done`,
    when: (date: Date, id: string) =>
      `${date.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'medium' })}, in this browser, ${id}`,
    save: 'Save receipt',
    copy: 'Copy as text',
    copied: 'Copied',
    notCopied: 'The browser let nothing be copied',
    copyOne: 'Copy',
    again: 'Run again',
    saveTemplate: 'Save as template',
    saveTemplateNow: 'Save',
    templateName: 'Name of the template',
    templateSaved: (name: string) => `Saved as ${name}`,
    planThatRan: 'The plan that ran',
    copyCommand: 'Copy as command line',
    copyJson: 'Copy as JSON',
    commandSays: (name: string) => `Makes the same bytes where ${name} lies.`,
    commandWithFile: (name: string, sources: readonly string[]) =>
      `Copying saves the plan as ${name} too: put it where the line is run, beside ${listed(sources)}.`,
    commandSaved: (name: string) => `Copied, and ${name} is saved: put it where the line is run.`,
    noCommand: 'These rows lie in no file, so the command line cannot read them.',
    equation: {
      title: 'Where the rows went',
      rowsIn: 'rows in',
      rowsOut: 'rows out',
      filtered: 'filtered out',
      rejected: 'rejected',
      merged: 'merged',
      added: 'added',
      unbalanced: 'The counts do not agree. Do not rely on this file; report it with the receipt.',
      line: (audit: Audit, say: (count: number) => string) =>
        `${say(audit.rowsIn)} rows in${audit.added > 0 ? ` + ${say(audit.added)} added` : ''} = ` +
        `${say(audit.rowsOut)} rows out + ${say(audit.filtered)} filtered out + ` +
        `${say(audit.rejected)} rejected${audit.merged > 0 ? ` + ${say(audit.merged)} merged` : ''}`,
    },
    ledger: {
      title: 'Step by step',
      step: 'Step',
      named: (kind: string, id: string) => `${kind} (${id})`,
      in: 'In',
      out: 'Out',
      filtered: 'Filtered out',
      rejected: 'Rejected',
      merged: 'Merged',
      added: 'Added',
    },
    file: 'File',
    files: 'Files',
    name: 'Name',
    rows: 'Rows',
    size: 'Size',
    sha256: 'SHA-256',
    readBack: 'Read back',
    saveCopy: 'Save a copy',
    saveCopyOf: (name: string) => `Save a copy of ${name}`,
    openHere: 'Open here as a source',
    openHereOf: (name: string) => `Open ${name} here as a source`,
    gone: (name: string) =>
      `${name} is not there any more, or this page may not read it any longer.`,
    verified: 'the same, byte for byte',
    notVerified: 'not read back',
    entry: 'Entry',
    entrySays: (name: string, count: string, size: string) => `${name}, ${count} rows, ${size}`,
    proof: 'The run',
    time: 'Time',
    rate: 'Rate',
    rates: (rows: string, size: string) => `${rows} and ${size} a second`,
    written: 'Written',
    beforePacking: (size: string, share: string) => `, ${size} before packing, ${share}`,
    source: 'Source',
    readFrom: (name: string, count: string, size: string) => `${name}, ${count}, ${size} read`,
    capped: ', ended by the limit',
    changes: 'What changed on the way',
    nothingChanged: 'Nothing was lost or changed.',
    retyped: 'as text',
    retypedSays: (column: string, from: string, value: string, line: number) =>
      `${column} was read as text: “${value}” on line ${line.toLocaleString('en')} is no ${from}.`,
    rejectedRows: (count: string) => `${count} rejected`,
    saveRejects: 'Save rejects',
    someRejects: (count: number) => `The first ${plural(count, 'row is', 'rows are')} listed.`,
    affected: (column: string, count: string) => `${column} ${count}`,
    moreAffected: (count: number) => `${count.toLocaleString('en')} more`,
    line: 'Line',
    column: 'Column',
    value: 'Value',
    why: 'Why',
    columns: 'Columns',
    type: 'Type',
    nulls: 'Nulls',
    nullShare: 'Share',
  },
} as const;
