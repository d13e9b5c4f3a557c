// The card of the Avro source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { isAvro } from './container.ts';
import { avroOptions, type AvroOptions } from './options.ts';
import { AVRO_CARD } from './texts.ts';

export const avroSource: SourceCard<AvroOptions> = {
  id: 'avro',
  ...AVRO_CARD,
  input: 'bytes',
  reads: 'slices',
  extensions: ['avro'],
  mediaTypes: ['application/vnd.apache.avro', 'avro/binary'],
  recognise: (head) => (isAvro(head) ? 3 : 0),
  options: avroOptions,
  async load() {
    const [{ inspectAvro }, { readAvro }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
    ]);
    return {
      inspect: inspectAvro,
      read: readAvro,
      describe: async (context) => (await import('./describe.ts')).describeAvro(context),
    };
  },
};
