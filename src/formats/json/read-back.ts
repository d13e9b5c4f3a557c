// How JSON is read back to compare its values.
import { HARMLESS_JSON_VALUES, measuresOfJson } from '../../contract/json-read-back.ts';

import { cannotRead, unreadOption, type ReadBack } from '../../contract/read-back.ts';
import type { Schema } from '../../table/data-type.ts';
import { JSON_OPTIONS, type JsonOptions } from './options.ts';

const HARMLESS = [
  ...HARMLESS_JSON_VALUES,
  'rootKey',
  'includeMetadata',
  'metadataPlace',
  'prettyPrint',
  'indent',
  'finalNewline',
];

export function readBackJson({
  options,
  schema,
}: {
  options: JsonOptions;
  schema: Schema;
}): ReadBack | { cannot: string } {
  const { structure, rootKey, shape, headers } = options;
  const isColumnar = structure === 'columnar';
  const unread = unreadOption(
    options,
    JSON_OPTIONS.defaults,
    isColumnar ? [...HARMLESS, 'structure'] : HARMLESS,
  );
  if (unread !== null) return cannotRead(unread);
  if (shape === 'arrays' && !headers) return cannotRead('headers');
  return {
    kind: 'json',
    options: {
      path: rootKey === '' ? '' : `/${rootKey.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      layout: isColumnar ? 'columns' : 'list',
      ...(!isColumnar && { records: shape }),
      ...(shape === 'arrays' && { header: 'present' }),
    },
    columns: measuresOfJson(schema),
    hasNames: true,
  };
}
