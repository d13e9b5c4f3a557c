// How JSON records are read back to compare their values.
import type { DataType, Schema } from '../table/data-type.ts';
import type { ColumnMeasure } from '../table/fingerprint.ts';
import { measuresOf } from './read-back.ts';

/** Options of values that change nothing, or nothing but the spelling. */
export const HARMLESS_JSON_VALUES = ['shape', 'headers', 'asciiOnly', 'schemaFile', 'bigNumbers'];

const NOT_FINITE = ['NaN', 'Infinity', '-Infinity'];

/** Numbers and booleans by what they are, all else by its characters; NaN and infinity are null. */
export function measuresOfJson(schema: Schema): ColumnMeasure[] {
  const rule = ({ kind }: DataType) =>
    kind === 'date' || kind === 'time' || kind === 'timestamp' ? ('text' as const) : undefined;
  return measuresOf(schema, rule, ({ kind }) =>
    kind === 'float' ? { nullTexts: NOT_FINITE } : {},
  );
}
