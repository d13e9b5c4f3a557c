// Tells of a row group by its statistics whether any of its rows can be what the step behind lets through.
import { resolveColumn } from '../../contract/columns.ts';
import type {
  ColumnRef,
  Comparison,
  FilterExpression,
  FilterValue,
} from '../../contract/filter.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import { typeName } from '../../table/data-type.ts';
import { compareBounds, constantOf, minOf, maxOf, type Comparable } from './bounds.ts';
import type { ChunkStatistics, RowGroup } from './footer.ts';
import type { ParquetOptions } from './options.ts';
import type { Leaf, TreeNode } from './schema-tree.ts';

/** Whether rows of the group may pass; true when nothing is known. */
export type GroupTest = (group: RowGroup) => boolean;

/** What a condition may be for rows of a group. Unknown (of nulls) is neither, whatever stands around it. */
interface Outcome {
  canBeTrue: boolean;
  canBeFalse: boolean;
}

type Judge = (group: RowGroup) => Outcome;

const ANYTHING: Outcome = { canBeTrue: true, canBeFalse: true };
const NULLS_ALONE: Outcome = { canBeTrue: false, canBeFalse: false };
const anything: Judge = () => ANYTHING;

export function createGroupTest(
  context: Pick<ReadContext<ParquetOptions>, 'only' | 'schema'>,
  columns: readonly TreeNode[],
): GroupTest {
  const { only } = context;
  if (only === undefined) return () => true;
  const leafOf = (ref: ColumnRef): Leaf | null => {
    let index: number;
    try {
      index = resolveColumn(context.schema, ref);
    } catch {
      // The step behind says so, in its own words.
      return null;
    }
    const node = columns[index];
    const isNative = node && typeName(context.schema.fields[index]!.type) === typeName(node.type);
    return isNative ? node.leaf : null;
  };
  const judge = judgeOf(only, leafOf);
  return (group) => judge(group).canBeTrue;
}

type LeafOf = (ref: ColumnRef) => Leaf | null;

function judgeOf(expression: FilterExpression, leafOf: LeafOf): Judge {
  switch (expression.op) {
    case 'and':
      return allOf(expression.of.map((part) => judgeOf(part, leafOf)));
    case 'or':
      return anyOf(expression.of.map((part) => judgeOf(part, leafOf)));
    case 'not': {
      const inner = judgeOf(expression.of, leafOf);
      return (group) => {
        const { canBeTrue, canBeFalse } = inner(group);
        return { canBeTrue: canBeFalse, canBeFalse: canBeTrue };
      };
    }
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (expression.ignoreCase || expression.ignoreAccents) return anything;
      return comparison(expression.op, leafOf(expression.column), expression.value);
    case 'between': {
      const leaf = leafOf(expression.column);
      return allOf([
        comparison('>=', leaf, expression.low),
        comparison('<=', leaf, expression.high),
      ]);
    }
    case 'in-range': {
      const leaf = leafOf(expression.column);
      const { from, to } = expression;
      return allOf([
        ...(from === undefined ? [] : [comparison('>=', leaf, from)]),
        ...(to === undefined ? [] : [comparison('<', leaf, to)]),
      ]);
    }
    case 'in': {
      if (expression.ignoreCase || expression.ignoreAccents) return anything;
      const leaf = leafOf(expression.column);
      return anyOf(expression.values.map((value) => comparison('=', leaf, value)));
    }
    case 'is-null':
      return nullTest(leafOf(expression.column));
    case 'compare': {
      const { left, right } = expression;
      if (expression.ignoreCase || expression.ignoreAccents) return anything;
      if (left.op !== 'column' || (right.op !== 'number' && right.op !== 'text')) return anything;
      return comparison(expression.is, leafOf(left.column), right.value);
    }
    default:
      return anything;
  }
}

function allOf(parts: readonly Judge[]): Judge {
  return (group) => {
    const all = parts.map((part) => part(group));
    return {
      canBeTrue: all.every((one) => one.canBeTrue),
      canBeFalse: all.some((one) => one.canBeFalse),
    };
  };
}

function anyOf(parts: readonly Judge[]): Judge {
  return (group) => {
    const all = parts.map((part) => part(group));
    return {
      canBeTrue: all.some((one) => one.canBeTrue),
      canBeFalse: all.every((one) => one.canBeFalse),
    };
  };
}

function statisticsOf(leaf: Leaf, group: RowGroup): ChunkStatistics | null {
  return group.chunks[leaf.index]!.statistics;
}

function nullTest(leaf: Leaf | null): Judge {
  if (leaf === null) return anything;
  if (leaf.conversion === 'null') return () => ({ canBeTrue: true, canBeFalse: false });
  if (leaf.maxDef === 0) return () => ({ canBeTrue: false, canBeFalse: true });
  return (group) => {
    const nulls = statisticsOf(leaf, group)?.nullCount ?? null;
    if (nulls === null) return ANYTHING;
    return { canBeTrue: nulls > 0, canBeFalse: nulls < group.rowCount };
  };
}

function comparison(op: Comparison, leaf: Leaf | null, value: FilterValue): Judge {
  if (leaf === null) return anything;
  const constant = constantOf(leaf, value);
  if (constant === null) return anything;
  return (group) => {
    const statistics = statisticsOf(leaf, group);
    if (statistics === null) return ANYTHING;
    if (statistics.nullCount === group.rowCount) return NULLS_ALONE;
    return outcome(op, minOf(leaf, statistics), maxOf(leaf, statistics), constant);
  };
}

/** Of values between `min` and `max`, of which null says nothing. */
function outcome(
  op: Comparison,
  min: Comparable | null,
  max: Comparable | null,
  constant: Comparable,
): Outcome {
  const low = min === null ? null : compareBounds(min, constant);
  const high = max === null ? null : compareBounds(max, constant);
  const canBeLess = low === null || low < 0;
  const canBeMore = high === null || high > 0;
  const canBeEqual = (low === null || low <= 0) && (high === null || high >= 0);
  switch (op) {
    case '=':
      return { canBeTrue: canBeEqual, canBeFalse: canBeLess || canBeMore };
    case '!=':
      return { canBeTrue: canBeLess || canBeMore, canBeFalse: canBeEqual };
    case '<':
      return { canBeTrue: canBeLess, canBeFalse: canBeMore || canBeEqual };
    case '<=':
      return { canBeTrue: canBeLess || canBeEqual, canBeFalse: canBeMore };
    case '>':
      return { canBeTrue: canBeMore, canBeFalse: canBeLess || canBeEqual };
    case '>=':
      return { canBeTrue: canBeMore || canBeEqual, canBeFalse: canBeLess };
  }
}
