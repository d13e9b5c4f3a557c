// How Parquet files are read back to compare their values.

import { cannotRead, measuresOf, type ReadBack } from '../../contract/read-back.ts';
import type { Schema } from '../../table/data-type.ts';
import type { ParquetOptions } from './options.ts';

export function readBackParquet({
  options,
  schema,
}: {
  options: ParquetOptions;
  schema: Schema;
}): ReadBack | { cannot: string } {
  // Another type may hold less.
  if (options.schema.length > 0) return cannotRead('schema');
  return { kind: 'parquet', options: {}, columns: measuresOf(schema), hasNames: true };
}
