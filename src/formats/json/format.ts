// The card of the json format.
import { GEO_LOSSES } from '../../contract/geojson.ts';
import { JSON_LOSSES } from '../../contract/json-values.ts';
import type { FormatCard } from '../../contract/format-plugin.ts';
import { checkJson } from './check.ts';
import { JSON_OPTIONS, type JsonOptions } from './options.ts';
import { CARD_TEXTS, PRESET_TEXTS } from './texts.ts';
import { readBackJson } from './read-back.ts';

export const jsonFormat: FormatCard<JsonOptions> = {
  id: 'json',
  ...CARD_TEXTS,
  family: 'records',
  extension: '.json',
  alsoNamed: [{ extension: '.geojson', options: { structure: 'geojson' } }],
  mediaType: 'application/json',
  fileKind: ({ structure }) =>
    structure === 'geojson' ? { extension: '.geojson', mediaType: 'application/geo+json' } : {},
  isText: true,
  parallel: 'batch',
  holds: { nulls: true, emptyText: true, types: false, nested: true, exactNumbers: true },
  takesMany: { structure: 'normalized' },
  timeOption: ({ includeMetadata }) => (includeMetadata ? 'includeMetadata' : null),
  writesBeside: ({ schemaFile }) => schemaFile,
  options: JSON_OPTIONS,
  presets: [
    { id: 'bare', ...PRESET_TEXTS.bare, options: { rootKey: '' } },
    {
      id: 'columns',
      ...PRESET_TEXTS.columns,
      options: { structure: 'columnar', rootKey: '' },
    },
    {
      id: 'readable',
      ...PRESET_TEXTS.readable,
      options: { prettyPrint: true, includeMetadata: true },
    },
  ],
  losses: [
    ...JSON_LOSSES,
    ...GEO_LOSSES,
    { code: 'json.null-key', kind: 'lost', isCounted: true },
    { code: 'json.key-left-out', kind: 'lost', isCounted: true, option: 'duplicateKeys' },
    { code: 'json.key-numbered', kind: 'changed', isCounted: true, option: 'duplicateKeys' },
    { code: 'json.entity-differs', kind: 'lost', isCounted: true, option: 'entities' },
    { code: 'json.no-key', kind: 'lost', isCounted: true, option: 'entities' },
  ],
  check: ({ options, schema, tables }) => checkJson(options, tables ?? [{ name: '', schema }]),
  readBack: readBackJson,
  load: async () => (await import('./encode.ts')).jsonModule,
};
