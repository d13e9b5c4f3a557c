// What ends a reading that may begin again: a text field that is no value of its column's type, and a source that needs another schema.
import type { Schema } from '../table/data-type.ts';
import type { ExportError } from './errors.ts';

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

/** What a source met that the schema it was read with has no room for. */
export interface SchemaChange {
  column: string;
  /** The type's name so far; null for a column that is new. */
  from: string | null;
  value: string;
  /** 1-based. */
  line: number;
}

/**
 * Thrown by a source's `read` instead of losing a value of an inferred schema: a key that no record of the sample had, a
 * value of another kind. The engine starts the unpublished run again with `schema`, which keeps every column in its place and
 * may add some behind; where that is impossible it throws `error`.
 */
export class SchemaGrowth extends Error {
  readonly schema: Schema;
  readonly changes: readonly SchemaChange[];
  readonly error: ExportError;

  constructor(schema: Schema, changes: readonly SchemaChange[], error: ExportError) {
    super('the source needs another schema');
    this.name = 'SchemaGrowth';
    this.schema = schema;
    this.changes = changes;
    this.error = error;
  }
}
