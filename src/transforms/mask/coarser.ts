// Numbers down to a multiple of a step, exactly, in the type they have.
import { ExportError, shorten } from '../../contract/errors.ts';
import { stepMisfit } from '../../contract/step-misfit.ts';
import {
  decimalAt,
  isNullValue,
  selectedCount,
  selectedRow,
  type Batch,
  type TypedColumn,
} from '../../table/batch.ts';
import { createBuilder, type Value } from '../../table/builders.ts';
import { cellText } from '../../table/cell-text.ts';
import { typeName, type Field } from '../../table/data-type.ts';
import { materialise } from '../../table/materialise.ts';
import { MASK_SAYS } from './texts.ts';

/** A positive number as digits and how many of them stand after the point. */
function digitsOf(step: number): { digits: bigint; scale: number } {
  const [, whole, fraction = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(
    String(step),
  )!;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole! + fraction);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

/** The greatest multiple of `step` that is not above the value. */
function floorTo(value: bigint, step: bigint): bigint {
  const rest = value % step;
  return value - (rest < 0n ? rest + step : rest);
}

/**
 * Makes a column of such multiples of one of the batch, position `at`; throws `config.conflict` for what is no number or
 * cannot hold them, `step.misfit` for a value whose multiple its type does not hold.
 */
export function createCoarser(
  field: Field,
  at: number,
  step: number,
): (batch: Batch) => TypedColumn {
  const { type } = field;
  const name = shorten(field.name);
  const { digits, scale } = digitsOf(step);
  if (type.kind !== 'int' && type.kind !== 'float' && type.kind !== 'decimal')
    throw new ExportError('config.conflict', {
      detail: MASK_SAYS.noNumber(name, typeName(type)),
      remedy: MASK_SAYS.noNumberRemedy,
    });
  const places = type.kind === 'decimal' ? type.scale : 0;
  if (type.kind !== 'float' && scale > places)
    throw new ExportError('config.conflict', {
      detail: MASK_SAYS.tooFine(name, typeName(type), step),
      remedy: MASK_SAYS.tooFineRemedy,
    });
  const exact = digits * 10n ** BigInt(Math.max(0, places - scale));

  const timesStep = (count: number): number => {
    const multiple = count * step;
    return Math.abs(multiple) < 1e21 ? Number(multiple.toFixed(scale)) : multiple;
  };
  /** NaN and infinities are multiples of nothing, and tell nothing. */
  const floatMultiple = (value: number): number => {
    // 0.7 / 0.1 is a little below 7: what is a multiple already is one.
    const near = Math.round(value / step);
    return timesStep(near) === value ? value : timesStep(Math.floor(value / step));
  };
  const limits = ((): [bigint, bigint] => {
    if (type.kind === 'decimal')
      return [1n - 10n ** BigInt(type.precision), 10n ** BigInt(type.precision) - 1n];
    if (type.kind !== 'int') return [0n, 0n];
    const half = 1n << BigInt(type.bits - 1);
    return type.signed ? [-half, half - 1n] : [0n, 2n * half - 1n];
  })();

  return (batch) => {
    const column = materialise(batch, at, (row, text) => {
      throw stepMisfit(batch, at, row, text);
    });
    const multipleAt = (row: number): Value => {
      if (type.kind === 'float') return floatMultiple(column.values![row] as number);
      const value = type.kind === 'decimal' ? decimalAt(column, row) : BigInt(column.values![row]!);
      const multiple = floorTo(value, exact);
      if (multiple < limits[0] || multiple > limits[1])
        throw stepMisfit(batch, at, row, cellText(batch, row, at)!);
      return type.kind === 'int' && type.bits < 64 ? Number(multiple) : multiple;
    };
    const builder = createBuilder(type, batch.rowCount);
    let next = 0;
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      for (; next < row; next++) builder.append(null);
      builder.append(isNullValue(column, row) ? null : multipleAt(row));
      next++;
    }
    for (; next < batch.rowCount; next++) builder.append(null);
    return builder.finish();
  };
}
