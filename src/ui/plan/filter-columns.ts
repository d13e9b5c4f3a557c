// The source's columns as a filter names them.
import { useMemo } from 'react';
import type { ColumnRef } from '../../contract/filter.ts';
import type { InspectedColumn } from '../../contract/verbs.ts';
import { sourceColumns } from './steps.ts';

export interface FilterColumns {
  columns: readonly InspectedColumn[];
  /** By the column's place. */
  refs: readonly ColumnRef[];
  names: readonly string[];
  /** Place of the column; -1 when there is none. */
  placeOf(ref: ColumnRef): number;
  typeOf(ref: ColumnRef): string | undefined;
}

export function useFilterColumns(columns: readonly InspectedColumn[]): FilterColumns {
  return useMemo(() => {
    const key = (ref: ColumnRef) => `${ref.nth ?? 0} ${ref.name}`;
    const places = new Map(columns.map((column, place) => [key(column), place]));
    const placeOf = (ref: ColumnRef) => places.get(key(ref)) ?? -1;
    return {
      columns,
      refs: sourceColumns(columns).map(({ ref }) => ref),
      names: columns.map(({ name }) => name),
      placeOf,
      typeOf: (ref) => columns[placeOf(ref)]?.type,
    };
  }, [columns]);
}
