// What both ways of joining need to know.
import type { ExportError } from '../../contract/errors.ts';
import type { Batch } from '../../table/batch.ts';
import type { Schema } from '../../table/data-type.ts';
import type { JoinOptions } from './options.ts';

export interface JoinPlan {
  kind: JoinOptions['kind'];
  many: JoinOptions['many'];
  /** Of what comes out: the left columns, then those that are taken. */
  schema: Schema;
  takenSchema: Schema;
  /** For a row that matches several, where that is not allowed. */
  refuseMany(batch: Batch, row: number): ExportError;
}
