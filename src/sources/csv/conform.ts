// Holds the values of columns whose type the user set against that type while reading: reject the row, null the value, or fail.
import type { ColumnEdit } from '../../contract/config.ts';
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Loss, Reject } from '../../contract/report.ts';
import { typeName, type DataType, type Schema } from '../../table/data-type.ts';
import {
  contentAt,
  fieldEnd,
  fieldStart,
  isNullAt,
  lineOfRow,
  type TextBlock,
} from '../../table/text-block.ts';
import { fitsType } from './fits.ts';
import { LOSS_SENTENCES } from './texts.ts';

/** One column to be checked. */
interface CheckedColumn {
  index: number;
  type: DataType;
  onMisfit: 'reject' | 'null' | 'fail';
}

/** Whom a conformer tells about rows and values. */
export interface MisfitSink {
  reject(reject: Reject): void;
  lose(loss: Loss): void;
}

/** The declared columns that text can misfit, with the user's policies. Throws `config.unknown-column`. */
export function conformColumns(schema: Schema, edits: readonly ColumnEdit[]): CheckedColumn[] {
  const policies = new Map<number, ColumnEdit['onMisfit']>();
  for (const edit of edits) policies.set(resolveColumn(schema, edit.column), edit.onMisfit);
  const checked = schema.fields.flatMap((field, index): CheckedColumn[] =>
    field.origin === 'declared' && field.type.kind !== 'utf8'
      ? [{ index, type: field.type, onMisfit: policies.get(index) ?? 'reject' }]
      : [],
  );
  // Nulls last: a value of a row that another column rejects was not changed.
  const isNulling = (column: CheckedColumn): boolean => column.onMisfit === 'null';
  return [...checked.filter((c) => !isNulling(c)), ...checked.filter(isNulling)];
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Returns the check of blocks: given rows that are out already, the block (rewritten where values became null) and the
 * selection of rows that still count (null = all).
 */
export function createConformer(
  columns: readonly CheckedColumn[],
  schema: Schema,
): (
  block: TextBlock,
  rejectedRows: readonly number[],
  sink: MisfitSink,
) => { block: TextBlock; selection: Uint32Array | null } {
  return (block, rejectedRows, sink) => {
    const isOut = new Uint8Array(block.rowCount);
    for (const row of rejectedRows) isOut[row] = 1;
    let outCount = rejectedRows.length;
    const nulled = new Set<number>();
    for (let row = 0; columns.length > 0 && row < block.rowCount; row++) {
      if (isOut[row] === 1) continue;
      for (const { index, type, onMisfit } of columns) {
        const start = fieldStart(block, row, index);
        const end = fieldEnd(block, row, index);
        if (isNullAt(block, start, end)) continue;
        const content = contentAt(block, start, end);
        if (fitsType(type, content)) continue;
        const value = shorten(decoder.decode(content.subarray(0, 400)));
        const column = schema.fields[index]!.name;
        if (onMisfit === 'null') {
          nulled.add(row * block.columnCount + index);
          const code = 'csv.misfit-null';
          sink.lose({ code, sentence: LOSS_SENTENCES[code], column, count: 1, example: value });
          continue;
        }
        const line = lineOfRow(block, row);
        const error = new ExportError('read.misfit', {
          value,
          line,
          type: typeName(type),
          column: shorten(column),
        });
        if (onMisfit === 'fail') throw error;
        isOut[row] = 1;
        outCount++;
        sink.reject({
          row: block.firstRow + row,
          line,
          column,
          code: error.code,
          sentence: error.message,
          value,
        });
        break;
      }
    }
    return {
      block: nulled.size === 0 ? block : withNulls(block, nulled),
      selection: outCount === 0 ? null : selectionOf(isOut, outCount),
    };
  };
}

function selectionOf(isOut: Uint8Array, outCount: number): Uint32Array {
  const selection = new Uint32Array(isOut.length - outCount);
  let n = 0;
  for (let row = 0; row < isOut.length; row++) if (isOut[row] === 0) selection[n++] = row;
  return selection;
}

/** The block with the fields at these positions (row × columnCount + column) replaced by the null text. */
function withNulls(block: TextBlock, nulled: ReadonlySet<number>): TextBlock {
  const { nullText } = block.dialect;
  const bytes = new Uint8Array(block.bytes.length + nulled.size * nullText.length);
  const ends = new Uint32Array(block.ends.length);
  let used = 0;
  let from = block.start;
  for (let i = 0; i < ends.length; i++) {
    const separator = block.ends[i]!;
    const content = nulled.has(i) ? nullText : block.bytes.subarray(from, separator);
    bytes.set(content, used);
    used += content.length;
    ends[i] = used;
    bytes[used++] = block.bytes[separator]!;
    from = separator + 1;
  }
  const lines = new Uint32Array(block.rowCount);
  for (let row = 0, i = block.start, line = block.firstLine; row < lines.length; row++) {
    for (const to = fieldStart(block, row, 0); i < to; i++) if (block.bytes[i] === 10) line++;
    lines[row] = block.lines?.[row] ?? line;
  }
  return { ...block, bytes: bytes.subarray(0, used), ends, start: 0, lines };
}
