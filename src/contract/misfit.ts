// What an encoder throws when a text field is not a value of its column's type: the engine restarts with the column as text.

/**
 * A field that does not fit its column's logical type. Not an ExportError: the engine decides what it means (restart the
 * unpublished run with the column as text, or `encode.misfit` when it cannot be started again).
 */
export class MisfitError extends Error {
  /** Position in the batch's schema. */
  readonly columnIndex: number;
  /** Physical row in the batch (for `lineOfRow`). */
  readonly rowInBatch: number;
  /** The field's content. */
  readonly valueText: string;

  constructor(columnIndex: number, rowInBatch: number, valueText: string) {
    super(`a value of column ${columnIndex} does not fit its type`);
    this.name = 'MisfitError';
    this.columnIndex = columnIndex;
    this.rowInBatch = rowInBatch;
    this.valueText = valueText;
  }
}
