// Text fields that do not fit the inferred type of their column, with their places in the source: for the restart or the error.
import { ExportError, shorten } from '../contract/errors.ts';
import { MisfitError } from '../contract/misfit.ts';
import type { EncoderContext, FormatModule } from '../contract/plugins.ts';
import type { Batch } from '../table/batch.ts';
import { typeName, type Schema } from '../table/data-type.ts';
import { lineOfRow } from '../table/text-block.ts';

/** Where a field stands that does not fit. */
export interface MisfitPlace {
  /** Column of the source; -1 when the value is not one of its text fields. */
  sourceColumn: number;
  columnName: string;
  value: string;
  line: number;
}

/** A misfit that ended the run, and those of other columns in the same rows, which a fresh start would meet next. */
export class SourceMisfit extends Error {
  readonly first: MisfitPlace;
  readonly others: readonly MisfitPlace[];

  constructor(first: MisfitPlace, others: readonly MisfitPlace[]) {
    super(`${first.columnName}, line ${first.line}: ${first.value}`);
    this.first = first;
    this.others = others;
  }
}

/**
 * What to throw instead of `thrown`, which encoding `batch` gave: a misfit gets its place, anything else stays. The other
 * columns are tried one by one, so that a table of thousands of columns is not started again for each of them.
 */
export function placeMisfit(
  thrown: unknown,
  batch: Batch,
  format: FormatModule<unknown>,
  context: EncoderContext<unknown>,
): unknown {
  if (!(thrown instanceof MisfitError)) return thrown;
  const lines = new Map<number, number>();
  const placed = (columnIndex: number, misfit: MisfitError): MisfitPlace => {
    const row = misfit.rowInBatch;
    if (!lines.has(row)) lines.set(row, batch.block === null ? 0 : lineOfRow(batch.block, row));
    const column = batch.columns[columnIndex];
    return {
      sourceColumn: column?.storage === 'text' ? column.index : -1,
      columnName: batch.schema.fields[columnIndex]?.name ?? '',
      value: misfit.valueText,
      line: lines.get(row)!,
    };
  };
  const others: MisfitPlace[] = [];
  for (const [index, column] of batch.columns.entries()) {
    const field = batch.schema.fields[index]!;
    if (index === thrown.columnIndex || column.storage !== 'text') continue;
    if (field.origin !== 'inferred' || field.type.kind === 'utf8') continue;
    const schema = { fields: [field] };
    try {
      const encoder = format.openEncoder({ ...context, schema });
      encoder.encodeBatch({ ...batch, schema, columns: [column] }, { firstRow: 0, isFirst: false });
    } catch (other) {
      // Whatever else is wrong will be said by the run itself.
      if (other instanceof MisfitError) others.push(placed(index, other));
    }
  }
  return new SourceMisfit(placed(thrown.columnIndex, thrown), others);
}

/** Those misfits of inferred types that reading the columns as text cures, in the columns' order; none if the first is not. */
export function curableMisfits(thrown: unknown, source: Schema): MisfitPlace[] {
  if (!(thrown instanceof SourceMisfit)) return [];
  const isInferred = ({ sourceColumn }: MisfitPlace): boolean =>
    source.fields[sourceColumn]?.origin === 'inferred';
  if (!isInferred(thrown.first)) return [];
  return [thrown.first, ...thrown.others.filter(isInferred)].toSorted(
    (a, b) => a.sourceColumn - b.sourceColumn,
  );
}

/** What a misfit that cannot be cured says to a person; anything else stays. */
export function misfitError(thrown: unknown, source: Schema): unknown {
  if (!(thrown instanceof SourceMisfit)) return thrown;
  const { sourceColumn, columnName, value, line } = thrown.first;
  const field = source.fields[sourceColumn];
  return new ExportError('encode.misfit', {
    value: shorten(value),
    line,
    type: field ? typeName(field.type) : 'the column',
    column: shorten(columnName),
  });
}
