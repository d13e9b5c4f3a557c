// The elements and attributes met in records, as a tree by the bytes of their names, each with the column it belongs to.
import type { Schema } from '../../table/data-type.ts';
import { ExportError } from '../../contract/errors.ts';
import type { AttributeRole, XmlNaming } from './naming.ts';

/** As a field has it: one text, a list of values, or JSON. */
export const AS_TEXT = 0;
export const AS_LIST = 1;
export const AS_JSON = 2;

/** Children of one element that are looked through one by one; of more, by a map. */
const FEW = 24;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

interface Named {
  bytes: Uint8Array;
}

export interface AttributeShape extends Named {
  role: AttributeRole;
  column: number;
  path: string;
}

export class ElementShape implements Named {
  readonly bytes: Uint8Array;
  readonly path: string;
  readonly column: number;
  readonly form: number;
  /** Whether columns stand for what is inside. */
  readonly isNested: boolean;
  /** The element around it that it was met in last. */
  parent = 0;
  /** What usually comes next: after it among its siblings, and first inside. */
  next: ElementShape | null = null;
  first: ElementShape | null = null;
  readonly children: ElementShape[] = [];
  readonly attributes: AttributeShape[] = [];
  byName: Map<string, ElementShape> | null = null;
  attributeByName: Map<string, AttributeShape> | null = null;

  constructor(bytes: Uint8Array, path: string, column: number, form: number, isNested: boolean) {
    this.bytes = bytes;
    this.path = path;
    this.column = column;
    this.form = form;
    this.isNested = isNested;
  }
}

function isNamed({ bytes: name }: Named, bytes: Uint8Array, from: number, to: number): boolean {
  const size = to - from;
  if (name.length !== size) return false;
  for (let i = 0; i < size; i++) if (name[i] !== bytes[from + i]) return false;
  return true;
}

/** Finds shapes, and makes those that are new. */
export class RecordShape {
  /** The record itself. */
  readonly root: ElementShape;
  readonly #columns = new Map<string, number>();
  readonly #nested = new Set<string>();
  readonly #forms: Uint8Array;
  readonly #naming: XmlNaming;
  readonly #most: number;
  #known = 0;

  constructor(schema: Schema, forms: Uint8Array, naming: XmlNaming, mostColumns: number) {
    this.#forms = forms;
    this.#naming = naming;
    this.#most = mostColumns * 2;
    for (const [c, { name }] of schema.fields.entries()) {
      if (!this.#columns.has(name)) this.#columns.set(name, c);
      for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
        this.#nested.add(name.slice(0, dot));
    }
    const column = this.#columns.get(naming.textName) ?? -1;
    this.root = new ElementShape(new Uint8Array(0), '', column, AS_TEXT, true);
  }

  /** Of names left out without end there is no end of shapes either. */
  #count(): void {
    if (this.#known++ > this.#most)
      throw new ExportError('read.xml.too-many-columns', { limit: this.#most / 2 });
  }

  /** The element [from, to) inside of `parent`; `before`: the one before it there. */
  element(
    parent: ElementShape,
    before: ElementShape | null,
    bytes: Uint8Array,
    from: number,
    to: number,
  ): ElementShape {
    const likely = before === null ? parent.first : before.next;
    if (likely !== null && isNamed(likely, bytes, from, to)) return likely;
    const found = this.#find(parent, bytes, from, to);
    if (before === null) parent.first = found;
    else before.next = found;
    return found;
  }

  #find(parent: ElementShape, bytes: Uint8Array, from: number, to: number): ElementShape {
    const { children } = parent;
    if (parent.byName === null)
      for (const child of children) if (isNamed(child, bytes, from, to)) return child;
    const name = decoder.decode(bytes.subarray(from, to));
    const known = parent.byName?.get(name);
    if (known !== undefined) return known;
    this.#count();
    const own = this.#naming.element(name);
    const path = parent.path === '' ? own : `${parent.path}.${own}`;
    const column = this.#columns.get(path) ?? -1;
    const form = column < 0 ? AS_TEXT : this.#forms[column]!;
    const isNested = this.#nested.has(path);
    const made = new ElementShape(bytes.slice(from, to), path, column, form, isNested);
    children.push(made);
    parent.byName?.set(name, made);
    if (children.length > FEW && parent.byName === null)
      parent.byName = new Map(children.map((child) => [decoder.decode(child.bytes), child]));
    return made;
  }

  /** The attribute [from, to), number `index` in its tag. */
  attribute(
    parent: ElementShape,
    index: number,
    bytes: Uint8Array,
    from: number,
    to: number,
  ): AttributeShape {
    const { attributes } = parent;
    const likely = attributes[index];
    if (likely !== undefined && isNamed(likely, bytes, from, to)) return likely;
    if (parent.attributeByName === null)
      for (const known of attributes) if (isNamed(known, bytes, from, to)) return known;
    const name = decoder.decode(bytes.subarray(from, to));
    const known = parent.attributeByName?.get(name);
    if (known !== undefined) return known;
    this.#count();
    const own = this.#naming.attribute(name);
    const path = parent.path === '' ? own : `${parent.path}.${own}`;
    const made: AttributeShape = {
      bytes: bytes.slice(from, to),
      role: this.#naming.roleOf(name),
      column: this.#columns.get(path) ?? -1,
      path,
    };
    attributes.push(made);
    parent.attributeByName?.set(name, made);
    if (attributes.length > FEW && parent.attributeByName === null)
      parent.attributeByName = new Map(attributes.map((a) => [decoder.decode(a.bytes), a]));
    return made;
  }
}
