// The words of the json format: its card and the options it has beside those of all JSON values.
import { GEO_TEXTS } from '../../contract/geojson-texts.ts';
import { JSON_VALUE_TEXTS } from '../../contract/json-values.schema.ts';

export const CARD_TEXTS = {
  title: 'JSON',
  purpose: 'One JSON document with all records: for web applications and scripts.',
};

export const OPTION_TEXTS = {
  ...JSON_VALUE_TEXTS,
  ...GEO_TEXTS,
  'structure.title': 'Structure',
  'structure.help': 'How records are arranged in the document.',
  'structure.flat': 'A list of records',
  'structure.columnar': 'A list of values for each column',
  'structure.keyed': 'Records by a key of their own',
  'structure.nested': 'Records under the groups they belong to',
  'structure.normalized': 'Entities by their keys, with references',
  'structure.geojson': 'GeoJSON features, for maps',
  'rootKey.title': 'Key of the records',
  'rootKey.help': 'The key of the document that holds the records; empty writes the list alone.',
  'keyColumns.title': 'Columns of the key',
  'keyColumns.help':
    'The column whose values become the keys; of several columns the list is one key: ["Lima","Norte"].',
  'keepKey.title': 'Keep the key in the record',
  'keepKey.help': 'The columns of the key stand in the record too.',
  'duplicateKeys.title': 'Repeated keys',
  'duplicateKeys.help': 'What becomes of a row whose key is there already; rows are counted.',
  'duplicateKeys.fail': 'Stop with an error',
  'duplicateKeys.first': 'Keep the first, leave out the others',
  'duplicateKeys.number': 'Number the keys: a, a_2',
  'levels.title': 'Groups',
  'levels.help':
    'The columns that group the records, outermost first, each with the key its groups stand under. Rows of a group must follow each other: sort by these columns first.',
  'childrenKey.title': 'Key of the records in a group',
  'childrenKey.help': 'The key under which a group holds its records.',
  'entities.title': 'Entities',
  'entities.help':
    'What the document holds, each under its name. With a key, each value of it stands once; without, every row is a record of a list. Without entities each data set is a list under its name.',
  'entities.name.title': 'Name',
  'entities.dataset.title': 'Data set',
  'entities.key.title': 'Key',
  'entities.columns.title': 'Columns',
  'entities.columns.help': 'None named: all.',
  'levels.column.title': 'Column',
  'levels.key.title': 'Key',
  'references.from.title': 'Entity',
  'references.column.title': 'Column',
  'references.to.title': 'Refers to',
  'references.title': 'References',
  'references.help':
    'Which columns hold keys of which entity. They stand under “relationships”. A key’s column in another entity of the same data set is a reference by itself.',
  'includeMetadata.title': 'Metadata',
  'includeMetadata.help':
    'Adds the key “metadata”: when the document was made, its source, the number of records and the columns with their types.',
  'metadataPlace.title': 'Place of the metadata',
  'metadataPlace.help':
    'Before the records nobody knows their number: it then follows them under the key “rowCount”.',
  'metadataPlace.after': 'After the records',
  'metadataPlace.before': 'Before the records',
  'prettyPrint.title': 'Indent',
  'prettyPrint.help': 'Writes each value on a line of its own, indented.',
  'indent.title': 'Width of an indent',
  'indent.help': 'What a value is indented by.',
  'indent.2': 'Two spaces',
  'indent.4': 'Four spaces',
  'indent.8': 'Eight spaces',
  'indent.tab': 'A tab',
  'finalNewline.title': 'Line break at the end',
  'finalNewline.help': 'Ends the document with a line break, as text files do.',
} as const;

export const PRESET_TEXTS = {
  bare: { title: 'Bare list', help: 'The list of records alone.' },
  columns: { title: 'By column', help: 'A list of values per column: for charts and data frames.' },
  readable: { title: 'For people', help: 'Indented, with metadata.' },
};

/** What cannot be of a document. */
export const CHECK_TEXTS = {
  bareMetadata: 'A list alone has no place for metadata.',
  sameKey: (key: string): string =>
    `The records and the metadata cannot both have the key “${key}”.`,
  underRecords: 'Put the records under “records”',
} as const;

/** What was counted while writing. */
export const LOSS_TEXTS = {
  'json.null-key':
    'A row without a value in a column that groups stands under the key “null”, as one with that text would.',
  'json.entity-differs':
    'A row has other values than the record with its key that was written before: the first stands.',
  'json.key-left-out': 'A row was left out because its key was there already.',
  'json.key-numbered': 'A key was numbered because it was there already.',
  'json.no-key': 'A row without a value in the key of every entity was left out.',
} as const;

/** What a structure cannot be. */
export const STRUCTURE_TEXTS = {
  columnsCannotExpand: 'Lists of columns go side by side: an array cannot become several values.',
  columnsNeedNulls: 'Lists of columns cannot leave nulls out: the values after them would move.',
  columnsNeedNullsRemedy: 'Write nulls as null',
  needsKey: 'The keyed structure does not know which column the keys come from.',
  needsKeyRemedy: (column: string): string => `Take the keys from “${column}”`,
  needsObjects:
    'Columns, groups and entities hold objects: records that are arrays have no place there.',
  needsObjectsRemedy: 'Write records as objects',
  needsLevels: 'The nested structure does not know what to group by.',
  needsLevelsRemedy: (column: string): string => `Group by “${column}”`,
  levelRepeated: 'A column groups twice.',
  keyRepeated: (key: string): string => `The key “${key}” would stand twice in the document.`,
  cannotExpand: 'An entity is one record: its arrays cannot become one each.',
  cannotExpandRemedy: 'Keep arrays as arrays',
  needsEntities: 'The normalized structure does not know which entities the rows hold.',
  needsEntitiesRemedy: (name: string): string => `Take out “${name}”`,
  leftOut: (table: string): string => `The data set “${table}” belongs to no entity.`,
  noEntity: (name: string): string => `A reference names “${name}”, which is no entity.`,
  noTable: (entity: string, table: string): string =>
    `The entity “${entity}” comes from “${table}”, which is no data set of this output.`,
  noTableRemedy: (known: readonly string[]): string =>
    `Name one of its data sets as “dataset”: ${known.join(', ')}.`,
} as const;
