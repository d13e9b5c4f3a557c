// The values that part the rows of an output, as texts: of a whole cell, or of the year, month, day or hour it lies in.
import { resolveColumn } from '../contract/columns.ts';
import type { DatePart, SplitColumn } from '../contract/config.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import { failOnMisfit } from '../contract/step-misfit.ts';
import { isNullValue, type Batch, type TypedColumn } from '../table/batch.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import { typeName, type DataType, type Schema } from '../table/data-type.ts';
import { withoutDictionary } from '../table/gather-column.ts';
import { materialiseAs } from '../table/materialise.ts';
import { fieldText } from '../table/text-block.ts';
import { dateText, UNITS_PER_SECOND } from '../table/value-text.ts';
import { createValueWriter } from '../table/write-value.ts';
import { createZoneOffset } from '../table/zone-offset.ts';
import { SPLIT_TEXTS } from './texts.ts';

const DAY = 86_400;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a value, or null. */
export type SplitValue = string | null;

/** A column that parts the rows, found in a schema. */
export interface FoundColumn {
  position: number;
  /** How file names call it: `created_month`. */
  label: string;
  part: DatePart | null;
  /** The values that are written; null = all. */
  only: ReadonlySet<string> | null;
  /** The texts of a batch's rows, by physical row. */
  read(batch: Batch): (row: number) => SplitValue;
}

/** Throws `config.unknown-column`, and `config.conflict` where there are no dates to take a part of. */
export function findSplitColumns(
  schema: Schema,
  columns: readonly SplitColumn[],
  timeZone: string,
): FoundColumn[] {
  return columns.map((column) => {
    const position = resolveColumn(schema, column);
    const { name, type } = schema.fields[position]!;
    const part = column.part ?? null;
    const found = { position, part, only: column.values ? new Set(column.values) : null };
    if (part === null)
      return { ...found, label: name, read: (batch) => cellReader(batch, position) };
    const plain = type.kind === 'dictionary' ? type.value : type;
    if (plain.kind !== 'timestamp' && (plain.kind !== 'date' || part === 'hour'))
      throw new ExportError('config.conflict', {
        detail: SPLIT_TEXTS.noDates(shorten(name), part, typeName(plain)),
        remedy: SPLIT_TEXTS.noDatesRemedy(part),
      });
    const textOf = partReader(plain, part, timeZone);
    return {
      ...found,
      label: `${name}_${part}`,
      read: (batch) => textOf(batch, position),
    };
  });
}

function cellReader(batch: Batch, position: number): (row: number) => SplitValue {
  const column = batch.columns[position]!;
  if (column.storage === 'text') {
    const block = batch.block!;
    return (row) => fieldText(block, row, column.index);
  }
  const values = withoutDictionary(column);
  if (values.type.kind === 'null') return () => null;
  const write = createValueWriter(values);
  const out = new ByteWriter(64);
  return (row) => {
    if (isNullValue(values, row)) return null;
    out.clear();
    write(row, out);
    return decoder.decode(out.written());
  };
}

/** Texts of the parts of dates and timestamps: `2026`, `2026-03`, `2026-03-31`, `2026-03-31T18`. */
function partReader(
  type: DataType,
  part: DatePart,
  timeZone: string,
): (batch: Batch, position: number) => (row: number) => SplitValue {
  const isDate = type.kind === 'date';
  const isInstant = type.kind === 'timestamp' && type.zone !== null;
  const perSecond = type.kind === 'timestamp' ? UNITS_PER_SECOND[type.unit] : 1n;
  const offsetAt = isInstant ? createZoneOffset(timeZone) : () => 0;
  const stretch = part === 'hour' ? 3600 : DAY;
  const known = new Map<number, string>();
  const textOf = (local: number): string => {
    const stretches = Math.floor(local / stretch);
    let text = known.get(stretches);
    if (text === undefined) {
      const day = dateText(Math.floor((stretches * stretch) / DAY));
      const hour = String(((stretches % 24) + 24) % 24).padStart(2, '0');
      text =
        part === 'hour'
          ? `${day}T${hour}`
          : part === 'day'
            ? day
            : part === 'month'
              ? day.slice(0, -3)
              : day.slice(0, -6);
      if (known.size > 10_000) known.clear();
      known.set(stretches, text);
    }
    return text;
  };
  return (batch, position) => {
    const column: TypedColumn = withoutDictionary(
      materialiseAs(batch, position, type, (row, text) => failOnMisfit(batch, position, row, text)),
    );
    if (isDate) {
      const days = column.values as Int32Array;
      return (row) => (isNullValue(column, row) ? null : textOf(days[row]! * DAY));
    }
    const units = column.values as BigInt64Array;
    return (row) => {
      if (isNullValue(column, row)) return null;
      const value = units[row]!;
      let seconds = value / perSecond;
      if (value < 0n && value % perSecond !== 0n) seconds -= 1n;
      return textOf(Number(seconds) + offsetAt(Number(seconds)));
    };
  };
}
