// Dates and timestamps moved by days that a key makes of the row's value in another column.
import { ExportError, shorten } from '../../contract/errors.ts';
import { stepMisfit } from '../../contract/step-misfit.ts';
import {
  isNullValue,
  selectedCount,
  selectedRow,
  type Batch,
  type TypedColumn,
} from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';
import { typeName, type Field } from '../../table/data-type.ts';
import { materialise } from '../../table/materialise.ts';
import { UNITS_PER_SECOND } from '../../table/value-text.ts';
import { createTextReader } from './cell-texts.ts';
import type { Digests } from './digests.ts';
import { MASK_SAYS } from './texts.ts';

/** Remembered numbers of days; beyond them they are made anew. */
const MOST_KNOWN = 100_000;

/**
 * Makes a shifted column of the one at position `at`: by 1 to `days` days to either side, the same for all rows that have the
 * same text (or null) in column `by`; without one, for all rows. Throws `config.conflict` for what has no days.
 */
export function createShift(
  field: Field,
  at: number,
  days: number,
  by: number | null,
): (batch: Batch, digests: Digests) => TypedColumn {
  const { type } = field;
  if (type.kind !== 'date' && type.kind !== 'timestamp')
    throw new ExportError('config.conflict', {
      detail: MASK_SAYS.noTime(shorten(field.name), typeName(type)),
      remedy: MASK_SAYS.noTimeRemedy,
    });
  const perDay = type.kind === 'date' ? 1n : 86_400n * UNITS_PER_SECOND[type.unit];
  const known = new Map<string, number>();

  const daysOf = (group: string, digests: Digests): number => {
    let found = known.get(group);
    if (found === undefined) {
      const number = Number(digests.number('shift', group, BigInt(days) * 2n));
      // Never 0, which would leave the day as it is.
      found = number < days ? number - days : number - days + 1;
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(group, found);
    }
    return found;
  };

  return (batch, digests) => {
    const column = materialise(batch, at, (row, text) => {
      throw stepMisfit(batch, at, row, text);
    });
    const groupAt = by === null ? null : createTextReader(batch, by);
    const values = column.values!.slice() as Int32Array | BigInt64Array;
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      if (isNullValue(column, row)) continue;
      const group = groupAt === null ? null : groupAt(row);
      // Null is a group of its own, apart from empty text.
      const moved = daysOf(group === null ? '' : `=${group}`, digests);
      if (values instanceof BigInt64Array) {
        const value = values[row]! + BigInt(moved) * perDay;
        values[row] = value;
        if (values[row] !== value) throw stepMisfit(batch, at, row, cellText(batch, row, at)!);
      } else values[row]! += moved;
    }
    return { ...column, values };
  };
}
