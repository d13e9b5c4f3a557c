// What can be said about json options and columns before the run.
import { checkJsonValues } from '../../contract/json-values.ts';
import type { EncodedTable } from '../../contract/encoder.ts';
import type { FormatFinding } from '../../contract/format-finding.ts';
import { checkNames } from './check-names.ts';
import { metadataKeys } from './metadata.ts';
import type { JsonOptions } from './options.ts';
import { checkStructure } from './structure.ts';
import { CHECK_TEXTS } from './texts.ts';

/** Conflicts and losses of these options for the columns of these tables. */
export function checkJson(options: JsonOptions, tables: readonly EncodedTable[]): FormatFinding[] {
  const missing = checkNames(options, tables);
  return [
    ...checkJsonValues(options, ...tables.map(({ schema }) => schema)),
    ...(missing.length > 0 ? missing : checkStructure(options, tables)),
    ...checkRoot(options),
  ];
}

function checkRoot(options: JsonOptions): FormatFinding[] {
  const { rootKey, structure } = options;
  const taken = metadataKeys(options);
  if (
    !['flat', 'columnar', 'keyed'].includes(structure) ||
    (rootKey !== '' && !taken.includes(rootKey))
  )
    return [];
  if (taken.length === 0) return [];
  return [
    {
      severity: 'error',
      option: 'rootKey',
      code: 'json.no-place-for-metadata',
      sentence: rootKey === '' ? CHECK_TEXTS.bareMetadata : CHECK_TEXTS.sameKey(rootKey),
      remedy: { title: CHECK_TEXTS.underRecords, options: { rootKey: 'records' } },
    },
  ];
}
