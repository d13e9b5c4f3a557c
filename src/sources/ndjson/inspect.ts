// Looks at the first lines and says what the records are and which columns they have.
import { inspectRecords, scanSample } from '../../contract/json-inspection.ts';
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import { ndjsonOptions, type NdjsonOptions } from './options.ts';

/** Proposals for everything the user left open. Throws ExportError for empty input and a first line that is no JSON. */
export function inspectNdjson(
  context: InspectContext<NdjsonOptions>,
): SourceInspection<NdjsonOptions> {
  const options = { ...ndjsonOptions.defaults, ...context.given };
  const scan = scanSample(context);
  const found = inspectRecords(scan, 'lines', 0, options, '', context);
  return {
    ...found.inspection,
    options: {
      ...options,
      records: found.shape,
      header: found.shape === 'arrays' ? (found.hasHeader ? 'present' : 'absent') : options.header,
    },
    evidence: found.evidence,
  };
}
