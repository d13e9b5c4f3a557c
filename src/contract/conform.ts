// Holds the values of columns whose type the user set against that type while reading: reject the row, null the value, or fail.
import type { ColumnEdit } from './config.ts';
import { resolveColumn } from './columns.ts';
import { ExportError, fillText, shorten } from './errors.ts';
import { ERROR_TEXTS } from './error-codes.ts';
import type { Loss, Reject } from './report.ts';
import { typeName, type DataType, type Schema } from '../table/data-type.ts';
import { recordText } from '../table/record-text.ts';
import { contentAt, fieldEnd, fieldStart, isNullAt, type TextBlock } from '../table/text-block.ts';
import { createTypeCheck, type TypeCheck } from '../table/type-check.ts';

/** One column to be checked. */
interface CheckedColumn {
  index: number;
  type: DataType;
  fits: TypeCheck;
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
      ? [
          {
            index,
            type: field.type,
            fits: createTypeCheck(field.type),
            onMisfit: policies.get(index) ?? 'reject',
          },
        ]
      : [],
  );
  // Nulls last: a value of a row that another column rejects was not changed.
  const isNulling = (column: CheckedColumn): boolean => column.onMisfit === 'null';
  return [...checked.filter((c) => !isNulling(c)), ...checked.filter(isNulling)];
}

const LF = 10;

const MISFIT_NULL = 'Values that do not fit the column’s type became null.';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Returns the check of blocks: given rows that are out already, the block (rewritten where values became null) and the
 * selection of rows that still count (null = all). `sourceKind` begins the codes of losses (`csv.misfit-null`).
 */
export function createConformer(
  columns: readonly CheckedColumn[],
  schema: Schema,
  sourceKind: string,
): (
  block: TextBlock,
  rejectedRows: readonly number[],
  sink: MisfitSink,
) => { block: TextBlock; selection: Uint32Array | null } {
  return (block, rejectedRows, sink) => {
    const { bytes } = block;
    const isOut = new Uint8Array(block.rowCount);
    for (const row of rejectedRows) isOut[row] = 1;
    let outCount = rejectedRows.length;
    const nulled = new Set<number>();
    const losses = new Map<number, Loss>();
    const lineOf = lineCursor(block);
    for (let row = 0; columns.length > 0 && row < block.rowCount; row++) {
      if (isOut[row] === 1) continue;
      for (const { index, type, fits, onMisfit } of columns) {
        const start = fieldStart(block, row, index);
        const end = fieldEnd(block, row, index);
        if (isNullAt(block, start, end)) continue;
        const isPlain = end > start && bytes[start] !== block.dialect.quote;
        if (isPlain && fits(bytes, start, end)) continue;
        const content = contentAt(block, start, end);
        if (!isPlain && fits(content, 0, content.length)) continue;
        const value = shorten(decoder.decode(content.subarray(0, 400)));
        const column = schema.fields[index]!.name;
        if (onMisfit === 'null') {
          nulled.add(row * block.columnCount + index);
          const code = `${sourceKind}.misfit-null`;
          const loss = losses.get(index);
          if (loss) loss.count++;
          else {
            losses.set(index, { code, sentence: MISFIT_NULL, column, count: 1, example: value });
          }
          continue;
        }
        const line = lineOf(row);
        const code = 'read.misfit';
        const parameters = { value, line, type: typeName(type), column: shorten(column) };
        if (onMisfit === 'fail') throw new ExportError(code, parameters);
        isOut[row] = 1;
        outCount++;
        const sentence = fillText(ERROR_TEXTS[code].sentence, parameters);
        const record = recordText(block, row);
        sink.reject({ row: block.firstRow + row, line, column, code, sentence, value, record });
        break;
      }
    }
    for (const loss of losses.values()) sink.lose(loss);
    return {
      block: nulled.size === 0 ? block : withNulls(block, nulled),
      selection: outCount === 0 ? null : selectionOf(isOut, outCount),
    };
  };
}

/** The source line of rows asked for in ascending order: what `lineOfRow` says, in one pass over the block. */
function lineCursor(block: TextBlock): (row: number) => number {
  let at = block.start;
  let line = block.firstLine;
  return (row) => {
    if (block.lines) return block.lines[row]!;
    for (const to = fieldStart(block, row, 0); at < to; at++) if (block.bytes[at] === LF) line++;
    return line;
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
  const lineOf = lineCursor(block);
  const lines = Uint32Array.from({ length: block.rowCount }, (_, row) => lineOf(row));
  return { ...block, bytes: bytes.subarray(0, used), ends, start: 0, lines };
}
