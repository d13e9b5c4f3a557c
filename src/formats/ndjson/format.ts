// The card of the ndjson format.
import { checkJsonValues, JSON_LOSSES } from '../../contract/json-values.ts';
import type { FormatCard } from '../../contract/plugins.ts';
import { NDJSON_OPTIONS, type NdjsonOptions } from './options.ts';
import { CARD_TEXTS } from './texts.ts';

export const ndjsonFormat: FormatCard<NdjsonOptions> = {
  id: 'ndjson',
  ...CARD_TEXTS,
  extension: '.ndjson',
  mediaType: 'application/x-ndjson',
  isText: true,
  parallel: 'batch',
  holds: { nulls: true, emptyText: true, types: false, nested: true, exactNumbers: true },
  options: NDJSON_OPTIONS,
  presets: [],
  losses: JSON_LOSSES,
  check: ({ options, schema }) => checkJsonValues(options, schema),
  load: async () => (await import('./encode.ts')).ndjsonModule,
};
