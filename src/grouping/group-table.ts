// Groups rows by key and measures each group: in memory as far as the groups fit, the rows of further ones put aside in parts.
import type { Scratch } from '../contract/scratch.ts';
import { failOnMisfit } from '../contract/step-misfit.ts';
import { createExternalSorter } from '../spill/external-sorter.ts';
import { createPartitions, type Partitions } from '../spill/partitions.ts';
import { selectedCount, selectedRow, sliceSelected, type Batch } from '../table/batch.ts';
import type { TypedColumn } from '../table/batch.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import { BOOL, FLOAT64, type Schema } from '../table/data-type.ts';
import { withoutDictionary } from '../table/gather-column.ts';
import { concatBatches, gatherRows } from '../table/gather.ts';
import { hashBytes } from '../table/hash-bytes.ts';
import { createKeyTable } from '../table/key-table.ts';
import { materialise } from '../table/materialise.ts';
import { createKeyWriter } from '../table/row-key.ts';
import { locateFields } from '../table/text-fields.ts';
import { withRoom, type GroupedRows } from './accumulator.ts';
import { createMeasures, type MeasureSpec, type Reads } from './measures.ts';

/** What is grouped, by what, and what of each group comes out. */
export interface GroupingShape {
  /** Of the batches that are added. */
  input: Schema;
  /** Positions of the key columns; none: all rows are one group, which is there without rows too. */
  keys: readonly number[];
  measures: readonly MeasureSpec[];
  /** Key columns, then measures. */
  output: Schema;
  /** What rows are parted by for measures that are over a part of them. */
  parting?: Parting;
}

/** Values of a column as keys (`equal`); which of them a row has is its part. */
export interface Parting {
  column: number;
  values: readonly Uint8Array[];
  /** Rows that have none of the values. */
  onOther(rowCount: number): void;
}

export interface Grouping {
  /** The selected rows of a batch. */
  add(batch: Batch): Promise<void>;
  /** A row for each group, in the order of their first rows. Once. */
  results(): AsyncGenerator<Batch>;
  /** Gives up everything held. Safe at any moment, also twice. */
  close(): Promise<void>;
}

/** Of the memory: keys, key columns and state of the groups. */
const GROUPS_SHARE = 1 / 2;
/** Values that measures keep. */
const VALUES_SHARE = 1 / 4;
/** A key's bytes stand in the table, and about so in its columns, which are joined at the end. */
const KEY_COPIES = 3;
const BYTES_PER_GROUP = 48;
const PARTS = 16;
const ROWS_AT_ONCE = 65_536;
/** Bytes of a row's number as a key. */
const NUMBER_BYTES = 6;

/** Groups in no particular order, with the numbers of their first rows. */
interface Piece {
  batch: Batch;
  firsts: Float64Array;
}

export function createGrouping(
  shape: GroupingShape,
  scratch: Scratch,
  signal: AbortSignal,
): Grouping {
  const table = new GroupTable(shape, scratch, signal, 0);
  let rowCount = 0;
  let sorter: ReturnType<typeof createExternalSorter> | undefined;
  return {
    async add(batch) {
      const first = rowCount;
      rowCount += selectedCount(batch);
      await table.add(batch, (i) => first + i);
    },
    async *results() {
      for await (const { batch } of table.own()) yield batch;
      if (!table.hasLate) return;
      let firsts = new Float64Array(0);
      sorter = createExternalSorter(
        shape.output,
        { begin() {}, write: (row, out) => putNumber(firsts[row]!, out) },
        scratch,
        signal,
      );
      for await (const piece of table.late()) {
        firsts = piece.firsts as Float64Array<ArrayBuffer>;
        await sorter.add(piece.batch);
      }
      yield* sorter.sortedRows();
    },
    async close() {
      await table.close();
      await sorter?.close();
    },
  };
}

function putNumber(number: number, out: ByteWriter): void {
  for (let k = NUMBER_BYTES - 1; k >= 0; k--) out.byte(Math.floor(number / 2 ** (k * 8)) & 255);
}

/** One table of groups; rows whose group found no room wait in parts for tables of their own. */
class GroupTable {
  readonly #shape: GroupingShape;
  readonly #scratch: Scratch;
  readonly #signal: AbortSignal;
  readonly #depth: number;
  readonly #keySchema: Schema;
  readonly #keys;
  readonly #table = createKeyTable();
  readonly #measures;
  readonly #parter: Parter | null;
  readonly #bytesPerGroup: number;
  readonly #key = new ByteWriter(256);
  readonly #hash = new Uint32Array(2);
  /** Of the batch at hand, used again for the next. */
  #rows = new Uint32Array(1024);
  #groups = new Uint32Array(1024);
  /** The key columns of new groups, batch by batch. */
  #parts: Batch[] = [];
  #firsts = new Float64Array(64);
  #groupCount = 0;
  #heldBytes = 0;
  #isFull = false;
  #late: Partitions | null = null;
  #nested: GroupTable | null = null;

  constructor(shape: GroupingShape, scratch: Scratch, signal: AbortSignal, depth: number) {
    this.#shape = shape;
    this.#scratch = scratch;
    this.#signal = signal;
    this.#depth = depth;
    this.#keySchema = { fields: shape.keys.map((k) => shape.input.fields[k]!) };
    this.#keys = createKeyWriter(shape.input, shape.keys, {
      mode: 'equal',
      onMisfit: failOnMisfit,
    });
    this.#measures = createMeasures(
      shape.input,
      shape.measures,
      { ...scratch, memoryBytes: scratch.memoryBytes * VALUES_SHARE },
      signal,
    );
    this.#parter = shape.parting ? createParter(shape.input, shape.parting) : null;
    this.#bytesPerGroup = this.#measures.states.reduce(
      (sum, { accumulator }) => sum + accumulator.bytesPerGroup,
      BYTES_PER_GROUP,
    );
  }

  get hasLate(): boolean {
    return this.#late !== null;
  }

  /** `numberOf(i)`: the number of the i-th selected row, ascending over all batches. */
  async add(batch: Batch, numberOf: (i: number) => number): Promise<void> {
    this.#signal.throwIfAborted();
    const count = selectedCount(batch);
    if (count === 0) return;
    this.#rows = withRoom(this.#rows, count);
    this.#groups = withRoom(this.#groups, count);
    const grouped: GroupedRows = {
      rows: this.#rows,
      groups: this.#groups,
      count: 0,
      groupCount: 0,
    };
    const late =
      this.#shape.keys.length === 0
        ? this.#addToOne(batch, grouped)
        : this.#number(batch, grouped, numberOf);
    grouped.groupCount = this.#groupCount;
    const columns = new ColumnReader(batch, this.#shape.input);
    const parts = this.#parter?.(batch, grouped);
    for (const { accumulator, column, reads, part } of this.#measures.states) {
      const rows = part === null ? grouped : parts![part]!;
      if (rows.count === 0) continue;
      accumulator.add(columns.read(column, reads), rows);
      await accumulator.flush?.();
    }
    if (late !== null) await this.#putAside(batch, late, numberOf);
  }

  #addToOne(batch: Batch, grouped: GroupedRows): null {
    this.#groupCount = 1;
    const count = selectedCount(batch);
    grouped.groups.fill(0, 0, count);
    for (let i = 0; i < count; i++) grouped.rows[i] = selectedRow(batch, i);
    grouped.count = count;
    return null;
  }

  /** Finds the group of each row, a new one where there is room; gives the places of rows without one. */
  #number(
    batch: Batch,
    grouped: GroupedRows,
    numberOf: (i: number) => number,
  ): { places: number[]; parts: Uint8Array } | null {
    const { rows, groups } = grouped;
    const count = selectedCount(batch);
    const most = this.#scratch.memoryBytes * GROUPS_SHARE;
    const fresh: number[] = [];
    const places: number[] = [];
    const parts = new Uint8Array(this.#isFull ? batch.rowCount : 0);
    let lateParts = parts;
    const key = this.#key;
    const table = this.#table;
    this.#keys.begin(batch);
    let n = 0;
    for (let i = 0; i < count; i++) {
      const row = selectedRow(batch, i);
      key.length = 0;
      this.#keys.write(row, key);
      let group: number;
      if (this.#isFull) {
        group = table.find(key.bytes, 0, key.length);
        if (group < 0) {
          hashBytes(key.bytes, 0, key.length, this.#hash, this.#depth + 1);
          lateParts[row] = this.#hash[0]! % PARTS;
          places.push(i);
          continue;
        }
      } else {
        group = table.findOrAdd(key.bytes, 0, key.length);
        if (group === this.#groupCount) {
          this.#groupCount++;
          this.#firsts = withRoom(this.#firsts, this.#groupCount);
          this.#firsts[group] = numberOf(i);
          fresh.push(row);
          this.#heldBytes += key.length * KEY_COPIES + this.#bytesPerGroup;
          if (this.#heldBytes > most) {
            this.#isFull = true;
            lateParts = new Uint8Array(batch.rowCount);
          }
        }
      }
      rows[n] = row;
      groups[n++] = group;
    }
    grouped.count = n;
    if (fresh.length > 0)
      this.#parts.push(gatherRows(this.#keyColumns(batch), Uint32Array.from(fresh)));
    return places.length === 0 ? null : { places, parts: lateParts };
  }

  #keyColumns(batch: Batch): Batch {
    return {
      ...batch,
      schema: this.#keySchema,
      selection: null,
      columns: this.#shape.keys.map((k) => batch.columns[k]!),
    };
  }

  async #putAside(
    batch: Batch,
    late: { places: number[]; parts: Uint8Array },
    numberOf: (i: number) => number,
  ): Promise<void> {
    const { input } = this.#shape;
    const schema = numbered(input);
    this.#late ??= createPartitions(schema, PARTS, this.#scratch);
    const numbers = new Float64Array(batch.rowCount);
    const selection = Uint32Array.from(late.places, (i) => {
      const row = selectedRow(batch, i);
      numbers[row] = numberOf(i);
      return row;
    });
    const columns = [...batch.columns.slice(0, input.fields.length), numberColumn(numbers)];
    await this.#late.add({ ...batch, schema, selection, columns }, late.parts);
  }

  /** The groups of this table, in the order of their first rows. Their memory is free afterwards. */
  async *own(): AsyncGenerator<Piece> {
    const isOne = this.#shape.keys.length === 0;
    const groupCount = isOne ? 1 : this.#groupCount;
    if (groupCount === 0) return;
    for (const { accumulator } of this.#measures.states) await accumulator.settle?.();
    const keys = isOne ? null : concatBatches(this.#keySchema, this.#parts);
    const firsts = this.#firsts;
    const batch: Batch = {
      schema: this.#shape.output,
      rowCount: groupCount,
      selection: null,
      columns: [
        ...(keys?.columns ?? []),
        ...this.#measures.results.map((measure) => measure.finish(groupCount)),
      ],
      block: keys?.block ?? null,
      ...(keys?.isShared && { isShared: true as const }),
    };
    this.#parts = [];
    this.#table.clear();
    for (const { accumulator } of this.#measures.states) await accumulator.close?.();
    for (let from = 0; from < groupCount; from += ROWS_AT_ONCE) {
      this.#signal.throwIfAborted();
      const to = Math.min(groupCount, from + ROWS_AT_ONCE);
      yield { batch: sliceSelected(batch, from, to), firsts: firsts.subarray(from, to) };
    }
  }

  /** The groups of the rows put aside, part by part. Behind `own`. */
  async *late(): AsyncGenerator<Piece> {
    const late = this.#late;
    if (late === null) return;
    const numberAt = this.#shape.input.fields.length;
    for (let part = 0; part < PARTS; part++) {
      if (late.rowCount(part) === 0) continue;
      // The number stands behind the columns that the shape knows.
      const nested = new GroupTable(this.#shape, this.#scratch, this.#signal, this.#depth + 1);
      this.#nested = nested;
      for await (const batch of late.read(part)) {
        const numbers = (batch.columns[numberAt] as TypedColumn).values as Float64Array;
        await nested.add(batch, (i) => numbers[selectedRow(batch, i)]!);
      }
      await late.drop(part);
      yield* nested.own();
      yield* nested.late();
      await nested.close();
    }
  }

  async close(): Promise<void> {
    for (const { accumulator } of this.#measures.states) await accumulator.close?.();
    await this.#nested?.close();
    await this.#late?.close();
  }
}

/** Rows by the part they belong to. */
type Parter = (batch: Batch, grouped: GroupedRows) => GroupedRows[];

function createParter(schema: Schema, { column, values, onOther }: Parting): Parter {
  const keys = createKeyWriter(schema, [column], { mode: 'equal', onMisfit: failOnMisfit });
  const table = createKeyTable(values.length);
  for (const value of values) table.findOrAdd(value, 0, value.length);
  const key = new ByteWriter(256);
  return (batch, { rows, groups, count, groupCount }) => {
    const partOf = new Int32Array(count);
    const counts = new Uint32Array(values.length);
    let others = 0;
    keys.begin(batch);
    for (let i = 0; i < count; i++) {
      key.clear();
      keys.write(rows[i]!, key);
      const part = table.find(key.bytes, 0, key.length);
      partOf[i] = part;
      if (part < 0) others++;
      else counts[part]!++;
    }
    if (others > 0) onOther(others);
    const parts = Array.from(counts, (size) => ({
      rows: new Uint32Array(size),
      groups: new Uint32Array(size),
      count: 0,
      groupCount,
    }));
    for (let i = 0; i < count; i++) {
      const part = parts[partOf[i]!];
      if (part === undefined) continue;
      part.rows[part.count] = rows[i]!;
      part.groups[part.count++] = groups[i]!;
    }
    return parts;
  };
}

/** The schema with the rows' numbers behind it. */
function numbered(schema: Schema): Schema {
  const number = { name: 'row', type: FLOAT64, nullable: false, origin: 'native' as const };
  return { fields: [...schema.fields, number] };
}

function numberColumn(values: Float64Array): TypedColumn {
  return typedShell(FLOAT64, values.length, { values });
}

function typedShell(
  type: TypedColumn['type'],
  length: number,
  parts: Partial<TypedColumn>,
): TypedColumn {
  return {
    storage: 'typed',
    type,
    length,
    validity: null,
    values: null,
    offsets: null,
    bytes: null,
    children: [],
    dictionary: null,
    ...parts,
  };
}

/** The columns of a batch as accumulators take them, each read once. */
class ColumnReader {
  readonly #batch: Batch;
  readonly #known = new Map<number, TypedColumn>();

  constructor(batch: Batch, schema: Schema) {
    this.#batch = { ...batch, schema };
  }

  read(column: number | null, reads: Reads): TypedColumn | null {
    if (column === null || reads === 'rows') return null;
    const known = this.#known.get(column);
    if (known !== undefined) return known;
    const batch = this.#batch;
    const found = batch.columns[column]!;
    // Whether a text is null is seen without reading it.
    if (found.storage === 'text' && reads === 'nulls') {
      const { validity } = locateFields(batch.block!, found.index, batch.rowCount, batch.selection);
      return typedShell(BOOL, batch.rowCount, { validity });
    }
    const values = withoutDictionary(
      materialise(batch, column, (row, text) => failOnMisfit(batch, column, row, text)),
    );
    this.#known.set(column, values);
    return values;
  }
}
