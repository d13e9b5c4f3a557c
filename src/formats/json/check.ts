// What can be said about json options and columns before the run.
import { checkJsonValues } from '../../contract/json-values.ts';
import type { FormatFinding } from '../../contract/plugins.ts';
import type { Schema } from '../../table/data-type.ts';
import type { JsonOptions } from './options.ts';

/** Conflicts and losses of these options for these columns. */
export function checkJson(options: JsonOptions, schema: Schema): FormatFinding[] {
  const findings = checkJsonValues(options, schema);
  if (options.includeMetadata && (options.rootKey === '' || options.rootKey === 'metadata'))
    findings.push({
      severity: 'error',
      option: 'rootKey',
      code: 'json.no-place-for-metadata',
      sentence:
        options.rootKey === ''
          ? 'A list alone has no place for metadata.'
          : 'The records and the metadata cannot have the same key.',
      remedy: { title: 'Put the records under “records”', options: { rootKey: 'records' } },
    });
  return findings;
}
