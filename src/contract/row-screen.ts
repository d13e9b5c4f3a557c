// What a step lets a source leave out before it reads whole rows.
import type { Batch } from '../table/batch.ts';

/** What a step can say of rows of which only some columns were read. */
export interface RowScreen {
  /** The columns it looks at, by position. */
  columns: ReadonlySet<number>;
  /**
   * Rows of a batch without selection that may pass the step, ascending; null where only the step itself can tell. Columns
   * that are not looked at may hold anything, of any length. Throws nothing.
   */
  pick(batch: Batch): Uint32Array | null;
}
