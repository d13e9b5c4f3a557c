// The words of the ndjson format: its card and the options it has beside those of all JSON values.
import { GEO_TEXTS } from '../../contract/geojson-texts.ts';
import { JSON_VALUE_TEXTS } from '../../contract/json-values.schema.ts';

export const CARD_TEXTS = {
  title: 'NDJSON',
  purpose: 'One JSON record per line (JSON Lines): for logs, streams and loading into databases.',
};

export const OPTION_TEXTS = {
  ...JSON_VALUE_TEXTS,
  ...GEO_TEXTS,
  'structure.title': 'Structure',
  'structure.help': 'What each line is.',
  'structure.records': 'A record',
  'structure.geojson': 'A GeoJSON feature, for maps',
  'extension.title': 'Extension of the file',
  'extension.help': 'The two names of one format. GeoJSON features get .geojsonl.',
  'extension.ndjson': '.ndjson',
  'extension.jsonl': '.jsonl',
  'recordSeparator.title': 'Record separators',
  'recordSeparator.help':
    'Begins each record with the character U+001E, as JSON text sequences have it (RFC 7464).',
} as const;

export const PRESET_TEXTS = {
  jsonLines: { title: 'JSON Lines', help: 'The same lines in a .jsonl file.' },
};
