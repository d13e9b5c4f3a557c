// The English words of the JSON source: its card, and the options it has beside those of all JSON records.
import { JSON_RECORD_TEXTS } from '../../contract/json-source.schema.ts';
import type { OptionTexts } from '../../contract/options.schema.ts';

export const JSON_CARD = {
  title: 'JSON',
  purpose: 'One JSON document: a list of records, or records anywhere inside of it.',
};

export const JSON_OPTION_TEXTS: OptionTexts = {
  ...JSON_RECORD_TEXTS,
  'path.title': 'Path of the records',
  'path.help':
    'A JSON pointer to what holds the records, such as /data/items. Empty text is the whole document; not set, it is found from the start of the file.',
  'layout.title': 'Layout',
  'layout.help': 'How the records stand there.',
  'layout.auto': 'Find out from the start of the file',
  'layout.list': 'A list of records',
  'layout.entries': 'An object of records: the keys become a column',
  'layout.columns': 'An object of lists: each list is a column',
  'layout.single': 'One record',
  'layout.sequence': 'One record after the other',
  'keyColumn.title': 'Column of the keys',
  'keyColumn.help': 'What the column is called that holds the keys of the records.',
  'badRecords.title': 'Other records',
  'badRecords.help': 'What happens to records that are not made like the others.',
};

export const WRONG_POINTER =
  'it is no JSON pointer: a path begins with “/”, and “~” is written ~0, “/” in a key ~1';
