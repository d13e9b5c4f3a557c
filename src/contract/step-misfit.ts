// The error for a text that is no value of its column's type where a step needs the value.
import type { Batch } from '../table/batch.ts';
import { typeName } from '../table/data-type.ts';
import { lineOfRow } from '../table/text-block.ts';
import { ExportError, shorten } from './errors.ts';

/** `step.misfit` for column `column` (position in the batch's schema) at a physical row: with type, name and source line. */
export function stepMisfit(batch: Batch, column: number, row: number, text: string): ExportError {
  const field = batch.schema.fields[column]!;
  return new ExportError('step.misfit', {
    value: shorten(text),
    line: batch.block === null ? 0 : lineOfRow(batch.block, row),
    type: typeName(field.type),
    column: shorten(field.name),
  });
}

/** Throws it: what key writers and readers of columns call. */
export function failOnMisfit(batch: Batch, column: number, row: number, text: string): never {
  throw stepMisfit(batch, column, row, text);
}
