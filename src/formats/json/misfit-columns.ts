// Misfits of records made of some of a batch's columns, told by the columns of the batch.
import { MisfitError } from '../../contract/misfit.ts';
import type { Part } from './structure.ts';

/** What `work` gives; a MisfitError in a column of the part is thrown as one of the table's. */
export function throughPart<T>({ positions }: Part, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof MisfitError)) throw thrown;
    const { columnIndex, rowInBatch, valueText } = thrown;
    throw new MisfitError(positions[columnIndex]!, rowInBatch, valueText);
  }
}
