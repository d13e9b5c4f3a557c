// How Avro files are read back to compare their values.

import { cannotRead, measuresOf, type ReadBack } from '../../contract/read-back.ts';
import type { Schema } from '../../table/data-type.ts';
import type { AvroOptions } from './options.ts';

export function readBackAvro({
  options,
  schema,
}: {
  options: AvroOptions;
  schema: Schema;
}): ReadBack | { cannot: string } {
  // A double holds another number than the decimal it stands for.
  if (options.decimals === 'double') return cannotRead('decimals');
  return { kind: 'avro', options: {}, columns: measuresOf(schema) };
}
