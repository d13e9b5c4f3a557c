// Gives columns other types: texts are read in their spelling, values converted as casts in expressions are.
import { resolveColumn } from '../../contract/columns.ts';
import {
  hasSpelling,
  readBatch,
  readColumnOf,
  type ReadColumn,
} from '../../contract/edit-columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { compileExpression, type CompiledExpression } from '../../expression/compile.ts';
import { selectedCount, type Batch } from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';
import { parseTypeName, typeName, type DataType, type Schema } from '../../table/data-type.ts';
import { createLines } from '../../table/source-lines.ts';
import type { CastColumn, CastOptions } from './options.ts';
import { CAST_SAYS } from './texts.ts';

/** A column whose values are converted after they were read as what they are. */
interface ConvertedColumn {
  position: number;
  name: string;
  onMisfit: CastOptions['onMisfit'];
  compiled: CompiledExpression;
}

interface Failure {
  row: number;
  sentence: string;
}

function plainKind(type: DataType): DataType['kind'] {
  return type.kind === 'dictionary' ? plainKind(type.value) : type.kind;
}

/** Kinds whose text, read as the other kind, is the converted value; what has only text is read anyway. */
const READ_AS = new Map<DataType['kind'], readonly DataType['kind'][]>([
  ['int', ['int', 'decimal', 'float']],
  ['decimal', ['float']],
]);

const CONVERTED: readonly DataType['kind'][] = [
  'bool',
  'int',
  'decimal',
  'float',
  'date',
  'time',
  'timestamp',
];

function isRead(from: DataType, to: DataType): boolean {
  const kind = plainKind(from);
  if (!CONVERTED.includes(kind) || !CONVERTED.includes(to.kind)) return true;
  return typeName(from) === typeName(to) || READ_AS.get(kind)?.includes(to.kind) === true;
}

export function open(context: TransformContext<CastOptions>): Transform {
  const { options, schema, timeZone, startedAtMs, signal } = context;
  const fields = [...schema.fields];
  const read: ReadColumn[] = [];
  const converted: ConvertedColumn[] = [];
  const positions = new Set<number>();
  let failures: Failure[] = [];

  for (const given of options.columns) {
    const position = resolveColumn(schema, given.column);
    if (positions.has(position))
      throw new ExportError('config.conflict', {
        detail: CAST_SAYS.twice(shorten(given.column.name)),
        remedy: CAST_SAYS.twiceRemedy,
      });
    positions.add(position);
    const column = add(given, position);
    fields[position] = { ...fields[position]!, type: column, origin: 'declared' };
  }

  /** Makes ready what the column needs, and tells its type. */
  function add(given: CastColumn, position: number): DataType {
    const { name, type: from } = schema.fields[position]!;
    const onMisfit = given.onMisfit ?? options.onMisfit;
    if (hasSpelling(given)) {
      const column = readColumnOf({ ...given, onMisfit }, schema, position)!;
      read.push(column);
      return column.type;
    }
    const to = parseTypeName(given.type!)!;
    if (isRead(from, to)) {
      read.push({ position, name, type: to, spelling: {}, onMisfit });
      return to;
    }
    // What is no value of the type it was taken for goes the same way as what cannot be converted.
    read.push({ position, name, type: from, spelling: {}, onMisfit });
    const compiled = compileExpression(
      { op: 'cast', of: { op: 'column', column: given.column }, to: given.type! },
      schema,
      {
        timeZone,
        startedAtMs,
        onError: (_batch, row, sentence) => failures.push({ row, sentence }),
      },
    );
    converted.push({ position, name, onMisfit, compiled });
    return to;
  }

  // Nulls last: a value of a row that another column rejects was not changed.
  const nullsLast = (a: { onMisfit: string }, b: { onMisfit: string }): number =>
    Number(a.onMisfit === 'null') - Number(b.onMisfit === 'null');
  read.sort(nullsLast);
  converted.sort(nullsLast);
  const cast: Schema = { fields };
  if (positions.size === 0) return { schema, apply: (batches) => batches };

  function convert(batch: Batch, column: ConvertedColumn, rowsBefore: number): Batch {
    failures = [];
    const columns = [...batch.columns];
    columns[column.position] = column.compiled.evaluate({ ...batch, schema });
    const made = { ...batch, columns };
    if (failures.length === 0) return made;
    const found = failures.toSorted((a, b) => a.row - b.row);
    const valueOf = (row: number): string => shorten(cellText(batch, row, column.position) ?? '');
    const lineOf = createLines(batch.block);
    if (column.onMisfit === 'fail') {
      const { row, sentence } = found[0]!;
      const on = batch.block === null ? '' : ` on line ${lineOf(row)}`;
      throw new ExportError('expression.failed', {
        detail: sentence,
        where: ` (column “${shorten(column.name)}”${on})`,
      });
    }
    if (column.onMisfit === 'null') {
      context.lose({
        code: 'cast.misfit-null',
        sentence: CAST_SAYS.misfitNull,
        column: column.name,
        count: found.length,
        example: valueOf(found[0]!.row),
      });
      return made;
    }
    for (const { row, sentence } of found)
      context.reject({
        row: (batch.block?.firstRow ?? rowsBefore) + row,
        line: lineOf(row),
        column: column.name,
        code: 'expression.failed',
        sentence,
        value: valueOf(row),
      });
    const gone = new Set(found.map(({ row }) => row));
    const rows = batch.selection ?? Uint32Array.from({ length: batch.rowCount }, (_, row) => row);
    return { ...made, selection: rows.filter((row) => !gone.has(row)) };
  }

  return {
    schema: cast,
    // A row that is rejected is so whether anybody looks at the column or not.
    needs: (wanted) => new Set([...wanted, ...positions]),
    async *apply(batches) {
      let rowsBefore = 0;
      for await (const batch of batches) {
        signal.throwIfAborted();
        let current = readBatch(batch, read, cast, 'cast', context, rowsBefore);
        for (const column of converted) {
          if (selectedCount(current) === 0) break;
          current = convert(current, column, rowsBefore);
        }
        rowsBefore += batch.rowCount;
        if (selectedCount(current) > 0) yield { ...current, schema: cast };
      }
    },
  };
}
