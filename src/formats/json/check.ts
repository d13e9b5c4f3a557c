// What can be said about json options and columns before the run.
import { checkJsonValues } from '../../contract/json-values.ts';
import type { EncodedTable, FormatFinding } from '../../contract/plugins.ts';
import type { JsonOptions } from './options.ts';
import { checkStructure } from './structure.ts';

/** Conflicts and losses of these options for the columns of these tables. */
export function checkJson(options: JsonOptions, tables: readonly EncodedTable[]): FormatFinding[] {
  const findings = [
    ...tables.flatMap(({ schema }) => checkJsonValues(options, schema)),
    ...checkStructure(options, tables),
  ];
  const { rootKey, structure, includeMetadata } = options;
  if (structure === 'flat' && includeMetadata && (rootKey === '' || rootKey === 'metadata'))
    findings.push({
      severity: 'error',
      option: 'rootKey',
      code: 'json.no-place-for-metadata',
      sentence:
        rootKey === ''
          ? 'A list alone has no place for metadata.'
          : 'The records and the metadata cannot have the same key.',
      remedy: { title: 'Put the records under “records”', options: { rootKey: 'records' } },
    });
  return findings;
}
