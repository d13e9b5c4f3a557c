// The errors for values that a step cannot work with: a text that is no value of its column's type, and what a rule refuses.
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

/** `step.refused` for a physical row: the sentence says why, the source line is put before it. */
export function stepRefused(batch: Batch, row: number, detail: string): ExportError {
  const where = batch.block === null ? '' : `Line ${lineOfRow(batch.block, row)}: `;
  return new ExportError('step.refused', { where, detail });
}
