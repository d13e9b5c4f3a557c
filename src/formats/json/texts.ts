// The words of the json format: its card and the options it has beside those of all JSON values.
import { JSON_VALUE_TEXTS } from '../../contract/json-values.schema.ts';

export const CARD_TEXTS = {
  title: 'JSON',
  purpose: 'One JSON document with all records: for web applications and scripts.',
};

export const OPTION_TEXTS = {
  ...JSON_VALUE_TEXTS,
  'structure.title': 'Structure',
  'structure.help': 'How records are arranged in the document.',
  'structure.flat': 'A list of records',
  'rootKey.title': 'Key of the records',
  'rootKey.help': 'The key of the document that holds the records; empty writes the list alone.',
  'includeMetadata.title': 'Metadata',
  'includeMetadata.help':
    'Adds the key “metadata”: when the document was made, its source, the number of records and the columns with their types.',
  'prettyPrint.title': 'Indent',
  'prettyPrint.help': 'Writes each value on a line of its own, indented by two spaces.',
} as const;

export const PRESET_TEXTS = {
  bare: { title: 'Bare list', help: 'The list of records alone.' },
  readable: { title: 'For people', help: 'Indented, with metadata.' },
};
