// Makes a top-level column of the rows that its leaves' stretches hold, and sees to it that its texts are texts.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { TypedColumn } from '../../table/batch.ts';
import { isBytesType } from '../../table/fixed-values.ts';
import { firstInvalidJson, firstInvalidText, replaceInvalidText } from '../../table/valid-text.ts';
import { assemble } from './assemble.ts';
import { TimestampRange } from './convert.ts';
import type { ParquetOptions } from './options.ts';
import type { Leaf, TreeNode } from './schema-tree.ts';
import type { Stretch } from './stretch.ts';
import { LOSS_SENTENCES } from './texts.ts';

/** The row of the file, from 0, that stands at a place of the stretches. */
export type RowOf = (index: number) => number;

export function makeColumn(
  context: ReadContext<ParquetOptions>,
  node: TreeNode,
  stretches: readonly Stretch[],
  rowOf: RowOf,
): TypedColumn {
  const { name } = context.input;
  try {
    return assemble(node, {
      stretchOf: (leaf) => stretches[leaf.index]!,
      onCut: (leaf) => (count) =>
        context.lose({
          code: 'parquet.timestamp-cut',
          column: leaf.path,
          count,
          sentence: LOSS_SENTENCES['parquet.timestamp-cut'],
        }),
      lookAt: (leaf, column) => checkTexts(context, leaf, column, rowOf),
    });
  } catch (thrown) {
    if (thrown instanceof TimestampRange)
      throw new ExportError('read.parquet.timestamp-range', {
        name,
        column: shorten(thrown.column),
      });
    throw thrown;
  }
}

function checkTexts(
  context: ReadContext<ParquetOptions>,
  leaf: Leaf,
  column: TypedColumn,
  rowOf: RowOf,
): TypedColumn {
  const { conversion } = leaf;
  if ((conversion !== 'text' && conversion !== 'json') || !isBytesType(column.type)) return column;
  const fail = (index: number, kind: string): never => {
    // Below lists a value's place is not its row's.
    const row = leaf.maxRep === 0 ? String(rowOf(index) + 1) : `${rowOf(0) + 1} or later`;
    throw new ExportError('read.parquet.invalid-text', {
      name: context.input.name,
      column: shorten(leaf.path),
      row,
      kind,
    });
  };
  let checked = column;
  const invalid = firstInvalidText(column);
  if (invalid >= 0) {
    if (context.options.invalidText === 'fail') fail(invalid, 'UTF-8');
    const replaced = replaceInvalidText(column);
    checked = replaced.column;
    context.lose({
      code: 'parquet.text-replaced',
      column: leaf.path,
      count: replaced.changed,
      sentence: LOSS_SENTENCES['parquet.text-replaced'],
    });
  }
  if (conversion === 'json') {
    const wrong = firstInvalidJson(checked);
    if (wrong >= 0) fail(wrong, 'JSON');
  }
  return checked;
}
