// How JSON is read back to compare its values.
import { HARMLESS_JSON_VALUES, measuresOfJson } from '../../contract/json-read-back.ts';

import {
  cannotRead,
  unreadOption,
  type ReadBack,
  type ReadBackContext,
} from '../../contract/read-back.ts';
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
  among,
}: ReadBackContext<JsonOptions>): ReadBack | { cannot: string } {
  const { structure, shape, headers } = options;
  const isColumnar = structure === 'columnar';
  const unread = unreadOption(
    options,
    JSON_OPTIONS.defaults,
    isColumnar || among !== undefined ? [...HARMLESS, 'structure'] : HARMLESS,
  );
  if (unread !== null) return cannotRead(unread);
  // Several data sets stand beside each other, each a list by its name.
  const rootKey = among?.tables[among.place]!.name ?? options.rootKey;
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
