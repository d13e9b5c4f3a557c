// The members of a struct type that become columns, and how to find them in typed values and in JSON text.
import { isNullValue, type TypedColumn } from '../../table/batch.ts';
import type { BlockWriter } from '../../table/block-writer.ts';
import type { DataType, Field } from '../../table/data-type.ts';
import { eachMember } from '../../table/json-members.ts';
import { addJsonCell, isJsonNull, type CellScan } from '../../table/json-parts.ts';
import { jsonStringText } from '../../table/json-unescape.ts';
import { uniqueNames } from '../../table/write-json.ts';

/** A member: a column, or a struct whose members are. */
export interface Member {
  /** Position among the columns, of the first one for a struct. */
  at: number;
  /** Place among the fields of its struct. */
  place: number;
  type: DataType;
  /** By name; null: a column. */
  members: Map<string, Member> | null;
}

/** The members of a struct down to `depth` levels, and the columns they become; `name` is what the struct is called. */
export function membersOf(
  type: DataType & { kind: 'struct' },
  name: string,
  separator: string,
  depth: number,
): { members: Map<string, Member>; fields: Field[] } {
  const fields: Field[] = [];
  const within = (struct: DataType & { kind: 'struct' }, path: string, left: number) => {
    const members = new Map<string, Member>();
    const names = uniqueNames(struct.fields.map((field) => field.name));
    for (const [place, field] of struct.fields.entries()) {
      const at = fields.length;
      const own = path + separator + field.name;
      const isDeeper = field.type.kind === 'struct' && left > 1 && field.type.fields.length > 0;
      if (!isDeeper) fields.push({ ...field, name: own, nullable: true });
      members.set(names[place]!, {
        at,
        place,
        type: field.type,
        members: isDeeper
          ? within(field.type as DataType & { kind: 'struct' }, own, left - 1)
          : null,
      });
    }
    return members;
  };
  const members = within(type, name, depth);
  return { members, fields };
}

/** The columns of a typed struct, in the order of their positions. */
export function takeTyped(
  column: TypedColumn,
  members: ReadonlyMap<string, Member>,
  out: TypedColumn[],
): void {
  for (const { place, members: inner } of members.values()) {
    const child = underParent(column.children[place]!, column);
    if (inner === null) out.push(child);
    else takeTyped(child, inner, out);
  }
}

/** A child that is null wherever its parent is. */
function underParent(child: TypedColumn, parent: TypedColumn): TypedColumn {
  if (parent.validity === null || child.type.kind === 'null') return child;
  const validity = new Uint8Array((child.length + 7) >> 3);
  for (let row = 0; row < parent.length; row++)
    if (!isNullValue(parent, row) && !isNullValue(child, row))
      validity[row >> 3]! |= 1 << (row & 7);
  return { ...child, validity };
}

/** Where the members' values stand in the record at hand: [start, end) by column, start -1 = null. */
export class MemberPlaces {
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #types: DataType[];

  constructor(fields: readonly Field[]) {
    this.#starts = new Int32Array(fields.length);
    this.#ends = new Int32Array(fields.length);
    this.#types = fields.map(({ type }) => type);
  }

  /** No member has a value. */
  clear(): void {
    this.#starts.fill(-1);
  }

  /**
   * Finds the members in the JSON text of a cell; whether it is a record. The last of repeated names counts; names that are no
   * members are told.
   */
  find(
    cell: CellScan,
    content: Uint8Array,
    members: ReadonlyMap<string, Member>,
    onOther: (name: string) => void,
  ): boolean {
    this.clear();
    const at = cell.open(content);
    const { bytes } = cell.scan;
    if (isJsonNull(bytes, at)) return cell.isWhole(cell.scan.value(at));
    if (bytes[at] !== 123) return false;
    let isRecord = true;
    const walk = (from: number, known: ReadonlyMap<string, Member>): number =>
      eachMember(cell.scan, from, (keyStart, keyEnd, hasEscapes, start, end) => {
        const name = jsonStringText(bytes, keyStart, keyEnd, hasEscapes);
        const member = known.get(name);
        if (member === undefined) onOther(name);
        else if (member.members === null) {
          this.#starts[member.at] = start;
          this.#ends[member.at] = end;
        } else if (bytes[start] === 123) walk(start, member.members);
        else if (!isJsonNull(bytes, start)) isRecord = false;
      });
    return cell.isWhole(walk(at, members)) && isRecord;
  }

  /** Adds a cell for each column. */
  write(writer: BlockWriter, bytes: Uint8Array): void {
    for (let c = 0; c < this.#types.length; c++) {
      if (this.#starts[c]! < 0) writer.addNull();
      else addJsonCell(writer, bytes, this.#starts[c]!, this.#ends[c]!, this.#types[c]!);
    }
  }
}
