// Every word of the list of steps and of their editors, in English.
import { listed, plural } from '../../counted.ts';

export const recipeWords = {
  title: 'Recipe',
  none: 'Rows go out as they come',
  steps: (count: number, off: number) =>
    `${plural(count, 'step', 'steps')}${off > 0 ? `, ${off.toLocaleString('en')} off` : ''}`,
  add: 'Add step',
  addTitle: 'Add a step',
  groups: {
    rows: 'Rows',
    columns: 'Columns',
    values: 'Values',
    summaries: 'Summaries',
    combine: 'Combine',
    others: 'Others',
  },
  noName: '(no name)',
  on: (sentence: string) => `Use: ${sentence}`,
  remove: (sentence: string) => `Remove: ${sentence}`,
  off: 'off',
  inSample: (rows: string) => `counted over the first ${rows} rows`,
  rowsInOut: (before: string, after: string) => `${before} → ${after} rows`,
  rowsBeside: (own: string, others: string) => `${own} + ${others}`,
  rowsKept: (count: string) => `${count} rows`,
  rejected: (count: number) => `${count.toLocaleString('en')} rejected`,
  loading: 'Loading …',
  others: (count: number) => `and ${plural(count, 'other', 'others')}`,
  elsewhere: 'set below',

  say: {
    filter: (text: string) => (text === '' ? 'Filter: none yet' : `Filter: ${text}`),
    time: (text: string) => `Time: ${text}`,
    limit: (offset: number, limit: number | null) =>
      [
        offset > 0 ? `skip ${plural(offset, 'row', 'rows')}` : '',
        limit === null ? '' : `at most ${plural(limit, 'row', 'rows')}`,
      ]
        .filter(Boolean)
        .join(', then '),
    noLimit: 'Limit: none yet',
    sort: (keys: readonly string[]) =>
      keys.length === 0 ? 'Sort: by nothing yet' : `Sort by ${keys.join(', ')}`,
    descending: (name: string) => `${name} descending`,
    distinct: (keep: string, names: readonly string[] | null) =>
      `Keep the ${keep} of rows that are the same${names === null || names.length === 0 ? '' : ` in ${listed(names)}`}`,
    percent: (percent: string) => `Keep ${percent} % of the rows, drawn at random`,
    count: (count: number) => `Keep ${plural(count, 'row', 'rows')}, drawn at random`,
    every: (every: number) => `Keep one row of every ${every.toLocaleString('en')}`,
    select: (parts: readonly string[]) => `Columns: ${parts.join(', ')}`,
    kept: (count: number) => `${count.toLocaleString('en')} kept`,
    leftOut: (count: number) => `${count.toLocaleString('en')} left out`,
    renamed: (count: number) => `${count.toLocaleString('en')} renamed`,
    ordered: 'in another order',
    asTheyAre: 'as they are',
    derive: (names: readonly string[]) =>
      names.length === 0 ? 'Compute: no column yet' : `Compute ${listed(names)}`,
    aggregate: (groups: readonly string[], measures: readonly string[]) =>
      measures.length === 0 && groups.length === 0
        ? 'Summarise: nothing yet'
        : `${measures.length === 0 ? 'One row' : listed(measures)} ${groups.length === 0 ? 'of all rows' : `by ${listed(groups)}`}`,
    pivot: (measures: readonly string[], column: string | null, rows: readonly string[]) =>
      column === null
        ? 'Pivot: no column yet'
        : `A column for each ${column}${rows.length === 0 ? '' : `, a row for each ${listed(rows)}`}${measures.length === 0 ? '' : `: ${listed(measures)}`}`,
    validate: (rules: readonly string[], action: 'reject' | 'report' | 'fail') =>
      rules.length === 0
        ? 'Validate: no rule yet'
        : `Check ${listed(rules)}; ${{ reject: 'leave out', report: 'count', fail: 'stop at' }[action]} rows that break a rule`,
    key: (columns: readonly string[]) => `that ${columns.join(', ')} is unique`,
    lines: (kind: 'mask' | 'cast' | 'replace-values', names: readonly string[]) => {
      const does = { mask: 'Mask', cast: 'Types of', 'replace-values': 'Replace values of' }[kind];
      return names.length === 0 ? `${does} no column yet` : `${does} ${listed(names)}`;
    },
    join: (kind: string, other: string, keys: readonly string[]) => {
      const on = keys.length === 0 ? '' : ` by ${listed(keys)}`;
      if (kind === 'semi') return `Keep rows that ${other} has too${on}`;
      if (kind === 'anti') return `Keep rows that ${other} lacks${on}`;
      return `Join ${other}${on}${kind === 'left' ? ', keep all rows' : ''}`;
    },
    noJoin: 'Join: no other data yet',
    union: (others: readonly string[]) =>
      others.length === 0 ? 'Union: no other data yet' : `Put the rows of ${listed(others)} below`,
    equal: (own: string, other: string) => (own === other ? own : `${own} = ${other}`),
    split: (column: string | null, names: readonly string[]) =>
      column === null
        ? 'Split: no column yet'
        : `Split ${column} into ${names.length === 0 ? 'no column yet' : listed(names)}`,
    joinColumns: (columns: readonly string[], name: string) =>
      columns.length === 0 ? 'Join columns: none yet' : `Join ${listed(columns)} to ${name}`,
    flatten: (columns: readonly string[] | null) =>
      `Take apart ${columns === null ? 'all records' : columns.length === 0 ? 'no column yet' : listed(columns)}`,
    unnest: (column: string | null) =>
      column === null ? 'Unnest: no column yet' : `A row for each element of ${column}`,
    unpivot: (columns: readonly string[] | null, keep: readonly string[] | null, name: string) =>
      `${columns === null ? (keep === null ? 'All columns' : `All but ${listed(keep)}`) : columns.length === 0 ? 'No column yet' : listed(columns)} become rows of ${name}`,
    top: (count: number, by: readonly string[], groups: readonly string[]) =>
      `The first ${plural(count, 'row', 'rows')}${groups.length === 0 ? '' : ` of each ${listed(groups)}`}${by.length === 0 ? '' : ` by ${by.join(', ')}`}`,
    bucket: (name: string, count: number, unit: string) =>
      `${count === 1 ? unit : `${count} ${unit}s`} of ${name}`,
    measureOf: (op: string, name: string) => `${op} of ${name}`,
    option: (title: string, value: string) => `${title.toLowerCase()} ${value}`,
    other: (title: string, parts: readonly string[]) =>
      parts.length === 0 ? title : `${title}: ${parts.join(', ')}`,
  },

  other: {
    openFile: 'Open file',
    help: 'Something that is open here, or a file: open it, or drop it on this line.',
    helpOfHost: 'Another data set that is open here.',
    notOpen: (id: string) => `${id} (not open)`,
    thisOne: (name: string) => `${name} (these rows)`,
    openIt: (id: string) => `Open the file for ${id}, or choose what stands in for it.`,
    howRead: (name: string) => `How ${name} is read`,
  },

  join: {
    with: 'Other data',
    none: 'Choose other data',
    keys: 'Where equal',
    keysHelp: 'Rows belong together where all of these are equal. Null is equal to nothing.',
    pair: (n: number) => `Pair ${n}`,
    own: (n: number) => `Column of pair ${n}`,
    others: (n: number, other: string) => `Column of pair ${n} in ${other}`,
    removePair: (n: number) => `Remove pair ${n}`,
    add: 'Add pair',
    apart: (own: string, other: string) => `${own} and ${other} cannot be compared.`,
    readAs: (name: string, type: string) => `Read ${name} as ${type}`,
    taken: 'Columns to take',
    allTaken: 'All but those above',
    someTaken: 'These',
    twice: (names: readonly string[]) =>
      `${listed(names)} ${names.length === 1 ? 'is' : 'are'} on both sides: each name comes out twice.`,
    renamed: (name: string, to: string, others: number) =>
      `${name} is on both sides: it comes as ${to}${others > 0 ? `, and ${plural(others, 'other', 'others')} likewise` : ''}.`,
  },

  union: {
    with: (n: number, count: number) => (count === 1 ? 'Other data' : `Other data ${n}`),
    none: 'Choose other data',
    add: 'Add other data',
  },

  quick: {
    title: 'Quick filters',
    of: (name: string) => `Values of ${name}`,
    others: (count: string) => `${count} others`,
    none: 'No column is made up of few values.',
    help: 'Keeps rows with one of the values chosen; each column by itself.',
  },

  columns: {
    column: 'Column',
    add: 'Add column',
    remove: (name: string) => `Remove ${name}`,
    missing: (name: string) => `${name} (not there)`,
    byItself: 'By itself',
    these: 'These',
  },

  lines: {
    columns: 'Columns',
    line: (n: number) => `Line ${n}`,
    columnOf: (n: number) => `Column of line ${n}`,
    add: 'Add column',
  },

  mask: {
    personal: (columns: readonly string[]) => `Values look personal: ${columns.join(', ')}.`,
    personalColumn: (name: string, kind: string) => `${name} (${kind})`,
    kinds: {
      email: 'e-mail',
      phone: 'telephone',
      iban: 'bank account',
      card: 'payment card',
      ip: 'IP address',
    },
    maskThese: (count: number) => (count === 1 ? 'Mask it' : 'Mask these'),
    methodOf: (name: string) => `How ${name} is masked`,
    methods: {
      redact: 'A fixed text',
      partial: 'Some characters only',
      hash: 'Hash (SHA-256)',
      hmac: 'Hash with a key',
      pseudonym: 'Pseudonym',
      shift: 'Shifted dates',
      generalise: 'Made coarser',
    },
    params: {
      text: 'Text',
      first: 'First characters',
      last: 'Last characters',
      character: 'Others become',
      length: 'Length',
      prefix: 'Begins with',
      digits: 'Digits',
      days: 'Days at most',
    },
    unitOf: (name: string) => `How coarse ${name} becomes`,
    units: {
      week: 'Begin of the week',
      month: 'Begin of the month',
      quarter: 'Begin of the quarter',
      year: 'Begin of the year',
    },
    step: 'Down to multiples of',
    keyed: 'The same key masks the same value alike, in every file.',
    key: 'Key',
    keyHelp:
      'Kept in this window only: it stands in no template, report or history. Without it the export stops.',
  },

  cast: {
    typeOf: (name: string) => `Type of ${name}`,
    pattern: 'Written as',
    iso: 'ISO 8601',
    patterns: [
      'dd.MM.yyyy',
      'dd/MM/yyyy',
      'MM/dd/yyyy',
      'dd.MM.yyyy HH:mm',
      'MM/dd/yyyy HH:mm:ss',
      'yyyyMMdd',
    ],
    tokensOf: (name: string) => `Language of the pattern of ${name}`,
    tokens: { cldr: 'dd.MM.yyyy', moment: 'DD.MM.YYYY', strftime: '%d.%m.%Y' },
    signs: 'Numbers like',
    signChoices: [
      ['', '1234.56'],
      ['.,', '1,234.56'],
      [',', '1234,56'],
      [',.', '1.234,56'],
      [', ', '1 234,56'],
      [".'", "1'234.56"],
    ],
    otherSigns: (signs: string) => `signs ${signs}`,
    nulls: 'Null is',
    nullsExample: 'n/a',
    another: 'another',
    addNull: (name: string) => `A text that is null in ${name}`,
    removeNull: (text: string, name: string) => `${text} is a value of ${name} again`,
  },

  validate: {
    columns: 'Rules by column',
    addRule: 'Add rule',
    addRuleTo: (name: string) => `Add a rule to ${name}`,
    noRule: 'No rule yet',
    rules: {
      required: 'is there',
      type: 'is of type',
      min: 'at least',
      max: 'at most',
      values: 'is one of',
      pattern: 'matches',
      minLength: 'no shorter than',
      maxLength: 'no longer than',
    },
    characters: 'characters',
    valuesOf: (name: string) => `Values that ${name} may have`,
    value: 'a value',
    addValue: (name: string) => `A value that ${name} may have`,
    removeValue: (text: string, name: string) => `${name} may not be ${text}`,
    patternExample: '^\\d{5}$',
    unique: 'Unique',
    uniqueHelp:
      'No two rows may be the same in the columns of a key; the first of them stays. Null is the same as nothing.',
    key: (n: number) => `Key ${n}`,
    columnsOfKey: (n: number) => `Columns of key ${n}`,
    addKey: 'Add a key',
    conditions: 'Conditions',
    conditionsHelp: 'Must not be false, as in: shipped >= ordered.',
    condition: (n: number) => `Rule ${n}`,
    conditionOf: (n: number) => `Condition of rule ${n}`,
    nameOf: (n: number) => `Name of rule ${n}`,
    name: 'Name',
    conditionExample: 'shipped >= ordered',
    addCondition: 'Add a condition',
    sampled: (rows: string, isAll: boolean) => `${isAll ? '' : 'the first '}${rows} rows`,
    noneBreaks: (sampled: string) => `none of ${sampled} breaks it`,
    someBreak: (count: string, sampled: string, isOne: boolean) =>
      `${count} of ${sampled} ${isOne ? 'breaks' : 'break'} it`,
  },

  replace: {
    otherOf: (name: string) => `Other values of ${name}`,
    others: { keep: 'Others stay', null: 'Others become null', fail: 'Others stop the export' },
    from: (n: number, name: string) => `Text ${n} of ${name}`,
    to: (n: number, name: string) => `In the place of text ${n} of ${name}`,
    null: 'null',
    empty: 'empty',
    add: 'Add text',
    removePair: (n: number, name: string) => `Remove text ${n} of ${name}`,
  },

  pivot: {
    rows: 'Rows',
    list: (count: number) =>
      `List the ${plural(count, 'value', 'values')} of the sample, so that the columns stay the same`,
  },

  shape: {
    allRecords: 'All records',
    noRecords: 'No column that comes to this step holds records.',
    noLists: 'No column that comes to this step holds lists.',
    allOthers: 'All others',
    joined: 'joined',
  },

  sort: {
    keys: 'Sort by',
    key: (n: number) => `Key ${n}`,
    keyOf: (n: number, name: string) => `key ${n}, ${name}`,
    columnOf: (n: number) => `Column of key ${n}`,
    orderOf: (n: number) => `Order of key ${n}`,
    nullsOf: (n: number) => `Null in key ${n}`,
    ascending: 'Ascending',
    descending: 'Descending',
    last: 'Null last',
    first: 'Null first',
    add: 'Add key',
    help: 'The first key weighs most. Rows that are equal in all keys keep their order.',
  },

  derive: {
    columns: 'Columns',
    name: 'Name',
    nameOf: (n: number) => `Name of column ${n}`,
    expression: 'Expression',
    expressionOf: (name: string) => `Expression of ${name}`,
    place: 'Place',
    placeOf: (name: string) => `Place of ${name}`,
    besideOf: (name: string) => `Column that ${name} stands by`,
    places: {
      end: 'At the end',
      before: 'Before',
      after: 'After',
      replace: 'In the place of',
    },
    add: 'Add column',
    newName: (n: number) => (n === 1 ? 'computed' : `computed_${n}`),
    first: 'First values',
    insert: 'Insert a column',
    insertIn: (name: string) => `Insert a column into ${name}`,
    functions: 'Functions',
    find: 'Find a function',
    none: 'No function is called that.',
    groups: { choice: 'Choice', text: 'Text', number: 'Numbers', date: 'Dates and times' },
    example: (text: string, result: string) => `${text} is ${result}`,
  },

  aggregate: {
    groups: 'Group by',
    groupsHelp: 'Rows that are the same in all of these become one. Without any, all rows are one.',
    groupOf: (n: number) => `Group ${n}`,
    bucketOf: (name: string) => `Stretch of time of ${name}`,
    countOf: (name: string) => `How many at once, of ${name}`,
    asIs: 'each value',
    unit: (unit: string, count: number) => `by ${unit}${count === 1 ? '' : 's'}`,
    name: 'Name by itself',
    zoneOf: (name: string) => `Time zone of ${name}`,
    planZone: (zone: string) => `in the plan’s zone, ${zone}`,
    weekStart: 'Week starts',
    weekStarts: { monday: 'Monday', sunday: 'Sunday', saturday: 'Saturday' },
    addGroup: 'Add group column',
    measures: 'Measures',
    measureOf: (n: number) => `Measure ${n}`,
    columnOf: (n: number) => `Column of measure ${n}`,
    percentOf: (n: number) => `Percentile of measure ${n}`,
    nameOf: (what: string) => `Name of ${what}`,
    rows: 'rows',
    addMeasure: 'Add measure',
    ops: {
      count: 'count',
      'count-distinct': 'different values',
      'approx-count-distinct': 'different values, about',
      sum: 'sum',
      avg: 'average',
      min: 'least',
      max: 'greatest',
      median: 'median',
      percentile: 'percentile',
      'approx-percentile': 'percentile, about',
      stddev: 'standard deviation',
      'stddev-pop': 'standard deviation of all',
      variance: 'variance',
      'variance-pop': 'variance of all',
      first: 'first',
      last: 'last',
      mode: 'most frequent',
      list: 'list',
    },
    result: 'Becomes',
  },

  distinct: {
    by: 'Same in',
    all: 'All columns',
    some: 'Some columns',
    help: 'Null is the same as null, but not as empty text.',
  },
};
