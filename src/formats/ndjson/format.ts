// The card of the ndjson format.
import { GEO_LOSSES } from '../../contract/geojson.ts';
import { JSON_LOSSES } from '../../contract/json-values.ts';
import type { FormatCard } from '../../contract/format-plugin.ts';
import { checkNdjson } from './check.ts';
import { NDJSON_OPTIONS, type NdjsonOptions } from './options.ts';
import { CARD_TEXTS, PRESET_TEXTS } from './texts.ts';
import { readBackNdjson } from './read-back.ts';

export const ndjsonFormat: FormatCard<NdjsonOptions> = {
  id: 'ndjson',
  ...CARD_TEXTS,
  family: 'records',
  extension: '.ndjson',
  alsoNamed: [
    { extension: '.jsonl', options: { extension: 'jsonl' } },
    { extension: '.geojsonl', options: { structure: 'geojson' } },
  ],
  mediaType: 'application/x-ndjson',
  fileKind({ structure, extension, recordSeparator }) {
    const isGeo = structure === 'geojson';
    return {
      extension: isGeo ? '.geojsonl' : `.${extension}`,
      ...(recordSeparator && {
        mediaType: isGeo ? 'application/geo+json-seq' : 'application/json-seq',
      }),
    };
  },
  isText: true,
  parallel: 'batch',
  holds: { nulls: true, emptyText: true, types: false, nested: true, exactNumbers: true },
  writesBeside: ({ schemaFile }) => schemaFile,
  appends: ({ schemaFile }) => !schemaFile,
  options: NDJSON_OPTIONS,
  presets: [{ id: 'jsonl', ...PRESET_TEXTS.jsonLines, options: { extension: 'jsonl' } }],
  losses: [...JSON_LOSSES, ...GEO_LOSSES],
  check: ({ options, schema }) => checkNdjson(options, schema),
  readBack: readBackNdjson,
  load: async () => (await import('./encode.ts')).ndjsonModule,
};
