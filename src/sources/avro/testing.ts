// Reads whole Avro bytes in tests.
import { sliceReader } from '../slice-testing.ts';
import { inspectAvro } from './inspect.ts';
import { avroOptions } from './options.ts';
import { readAvro } from './read.ts';

export const readAll = sliceReader(
  'test.avro',
  { inspect: inspectAvro, read: readAvro },
  avroOptions.defaults,
);
