// The keys of both sides of a join: bytes that are equal where the values are, whatever types they stand in.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import { failOnMisfit } from '../../contract/step-misfit.ts';
import type { Batch } from '../../table/batch.ts';
import { columnAs } from '../../table/convert-columns.ts';
import { typeName, type DataType, type Field, type Schema } from '../../table/data-type.ts';
import { createKeyedRows, type KeyedRows } from '../../table/keyed-rows.ts';
import { commonType, sharesKeys } from './common-type.ts';
import type { JoinOptions } from './options.ts';
import { JOIN_SAYS } from './texts.ts';

export interface SideKeys {
  /** Positions of the key columns. */
  columns: number[];
  of(batch: Batch): KeyedRows;
}

/** Throws `config.unknown-column`, and `config.conflict` for types whose values are never equal. */
export function createJoinKeys(
  left: Schema,
  right: Schema,
  other: string,
  on: JoinOptions['on'],
): { left: SideKeys; right: SideKeys } {
  const pairs = on.map((pair) => {
    const ofLeft = resolveColumn(left, pair.left);
    const ofRight = resolveColumn(right, pair.right);
    const [a, b] = [left.fields[ofLeft]!, right.fields[ofRight]!];
    const type = commonType(a.type, b.type);
    if (type === null) throw apart(a, b, other);
    return { ofLeft, ofRight, type };
  });
  const types = pairs.map(({ type }) => type);
  return {
    left: sideKeys(
      left,
      pairs.map(({ ofLeft }) => ofLeft),
      types,
    ),
    right: sideKeys(
      right,
      pairs.map(({ ofRight }) => ofRight),
      types,
    ),
  };
}

function apart(left: Field, right: Field, other: string): ExportError {
  const leftGives = left.type.kind === 'utf8' || left.type.kind === 'timestamp';
  const [from, to] = leftGives ? [left, right] : [right, left];
  return new ExportError('config.conflict', {
    detail: JOIN_SAYS.apart(
      shorten(left.name),
      typeName(left.type),
      shorten(right.name),
      typeName(right.type),
      shorten(other),
    ),
    remedy: JOIN_SAYS.apartRemedy(
      shorten(from.name),
      typeName(to.type),
      leftGives ? null : shorten(other),
    ),
  });
}

function sideKeys(schema: Schema, columns: number[], types: readonly DataType[]): SideKeys {
  const keySchema: Schema = {
    fields: columns.map((column, k) => ({ ...schema.fields[column]!, type: types[k]! })),
  };
  const keysOf = createKeyedRows(
    keySchema,
    types.map((_, k) => k),
    failOnMisfit,
  );

  const keyBatch = (batch: Batch): Batch => ({
    ...batch,
    schema: keySchema,
    columns: columns.map((column, k) => {
      const found = batch.columns[column]!;
      const isReady = found.storage === 'text' || sharesKeys(found.type, types[k]!);
      // A time that is out of the finer type's reach equals none that is within.
      return isReady ? found : columnAs(batch, column, types[k]!, 'null');
    }),
  });

  return { columns, of: (batch) => keysOf(keyBatch(batch)) };
}
