// How JSON is read back to compare its values.
import { HARMLESS_JSON_VALUES, measuresOfJson } from '../../contract/json-read-back.ts';
import type { ReadBack } from '../../contract/plugins.ts';
import { cannotRead, unreadOption } from '../../contract/read-back.ts';
import type { Schema } from '../../table/data-type.ts';
import { JSON_OPTIONS, type JsonOptions } from './options.ts';

const HARMLESS = [...HARMLESS_JSON_VALUES, 'prettyPrint', 'indent', 'finalNewline'];

export function readBackJson({
  options,
  schema,
}: {
  options: JsonOptions;
  schema: Schema;
}): ReadBack | { cannot: string } {
  const unread = unreadOption(options, JSON_OPTIONS.defaults, HARMLESS);
  if (unread !== null) return cannotRead(unread);
  if (options.shape === 'arrays' && !options.headers) return cannotRead('headers');
  return { kind: 'json', options: {}, columns: measuresOfJson(schema), hasNames: true };
}
