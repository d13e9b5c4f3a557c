// Puts a top-level column together from the levels and values of its leaves: lists, structs and maps in the Arrow layout.
import type { TypedColumn } from '../../table/batch.ts';
import type { DataType } from '../../table/data-type.ts';
import { entryType } from '../../table/nested-builder.ts';
import { leafColumn, packBits, type OnCut, type Slots } from './convert.ts';
import { insist } from '../../contract/fault.ts';
import type { Stretch } from './stretch.ts';
import type { Leaf, TreeNode } from './schema-tree.ts';

/** Looks at a finished leaf column before it is used, and may give another. */
export type LookAt = (leaf: Leaf, column: TypedColumn) => TypedColumn;

export interface Assembly {
  stretchOf(leaf: Leaf): Stretch;
  onCut(leaf: Leaf): OnCut;
  lookAt: LookAt;
}

/** The column of a node for the rows of its leaves' stretches. */
export function assemble(node: TreeNode, assembly: Assembly): TypedColumn {
  const first = node.leaves[0]!;
  const stretch = assembly.stretchOf(first);
  if (node.kind === 'leaf') {
    const column = leafColumn(first, stretch, leafSlots(node, stretch), assembly.onCut(first));
    return assembly.lookAt(first, column);
  }
  if (node.kind === 'struct') {
    const slots = nodeSlots(node, stretch);
    const children = node.children.map((child) => assemble(child, assembly));
    for (const child of children) insist(child.length === slots.count, unlike);
    return nested(node.type, slots, null, children);
  }
  const { slots, offsets } = listSlots(node, stretch);
  const children = node.children.map((child) => assemble(child, assembly));
  const itemCount = offsets[slots.count]!;
  for (const child of children) insist(child.length === itemCount, unlike);
  if (node.type.kind !== 'map') return nested(node.type, slots, offsets, children);
  const entries = nested(entryType(node.type), { count: itemCount, isValid: null }, null, children);
  return nested(node.type, slots, offsets, [entries]);
}

const unlike = 'the columns of a nested value do not fit together';

function nested(
  type: DataType,
  { count, isValid }: Slots,
  offsets: Int32Array | null,
  children: TypedColumn[],
): TypedColumn {
  const validity = isValid === null ? null : packBits(isValid, count);
  return {
    storage: 'typed',
    type,
    length: count,
    validity,
    values: null,
    offsets,
    bytes: null,
    children,
    dictionary: null,
  };
}

function leafSlots({ slotDef, def }: TreeNode, { defs, entryCount, valueCount }: Stretch): Slots {
  if (defs === null || valueCount === entryCount) return { count: entryCount, isValid: null };
  const isValid = new Uint8Array(entryCount);
  let count = 0;
  let valid = 0;
  for (let i = 0; i < entryCount; i++) {
    if (defs[i]! < slotDef) continue;
    if (defs[i] === def) {
      isValid[count] = 1;
      valid++;
    }
    count++;
  }
  return { count, isValid: valid === count ? null : isValid };
}

/** The values of a struct: where they begin, and which are there. */
function nodeSlots({ slotDef, def, rep }: TreeNode, { reps, defs, entryCount }: Stretch): Slots {
  if (defs === null && reps === null) return { count: entryCount, isValid: null };
  const isValid = new Uint8Array(entryCount);
  let count = 0;
  let valid = 0;
  for (let i = 0; i < entryCount; i++) {
    if (reps !== null && reps[i]! > rep) continue;
    const level = defs === null ? 0 : defs[i]!;
    if (level < slotDef) continue;
    if (level >= def) {
      isValid[count] = 1;
      valid++;
    }
    count++;
  }
  return { count, isValid: valid === count ? null : isValid };
}

function listSlots(
  { slotDef, def, rep }: TreeNode,
  { reps, defs, entryCount }: Stretch,
): { slots: Slots; offsets: Int32Array } {
  const isValid = new Uint8Array(entryCount);
  const offsets = new Int32Array(entryCount + 1);
  let count = 0;
  let valid = 0;
  let items = 0;
  for (let i = 0; i < entryCount; i++) {
    const repeat = reps![i]!;
    const level = defs![i]!;
    if (repeat <= rep && level >= slotDef) {
      if (level >= def) {
        isValid[count] = 1;
        valid++;
      }
      count++;
    }
    if (repeat <= rep + 1 && level > def) items++;
    offsets[count] = items;
  }
  return {
    slots: { count, isValid: valid === count ? null : isValid },
    offsets: offsets.subarray(0, count + 1),
  };
}
