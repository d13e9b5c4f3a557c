// The card of the JSON source.
import { looksLikeDocument } from '../../contract/json-recognition.ts';
import type { SourceCard } from '../../contract/source-plugin.ts';
import { jsonOptions, type JsonOptions } from './options.ts';
import { JSON_CARD } from './texts.ts';

export const jsonSource: SourceCard<JsonOptions> = {
  id: 'json',
  ...JSON_CARD,
  input: 'bytes',
  reads: 'text',
  extensions: ['json', 'geojson', 'topojson', 'webmanifest', 'har'],
  trustsName: true,
  mediaTypes: ['application/json', 'application/geo+json'],
  recognise: looksLikeDocument,
  columnsByName: ({ layout, records }) => layout !== 'columns' && records === 'objects',
  options: jsonOptions,
  async load() {
    const [{ inspectJson }, { readJson }, { findJsonRecords }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
      import('./find-records.ts'),
    ]);
    return { inspect: inspectJson, read: readJson, findRecords: findJsonRecords };
  },
};
