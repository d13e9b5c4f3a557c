// The schema of a Parquet file from the columns of a table: groups for nested types, one leaf buffer for each flat one.
import type { TypedColumn } from '../../table/batch.ts';
import type { DataType } from '../../table/data-type.ts';
import { withoutDictionary } from '../../table/gather-column.ts';
import { LeafBuffer, LeafMisfit } from './leaf-buffer.ts';
import { type LeafType, leafTypeOf, type Meaning } from './leaf-type.ts';

/** An element of the schema, depth first. */
export interface SchemaElement {
  name: string;
  /** Null of a group. */
  leaf: LeafType | null;
  repetition: 'required' | 'optional' | 'repeated';
  childCount: number;
  meaning: Meaning | null;
  fieldId: number | null;
}

/** Writes the values of one column into its leaves. */
export interface ColumnWriter {
  /** Rows [from, to). Throws {@link LeafMisfit}. */
  addRows(column: TypedColumn, from: number, to: number): void;
}

/** Values of a nested column below its top. */
interface Node {
  leaves: LeafBuffer[];
  /** Ready for the values of a column: adds value `i` at these levels. */
  open(column: TypedColumn): (i: number, repetition: number, definition: number) => void;
}

/** One column of the table as it will stand in the file. */
export interface FileColumn {
  name: string;
  type: DataType;
  isRequired: boolean;
  fieldId: number | null;
  /** In place of the leaf that the type has. */
  leaf: LeafType | null;
}

export interface FileSchema {
  elements: SchemaElement[];
  leaves: LeafBuffer[];
  /** Parallel to `leaves`: the column that each belongs to. */
  columnOf: number[];
  /** One a column. */
  writers: ColumnWriter[];
}

/** Lays out the columns of a file. A struct without fields has no place in Parquet: TypeError. */
export function layOut(columns: readonly FileColumn[]): FileSchema {
  const elements: SchemaElement[] = [
    {
      name: 'schema',
      leaf: null,
      repetition: 'required',
      childCount: columns.length,
      meaning: null,
      fieldId: null,
    },
  ];
  const leaves: LeafBuffer[] = [];
  const columnOf: number[] = [];
  const writers = columns.map((column, i): ColumnWriter => {
    const { name, type, isRequired, fieldId, leaf } = column;
    const repetition = isRequired ? 'required' : 'optional';
    const node = add(elements, name, type, repetition, [], 0, 0, leaf, fieldId);
    leaves.push(...node.leaves);
    columnOf.push(...node.leaves.map(() => i));
    const only = node.leaves[0]!;
    if (node.leaves.length === 1 && only.path.length === 1)
      return { addRows: (column, from, to) => only.addRows(column, from, to) };
    return {
      addRows(column, from, to) {
        const put = node.open(column);
        for (let row = from; row < to; row++) {
          try {
            put(row, 0, 0);
          } catch (thrown) {
            // What stands inside has numbers of its own.
            if (thrown instanceof LeafMisfit) throw new LeafMisfit(row, thrown.reason);
            throw thrown;
          }
        }
      },
    };
  });
  return { elements, leaves, columnOf, writers };
}

/** Adds the element of a value and those below it. `depth` and `lists`: levels above it. */
function add(
  elements: SchemaElement[],
  name: string,
  type: DataType,
  repetition: 'required' | 'optional',
  above: readonly string[],
  depth: number,
  lists: number,
  ownLeaf: LeafType | null = null,
  fieldId: number | null = null,
): Node {
  const path = [...above, name];
  const isOptional = repetition === 'optional';
  const definition = depth + (isOptional ? 1 : 0);
  const group = (childCount: number, meaning: Meaning | null): void => {
    elements.push({ name, leaf: null, repetition, childCount, meaning, fieldId });
  };
  switch (type.kind) {
    case 'dictionary':
      return add(elements, name, type.value, repetition, above, depth, lists, ownLeaf, fieldId);
    case 'list': {
      group(1, { kind: 'list' });
      elements.push(repeated('list', 1));
      const item = add(
        elements,
        'element',
        type.item,
        'optional',
        [...path, 'list'],
        definition + 1,
        lists + 1,
      );
      return listNode([item], (column) => column.children, isOptional, lists + 1);
    }
    case 'map': {
      group(1, { kind: 'map' });
      elements.push(repeated('key_value', 2));
      const inside = [...path, 'key_value'];
      const parts = [
        add(elements, 'key', type.key, 'required', inside, definition + 1, lists + 1),
        add(elements, 'value', type.value, 'optional', inside, definition + 1, lists + 1),
      ];
      return listNode(parts, (column) => column.children[0]!.children, isOptional, lists + 1);
    }
    case 'struct': {
      if (type.fields.length === 0) throw new TypeError('a struct without fields');
      group(type.fields.length, null);
      const parts = type.fields.map((field) =>
        add(elements, field.name, field.type, 'optional', path, definition, lists),
      );
      return structNode(parts, isOptional);
    }
    default: {
      const leaf = ownLeaf ?? leafTypeOf(type);
      elements.push({ name, leaf, repetition, childCount: 0, meaning: leaf.meaning, fieldId });
      return leafNode(new LeafBuffer(leaf, path, definition, lists), isOptional);
    }
  }
}

function repeated(name: string, childCount: number): SchemaElement {
  return { name, leaf: null, repetition: 'repeated', childCount, meaning: null, fieldId: null };
}

function isNull({ validity }: TypedColumn, i: number): boolean {
  return validity !== null && ((validity[i >> 3]! >> (i & 7)) & 1) === 0;
}

function leafNode(leaf: LeafBuffer, isOptional: boolean): Node {
  return {
    leaves: [leaf],
    open(column) {
      const take = leaf.type.taking === 'none' ? null : leaf.taker(column);
      return (i, repetition, definition) => {
        if (take === null || isNull(column, i)) {
          if (!isOptional) throw new LeafMisfit(i, 'null');
          leaf.addLevel(repetition, definition);
        } else {
          leaf.addLevel(repetition, leaf.maxDefinition);
          take(i);
        }
      };
    },
  };
}

function structNode(parts: readonly Node[], isOptional: boolean): Node {
  const leaves = parts.flatMap((part) => part.leaves);
  return {
    leaves,
    open(column) {
      const puts = parts.map((part, k) => part.open(withoutDictionary(column.children[k]!)));
      return (i, repetition, definition) => {
        if (isNull(column, i)) {
          if (!isOptional) throw new LeafMisfit(i, 'null');
          for (const leaf of leaves) leaf.addLevel(repetition, definition);
        } else for (const put of puts) put(i, repetition, definition + (isOptional ? 1 : 0));
      };
    },
  };
}

/** Lists, and maps as lists of two parts. */
function listNode(
  parts: readonly Node[],
  childrenOf: (column: TypedColumn) => readonly TypedColumn[],
  isOptional: boolean,
  level: number,
): Node {
  const leaves = parts.flatMap((part) => part.leaves);
  return {
    leaves,
    open(column) {
      const children = childrenOf(column);
      const puts = parts.map((part, k) => part.open(withoutDictionary(children[k]!)));
      const offsets = column.offsets!;
      return (i, repetition, definition) => {
        const own = definition + (isOptional ? 1 : 0);
        const isMissing = isNull(column, i);
        if (isMissing && !isOptional) throw new LeafMisfit(i, 'null');
        const start = offsets[i]!;
        const end = isMissing ? start : offsets[i + 1]!;
        if (start === end) {
          for (const leaf of leaves) leaf.addLevel(repetition, isMissing ? definition : own);
          return;
        }
        for (let k = start; k < end; k++)
          for (const put of puts) put(k, k === start ? repetition : level, own + 1);
      };
    },
  };
}
