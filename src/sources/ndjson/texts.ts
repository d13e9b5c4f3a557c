// The English words of the NDJSON source: its card and the options it words itself.
import { JSON_RECORD_TEXTS } from '../../contract/json-source.schema.ts';
import type { OptionTexts } from '../../contract/options.schema.ts';

export const NDJSON_CARD = {
  title: 'NDJSON (JSON Lines)',
  purpose: 'One JSON record on each line: logs, streams and exports of databases.',
};

export const NDJSON_OPTION_TEXTS: OptionTexts = {
  ...JSON_RECORD_TEXTS,
  'badRecords.title': 'Bad lines',
  'badRecords.help': 'What happens to lines that are no JSON, or no record like the others.',
};
