// What the options of the ndjson format do, shown on the sample table.
import { GEO_EXAMPLES } from '../../contract/geojson.examples.ts';
import { JSON_VALUE_EXAMPLES } from '../../contract/json-values.examples.ts';
import type { OptionExamples } from '../../contract/options.schema.ts';

export const NDJSON_EXAMPLES: OptionExamples = {
  ...JSON_VALUE_EXAMPLES,
  ...GEO_EXAMPLES,
  structure: [
    {
      options: { structure: 'geojson' },
      columns: ['order', 'lon', 'lat'],
      begins:
        '{"type":"Feature","geometry":{"type":"Point","coordinates":[-77.03,-12.05]},"properties":{"order":1001}}\n',
    },
  ],
  extension: [
    {
      options: { extension: 'jsonl' },
      columns: ['order'],
      finds: { extension: '.jsonl' },
    },
  ],
  recordSeparator: [
    {
      options: { recordSeparator: true },
      columns: ['order'],
      begins: '\u001e{"order":1001}\n\u001e{',
    },
  ],
};
