// The card of the NDJSON source.
import { looksLikeLines } from '../../contract/json-recognition.ts';
import type { SourceCard } from '../../contract/source-plugin.ts';
import { ndjsonOptions, type NdjsonOptions } from './options.ts';
import { NDJSON_CARD } from './texts.ts';

export const ndjsonSource: SourceCard<NdjsonOptions> = {
  id: 'ndjson',
  ...NDJSON_CARD,
  input: 'bytes',
  reads: 'text',
  extensions: ['ndjson', 'jsonl', 'jsonlines', 'ldjson', 'jsonseq', 'geojsonl', 'geojsonseq'],
  trustsName: true,
  mediaTypes: ['application/x-ndjson', 'application/jsonl', 'application/json-seq'],
  recognise: looksLikeLines,
  columnsByName: ({ records }) => records === 'objects',
  options: ndjsonOptions,
  async load() {
    const [{ inspectNdjson }, { readNdjson }, { findLines }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
      import('./find-records.ts'),
    ]);
    return { inspect: inspectNdjson, read: readNdjson, findRecords: findLines };
  },
};
