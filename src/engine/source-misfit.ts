// Text fields that do not fit the inferred type of their column, with their places in the source: for the restart or the error.
import { ExportError, shorten } from '../contract/errors.ts';
import { MisfitError } from '../contract/misfit.ts';
import type { EncoderContext } from '../contract/encoder.ts';
import type { FormatModule } from '../contract/format-plugin.ts';
import type { Batch, Column } from '../table/batch.ts';
import { typeName, type DataType, type Field } from '../table/data-type.ts';
import { lineOfRow, type TextBlock } from '../table/text-block.ts';
import type { AsText, SourceUse } from './graph.ts';

/** Where a field stands that does not fit. */
export interface MisfitPlace {
  /** The source and its column; null when the value is not one of a source's text fields. */
  from: { source: SourceUse; column: number } | null;
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
 * Which source a text field came from. Blocks are known as they are read; in one that a step has written anew, the type tells:
 * each source column of a plan has a type object of its own, which moves on with its field.
 */
export class FieldOrigins {
  readonly #blocks = new WeakMap<TextBlock, { source: SourceUse; columns: readonly Column[] }>();
  readonly #types = new Map<DataType, { source: SourceUse; column: number }>();

  constructor(sources: readonly SourceUse[]) {
    for (const source of sources)
      for (const [column, field] of source.planned.schema.fields.entries())
        if (field.origin === 'inferred') this.#types.set(field.type, { source, column });
  }

  /** Told of every batch as its source gives it. */
  note(batch: Batch, source: SourceUse): void {
    if (batch.block !== null) this.#blocks.set(batch.block, { source, columns: batch.columns });
  }

  of(block: TextBlock, index: number, type: DataType): MisfitPlace['from'] {
    const known = this.#blocks.get(block);
    if (known === undefined) return this.#types.get(type) ?? null;
    const { source, columns } = known;
    // A block may hold fewer columns than its source, or in another order (of several files).
    const column = columns.findIndex((each) => each.storage === 'text' && each.index === index);
    // What is read as text already was put under another source's type: that one must give way.
    const isText = source.planned.schema.fields[column]?.type.kind === 'utf8';
    return isText ? (this.#types.get(type) ?? null) : { source, column };
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
  origins: FieldOrigins,
): unknown {
  if (!(thrown instanceof MisfitError)) return thrown;
  const lines = new Map<number, number>();
  const placed = (columnIndex: number, misfit: MisfitError): MisfitPlace => {
    const row = misfit.rowInBatch;
    if (!lines.has(row)) lines.set(row, batch.block === null ? 0 : lineOfRow(batch.block, row));
    const column = batch.columns[columnIndex];
    const field = batch.schema.fields[columnIndex];
    return {
      from:
        column?.storage === 'text' && field !== undefined
          ? origins.of(batch.block!, column.index, field.type)
          : null,
      columnName: field?.name ?? '',
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
      const { tables: _, ...alone } = context;
      const encoder = format.openEncoder({ ...alone, schema });
      encoder.encodeBatch({ ...batch, schema, columns: [column] }, { firstRow: 0, isFirst: false });
    } catch (other) {
      // Whatever else is wrong will be said by the run itself.
      if (other instanceof MisfitError) others.push(placed(index, other));
    }
  }
  return new SourceMisfit(placed(thrown.columnIndex, thrown), others);
}

/** A source column that will be read as text. */
export interface CurableMisfit extends MisfitPlace {
  from: { source: SourceUse; column: number };
  field: Field;
}

/** Those misfits of inferred types that reading the columns as text cures, in the columns' order; none if the first is not. */
export function curableMisfits(thrown: unknown): CurableMisfit[] {
  if (!(thrown instanceof SourceMisfit)) return [];
  const curable = (place: MisfitPlace): CurableMisfit[] => {
    const { from } = place;
    const field = from?.source.planned.schema.fields[from.column];
    return from !== null && field?.origin === 'inferred' && field.type.kind !== 'utf8'
      ? [{ ...place, from, field }]
      : [];
  };
  const first = curable(thrown.first);
  if (first.length === 0) return [];
  return [...first, ...thrown.others.flatMap(curable)].toSorted(
    (a, b) => a.from.column - b.from.column,
  );
}

/** Adds the columns of misfits to those that are read as text. */
export function addAsText(asText: AsText, misfits: readonly CurableMisfit[]): void {
  for (const { from } of misfits) {
    const columns = asText.get(from.source.id) ?? new Set();
    columns.add(from.column);
    asText.set(from.source.id, columns);
  }
}

/** What a misfit that cannot be cured says to a person; anything else stays. */
export function misfitError(thrown: unknown): unknown {
  if (!(thrown instanceof SourceMisfit)) return thrown;
  const { from, columnName, value, line } = thrown.first;
  const field = from?.source.planned.schema.fields[from.column];
  return new ExportError('encode.misfit', {
    value: shorten(value),
    line,
    type: field ? typeName(field.type) : 'the column',
    column: shorten(columnName),
  });
}
