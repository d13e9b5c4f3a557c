// Every word of the interface itself, in English; titles and help of formats and options come with the catalogue.
import type { InspectedColumn } from '../contract/verbs.ts';

const allRows = (count: string | null) => count ?? 'All rows';
const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')}\u00a0${count === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and 3 others`. */
const listed = (names: readonly string[]): string => {
  const shown = names.map((name) => name || '(no name)');
  if (shown.length <= 2) return shown.join(' and ');
  if (shown.length === 3) return `${shown[0]}, ${shown[1]} and ${shown[2]}`;
  return `${shown[0]}, ${shown[1]} and ${(shown.length - 2).toLocaleString('en')} others`;
};

export const messages = {
  language: 'en',
  wordmark: ['Export', 'Studio'],
  theme: 'Light or dark',
  undo: 'Undo',
  redo: 'Redo',
  plan: 'The plan',
  row: 'row',
  rows: 'rows',
  nothingLeaves: 'Nothing leaves this machine',
  panes: { title: 'Plan or preview', plan: 'Plan', preview: 'Preview' },
  steps: { format: 'Format', data: 'Data', options: 'Options', delivery: 'Delivery' },

  first: {
    title: 'Drop a file',
    says: 'CSV or any text with delimiters, plain or gzip. It is read here and goes nowhere.',
    open: 'Open file',
    openKey: 'Ctrl O',
    dropHere: 'Drop the file to open it',
    oneFile: 'One file at a time: drop a single file.',
    noneYet: 'None yet. Files stay where they are.',
    then: 'What follows',
    steps: [
      ['Format', 'What the other side reads.'],
      ['Data', 'Which rows, which columns, under which names.'],
      ['Options', 'A preset, then whatever has to differ.'],
      [
        'Delivery',
        'A file, a folder, a download or the clipboard. Nothing is written until you export.',
      ],
    ],
  },

  pages: {
    columns: {
      before: 'Columns before',
      after: 'Columns after',
      place: (from: number, to: number, all: number) =>
        `${from.toLocaleString('en')} to ${to.toLocaleString('en')} of ${plural(all, 'column', 'columns')}`,
    },
    rows: {
      before: 'Rows before',
      after: 'Rows after',
      place: (from: number, to: number, all: number) =>
        `${from.toLocaleString('en')} to ${to.toLocaleString('en')} of ${plural(all, 'row', 'rows')}`,
    },
    files: {
      before: 'Files before',
      after: 'Files after',
      place: (from: number, to: number, all: number) =>
        `${from.toLocaleString('en')} to ${to.toLocaleString('en')} of ${plural(all, 'file', 'files')}`,
    },
  },

  source: {
    closeOf: (name: string) => `Close ${name}`,
    title: 'Source',
    openAnother: 'Open another',
    reading: 'Reading …',
    notReadable: 'Cannot be read',
    howRead: 'How it is read',
    changeRead: 'Change how it is read',
    facts: (count: string | null, columns: number) =>
      `${count === null ? '' : `${count}, `}${plural(columns, 'column', 'columns')}`,
    kind: 'Read as',
    charset: 'Encoding',
    auto: 'As found',
    found: (what: string) => `Found: ${what}.`,
    onInvalid: 'Invalid bytes',
    fail: 'Stop there',
    replace: 'Write U+FFFD instead',
    latin1: 'Read them as Latin-1',
    packing: 'Packing',
    notPacked: 'None',
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
    none: 'none',
    empty: 'empty',
    set: 'Set',
    setOf: (title: string) => `Set ${title}`,
    unset: 'Not set',
    other: 'Other',
    otherOf: (title: string) => `${title}, other`,
    ownList: 'Own list',
    add: 'Add',
    addTo: (title: string) => `${title}, another`,
    remove: (item: string) => `Remove ${item}`,
    key: (n: number) => `From, ${n}`,
    value: (n: number) => `To, ${n}`,
    oneCharacter: 'One character is needed; \\t stands for a tab.',
    numberMissing: 'A number is needed.',
    notANumber: 'This is not a number.',
    notWhole: 'A whole number is needed.',
    atLeast: (min: number) => `At least ${min.toLocaleString('en')}.`,
    atMost: (max: number) => `At most ${max.toLocaleString('en')}.`,
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
    ]),
  },

  format: {
    for: 'For',
    purposes: [
      ['anyone', 'Anyone'],
      ['excel', 'Excel'],
      ['database', 'A database'],
      ['program', 'A program'],
    ] as ['anyone' | 'excel' | 'database' | 'program', string][],
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
    fromSample: 'Judged by the first rows, encoded for real.',
    quick: 'Format at once',
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
      'Opens with a double click: UTF-8 with a byte order mark, CR LF, and formulas in the data do not run.',
    excelNested: (names: readonly string[]) => `${listed(names)} will be JSON text in a cell.`,
    excelRows: (most: number, rows: number) =>
      `Excel shows the first ${most.toLocaleString('en')} of ${rows.toLocaleString('en')} rows only.`,
    excelZeros: (names: readonly string[]) =>
      `Excel drops the leading zeros of ${listed(names)} when it opens the file; import the column as text to keep them.`,
    excelDigits: (names: readonly string[], digits: number) =>
      `Excel keeps ${digits} digits of ${listed(names)}.`,
  },

  flow: {
    title: 'Where the rows go',
    goOut: 'Go out',
    filtered: 'Filtered out',
    rejected: 'Rejected',
    in: 'In',
    counting: 'Counting …',
    countingAt: (share: string) => `Counting, ${share}`,
    countExactly: 'Count exactly',
    exact: 'Counted over all rows.',
    fromSample: 'Judged by the first rows.',
    name: (out: string, filtered: string, rejected: string, all: string) =>
      `${out} of ${all} rows go out, ${filtered} are filtered out, ${rejected} rejected`,
  },

  forecast: {
    title: 'Forecast',
    size: 'size',
    sizeExact: 'exact',
    sizeSampled: 'from the first rows',
    time: (ms: string) => `≈\u00a0${ms}`,
    timeSays: 'without writing',
    losses: (count: number) => plural(count, 'loss', 'losses'),
    noneSilent: 'none silent',
    lossesKnown: 'known so far',
    measured: (rows: string, time: string) =>
      `Forecast from all ${rows}, read and encoded for real in ${time}.`,
    sampled: (rows: string) => `Forecast from the first ${rows}, encoded for real.`,
  },

  data: {
    rows: 'Rows',
    column: 'column',
    columnsWord: 'columns',
    allRows,
    rowsThatPass: 'Rows that pass the filter',
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
    filter: 'Filter',
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
    move: 'Move',
    noName: '(no name)',
    goesOutOf: (name: string) => `${name} goes out`,
    newNameOf: (name: string) => `New name of ${name}`,
    dragOf: (name: string) => `Move ${name}: Space lifts, arrow keys move, Space drops`,
    up: (name: string) => `Move ${name} up`,
    down: (name: string) => `Move ${name} down`,
    moved: (name: string, place: number, count: number) => `${name}, ${place} of ${count}`,
  },

  options: {
    startFrom: 'Start from',
    reset: 'Reset all',
    asUsual: 'Usual options',
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
    noClipboard: 'the clipboard is open to pages on a secure address only.',
    fileHelp:
      'You choose the file on Export. A file that exists is emptied the moment you choose it; cancel removes it.',
    folder: 'Folder',
    chooseFolder: 'Choose folder',
    changeFolder: 'Change folder',
    name: 'Name',
    pattern: 'Pattern',
    patternHelp: 'Fills in {name} {part} {format} {date} {time} {jobId}; date and time are UTC.',
    reads: 'reads',
    ifExists: 'If it exists',
    ifExistsHelp: 'The old file stays whole until the new one is.',
    stop: 'Stop',
    replace: 'Replace it',
    rename: 'Number the new one',
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
    proof: 'Proof',
    afterWriting: 'After writing',
    checksum: 'SHA-256 of each file',
    readBack: 'Read the finished files again and compare',
    answer: (what: string, where: string) => `${what} ${where}`,
    parts: (first: string) => `${first} and further parts`,
    toFile: 'to a file you choose',
    toFolder: (name: string) => `into ${name}`,
    toSomeFolder: 'into a folder you choose',
    toClipboard: 'to the clipboard',
    toDownloads: 'into Downloads',
    splitSays: (count: number) => `${plural(count, 'row', 'rows')} a file`,
    packedSays: (id: string, level: number | undefined) =>
      level === undefined ? id : `${id} level ${level}`,
    charsetSays: (title: string, bom: boolean) => (bom ? `${title} with a byte order mark` : title),
    proofSays: (readBack: boolean, checksum: boolean) =>
      readBack ? 'read back and verified' : checksum ? 'with its SHA-256' : 'not verified',
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
    unit: (kind: string, count: number) =>
      kind === 'rejected' ? (count === 1 ? 'row' : 'rows') : count === 1 ? 'value' : 'values',
    leftOut: 'Left out, because a value does not fit.',
    inColumns: (names: readonly string[], sentence: string) => `${listed(names)}: ${sentence}`,
  },

  dialog: {
    cancel: 'Cancel',
    close: 'Close',
  },

  preview: {
    title: 'Preview',
    tabs: { rows: 'Rows', output: 'Output', schema: 'Schema', losses: 'Losses' },
    updated: (time: string) => `updated in ${time}`,
    problem: 'Problem',
    reading: 'Reading the first rows …',
    rowsRegion: 'First rows of the export',
    outputRegion: 'First bytes of the export',
    row: 'Row',
    null: 'null',
    empty: 'empty',
    noRows: 'No row passes.',
    noSourceRows: 'The source has no rows.',
    noColumns: 'No column goes out.',
    noBytes: 'The output is empty.',
    firstRows: (count: number) =>
      count === 0 ? 'No rows' : `First ${plural(count, 'row', 'rows')}`,
    fromRead: (count: string) => `from ${count} read`,
    look: 'Show as',
    text: 'Text',
    hex: 'Hex',
    marks: 'Invisible characters',
    wholeOutput: (size: string) => `The whole output, ${size} before packing`,
    headOfOutput: (size: string) => `First ${size} before packing`,
  },

  schema: {
    region: 'Columns of the source',
    column: 'Column',
    type: 'Type',
    nulls: 'Null',
    distinct: 'Values',
    why: 'Why',
    typeOf: (name: string) => `Type of ${name}`,
    misfitOf: (name: string) => `If a value of ${name} does not fit`,
    asProposed: 'as proposed',
    reject: 'leave the row out',
    toNull: 'write null',
    fail: 'stop',
    fromAll: (count: string) => `From the whole file, ${count}`,
    fromSample: (count: string) => `From the start of the file, ${count}`,
  },

  place: {
    line: (n: string) => `line ${n}`,
    row: (n: string) => `row ${n}`,
    column: (n: string) => `column ${n}`,
    offset: (n: string) => `byte ${n}`,
    position: (n: string) => `position ${n}`,
  },

  runBar: {
    title: 'Export',
    nothingYet: 'Nothing to export yet',
    openFirst: 'Open a file; the four steps fill themselves in',
    export: 'Export',
    exportKey: 'Ctrl ↵',
    running: (name: string) => `Writing ${name}`,
    keepOpen: 'Keep this tab open until it is done',
    done: (time: string, isVerified: boolean) => `Done in ${time}${isVerified ? ', verified' : ''}`,
    failed: 'Not exported',
    showProblem: 'Show the problem',
    cancelled: 'Cancelled; no file was left behind',
    backToPlan: 'Back to the plan',
  },

  run: {
    progress: 'Share of the source read',
    phase: (phase: 'reading' | 'writing' | 'verifying') =>
      phase === 'verifying' ? 'Reading back and comparing' : 'Reading and writing',
    cancelling: 'Cancelling …',
    cancel: 'Cancel',
    cancelLeaves: 'Cancel leaves no file behind',
    rowsRead: 'rows read',
    rowsWritten: 'rows written',
    read: 'read',
    readOf: (size: string) => `read of ${size}`,
    written: 'written',
    rowsASecond: 'rows a second',
    readASecond: 'read a second',
    elapsed: 'so far',
    left: 'left',
    percentDone: (percent: number) => `${percent} percent done`,
  },

  receipt: {
    title: 'Receipt',
    isDone: (name: string) => `${name} is done`,
    areDone: (count: number) => `${plural(count, 'file', 'files')} done`,
    when: (date: Date, id: string) =>
      `${date.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'medium' })}, in this browser, ${id}`,
    save: 'Save receipt',
    copy: 'Copy as text',
    equation: {
      title: 'Where the rows went',
      rowsIn: 'rows in',
      rowsOut: 'rows out',
      filtered: 'filtered out',
      rejected: 'rejected',
      merged: 'merged',
      added: 'added',
      unbalanced: 'The counts do not agree. Do not rely on this file; report it with the receipt.',
      line: (rowsIn: string, out: string, filtered: string, rejected: string) =>
        `${rowsIn} rows in = ${out} rows out + ${filtered} filtered out + ${rejected} rejected`,
    },
    file: 'File',
    files: 'Files',
    name: 'Name',
    rows: 'Rows',
    size: 'Size',
    sha256: 'SHA-256',
    readBack: 'Read back',
    verified: 'the same, byte for byte',
    notVerified: 'not read back',
    entry: 'Entry',
    entrySays: (name: string, count: string, size: string) => `${name}, ${count} rows, ${size}`,
    proof: 'The run',
    time: 'Time',
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
  },
} as const;
