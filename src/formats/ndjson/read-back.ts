// How NDJSON is read back to compare its values.
import { HARMLESS_JSON_VALUES, measuresOfJson } from '../../contract/json-read-back.ts';

import { cannotRead, unreadOption, type ReadBack } from '../../contract/read-back.ts';
import type { Schema } from '../../table/data-type.ts';
import { NDJSON_OPTIONS, type NdjsonOptions } from './options.ts';

export function readBackNdjson({
  options,
  schema,
}: {
  options: NdjsonOptions;
  schema: Schema;
}): ReadBack | { cannot: string } {
  const unread = unreadOption(options, NDJSON_OPTIONS.defaults, [
    ...HARMLESS_JSON_VALUES,
    'extension',
  ]);
  if (unread !== null) return cannotRead(unread);
  const { shape, headers } = options;
  if (shape === 'arrays' && !headers) return cannotRead('headers');
  return {
    kind: 'ndjson',
    options: { records: shape, ...(shape === 'arrays' && { header: 'present' }) },
    columns: measuresOfJson(schema),
    hasNames: true,
  };
}
