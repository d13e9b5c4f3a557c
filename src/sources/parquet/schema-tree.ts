// Makes the tree of columns out of the flat list of schema elements, with the levels that tell nulls, lists and rows apart.
import type { DataType, Field } from '../../table/data-type.ts';
import type { SchemaElement } from './footer.ts';
import { insist } from '../../contract/fault.ts';
import { leafType, type LeafType } from './logical-type.ts';
import type { ParquetOptions } from './options.ts';

/** A column of the file: values and levels. */
export interface Leaf extends LeafType {
  /** Position among a row group's chunks. */
  index: number;
  element: SchemaElement;
  maxDef: number;
  maxRep: number;
  /** The names on the way to it, joined by points. */
  path: string;
}

/**
 * A place in a value's tree. Of a leaf's entries (a repetition and a definition level each), those with rep ≤ `rep` and
 * def ≥ `slotDef` begin a value of this node, which is there when def ≥ `def`; a list's entries with rep ≤ rep + 1 and
 * def > `def` are one item each.
 */
export interface TreeNode {
  kind: 'leaf' | 'struct' | 'list' | 'map';
  name: string;
  type: DataType;
  nullable: boolean;
  slotDef: number;
  def: number;
  rep: number;
  /** One of a list, two of a map, any number of a struct's. */
  children: TreeNode[];
  leaf: Leaf | null;
  /** All below it, at least one. */
  leaves: Leaf[];
}

interface Item {
  element: SchemaElement;
  children: Item[];
}

interface Place {
  slotDef: number;
  def: number;
  rep: number;
  path: string;
  nullable: boolean;
}

/** Levels are bytes here; no writer goes near it. */
const MOST_LEVEL = 200;

/** The top-level columns of a schema, and its leaves in the order of the chunks. */
export function readTree(
  elements: readonly SchemaElement[],
  options: ParquetOptions,
): { columns: TreeNode[]; leaves: Leaf[] } {
  let at = 0;
  const take = (depth: number): Item => {
    const element = elements[at++];
    insist(element !== undefined && depth < MOST_LEVEL, 'its schema is not a tree');
    insist(element.childCount <= elements.length - at, 'its schema is not a tree');
    const children: Item[] = [];
    for (let i = 0; i < element.childCount; i++) children.push(take(depth + 1));
    return { element, children };
  };
  const root = take(0);
  insist(at === elements.length, 'its schema is not a tree');
  const leaves: Leaf[] = [];

  const field = (
    item: Item,
    at: { slotDef: number; def: number; rep: number; path: string },
  ): TreeNode => {
    const { element } = item;
    const path = at.path === '' ? element.name : `${at.path}.${element.name}`;
    if (element.repetition === 'repeated') {
      // Repeated without being called a list is one, never null and without null items.
      const place = { ...at, path, nullable: false };
      return listOf(element.name, place, (inner) => value(item, inner));
    }
    const nullable = element.repetition === 'optional';
    return value(item, { ...at, path, nullable, def: at.def + (nullable ? 1 : 0) });
  };

  /** The node whose items are what `makeItem` makes. */
  const listOf = (name: string, place: Place, makeItem: (inner: Place) => TreeNode): TreeNode => {
    const def = place.def + 1;
    const item = makeItem({
      slotDef: def,
      def,
      rep: place.rep + 1,
      path: place.path,
      nullable: false,
    });
    return node('list', name, { kind: 'list', item: item.type }, place, [item]);
  };

  const value = (item: Item, place: Place): TreeNode => {
    const { element, children } = item;
    insist(place.def < MOST_LEVEL && place.rep < MOST_LEVEL, 'its schema is nested too deep');
    if (children.length === 0) return leafOf(element, place);
    const only = children.length === 1 ? children[0]! : null;
    const isRepeatedOnly = only?.element.repetition === 'repeated';
    if (isRepeatedOnly && isMap(element)) {
      const map = mapOf(element.name, only, place);
      if (map !== null) return map;
    }
    if (isRepeatedOnly && (isList(element) || isMap(element)))
      return listOf(element.name, place, (inner) =>
        isItemItself(only, element.name) ? value(only, inner) : field(only.children[0]!, inner),
      );
    const nodes = children.map((child) => field(child, { ...place, slotDef: place.slotDef }));
    const fields: Field[] = nodes.map(({ name, type, nullable }) => ({
      name,
      type,
      nullable,
      origin: 'native',
    }));
    return node('struct', element.name, { kind: 'struct', fields }, place, nodes);
  };

  /** Null where there are no values beside the keys: a list of keys. */
  const mapOf = (name: string, entry: Item, place: Place): TreeNode | null => {
    if (entry.children.length !== 2) return null;
    const def = place.def + 1;
    const inner = { slotDef: def, def, rep: place.rep + 1, path: place.path };
    const [key, content] = entry.children.map((child) => field(child, inner));
    const type: DataType = { kind: 'map', key: key!.type, value: content!.type };
    return node('map', name, type, place, [key!, content!]);
  };

  const leafOf = (element: SchemaElement, place: Place): TreeNode => {
    insist(element.physical !== null, `the group “${element.name}” holds nothing`);
    const known = leafType(element, options);
    const leaf: Leaf = {
      ...known,
      index: leaves.length,
      element,
      maxDef: place.def,
      maxRep: place.rep,
      path: place.path,
    };
    leaves.push(leaf);
    return { ...node('leaf', element.name, known.type, place, []), leaf, leaves: [leaf] };
  };

  const columns = root.children.map((item) =>
    field(item, { slotDef: 0, def: 0, rep: 0, path: '' }),
  );
  return { columns, leaves };
}

function node(
  kind: TreeNode['kind'],
  name: string,
  type: DataType,
  { slotDef, def, rep, nullable }: Place,
  children: TreeNode[],
): TreeNode {
  const leaves = children.flatMap((child) => child.leaves);
  return { kind, name, type, nullable, slotDef, def, rep, children, leaf: null, leaves };
}

const isList = ({ logical, converted }: SchemaElement): boolean =>
  logical === null ? converted === 3 : logical.has(3);

const isMap = ({ logical, converted }: SchemaElement): boolean =>
  logical === null ? converted === 1 || converted === 2 : logical.has(2);

/** Whether the repeated field is the item and not a shell around it (LogicalTypes.md, backward compatibility of lists). */
function isItemItself({ element, children }: Item, listName: string): boolean {
  if (children.length !== 1) return true;
  if (children[0]!.element.repetition === 'repeated') return true;
  return element.name === 'array' || element.name === `${listName}_tuple`;
}
