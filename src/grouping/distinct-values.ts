// Counts different values by group, and finds the most frequent one: exact, with what memory cannot hold sorted on scratch files.
import type { Scratch } from '../contract/scratch.ts';
import type { TypedColumn } from '../table/batch.ts';
import { createBuilder } from '../table/builders.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import type { DataType } from '../table/data-type.ts';
import { createKeyTable } from '../table/key-table.ts';
import { compareBytes } from '../table/row-key.ts';
import { isValid, withRoom, type Accumulator, type GroupedRows } from './accumulator.ts';
import { wholeColumn } from './counts.ts';
import { groupAt, GROUP_BYTES, KeysAside, putGroup } from './keys-aside.ts';
import { valueKeys, valueOfKey } from './value-keys.ts';

/** Of a pair in the table, beside its bytes. */
const BYTES_PER_PAIR = 24;
/** Behind a key put aside: where in the order of rows it came. */
const NUMBER_BYTES = 6;

/** Pairs of group and value: one table as long as they have room there, unknown ones aside from then on. */
abstract class Pairs implements Accumulator {
  readonly bytesPerGroup = 8;
  readonly #scratch: Scratch;
  readonly #signal: AbortSignal;
  protected readonly table = createKeyTable();
  readonly #key = new ByteWriter(256);
  #heldBytes = 0;
  #rowCount = 0;
  #aside: KeysAside | null = null;

  constructor(scratch: Scratch, signal: AbortSignal) {
    this.#scratch = scratch;
    this.#signal = signal;
  }

  /** A pair in the table, each time it comes. */
  protected abstract met(pair: number, group: number): void;
  /** A pair that is not in the table, how often it came and which row brought it first. */
  protected abstract settled(group: number, key: Uint8Array, count: number, first: number): void;
  protected abstract grow(groupCount: number): void;

  add(column: TypedColumn | null, { rows, groups, count, groupCount }: GroupedRows): void {
    this.grow(groupCount);
    if (column!.type.kind === 'null') return;
    const { validity } = column!;
    const write = valueKeys(column!);
    const key = this.#key;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (!isValid(validity, row)) continue;
      const group = groups[i]!;
      this.#rowCount++;
      key.clear();
      putGroup(group, key);
      write(row, key);
      let pair: number;
      if (this.#aside === null) {
        const size = this.table.size;
        pair = this.table.findOrAdd(key.bytes, 0, key.length);
        if (pair === size) {
          this.#heldBytes += key.length + BYTES_PER_PAIR;
          if (this.#heldBytes > this.#scratch.memoryBytes)
            this.#aside = new KeysAside(this.#scratch, this.#signal);
        }
      } else pair = this.table.find(key.bytes, 0, key.length);
      if (pair >= 0) this.met(pair, group);
      else {
        for (let k = NUMBER_BYTES - 1; k >= 0; k--)
          key.byte(Math.floor(this.#rowCount / 2 ** (k * 8)) & 255);
        this.#aside!.add(key.bytes, 0, key.length);
      }
    }
  }

  async flush(): Promise<void> {
    await this.#aside?.flush();
  }

  async settle(): Promise<void> {
    if (this.#aside === null) return;
    let last = new Uint8Array(0);
    let count = 0;
    let first = 0;
    const tell = (): void => {
      if (count > 0) this.settled(groupAt(last, 0), last.subarray(GROUP_BYTES), count, first);
    };
    await this.#aside.each((bytes, start, end) => {
      const to = end - NUMBER_BYTES;
      if (count > 0 && compareBytes(last, 0, last.length, bytes, start, to) === 0) {
        count++;
        return;
      }
      tell();
      last = bytes.slice(start, to);
      count = 1;
      first = 0;
      for (let k = to; k < end; k++) first = first * 256 + bytes[k]!;
    });
    tell();
  }

  async close(): Promise<void> {
    this.table.clear();
    await this.#aside?.close();
  }
}

export class DistinctCounts extends Pairs {
  #counts = new Float64Array(64);
  #seen = 0;

  protected grow(groupCount: number): void {
    this.#counts = withRoom(this.#counts, groupCount);
  }

  protected met(pair: number, group: number): void {
    if (pair < this.#seen) return;
    this.#seen = pair + 1;
    this.#counts[group]!++;
  }

  protected settled(group: number): void {
    this.#counts[group]!++;
  }

  finish(groupCount: number): TypedColumn {
    return wholeColumn(this.#counts, groupCount);
  }
}

/** The most frequent value; of equally frequent ones the one that came first. */
export class Modes extends Pairs {
  readonly #type: DataType;
  #pairCounts = new Float64Array(64);
  #pairGroups = new Uint32Array(64);
  readonly #best: ({ key: Uint8Array; count: number; first: number } | undefined)[] = [];

  constructor(type: DataType, scratch: Scratch, signal: AbortSignal) {
    super(scratch, signal);
    this.#type = type;
  }

  protected grow(): void {}

  protected met(pair: number, group: number): void {
    this.#pairCounts = withRoom(this.#pairCounts, pair + 1);
    this.#pairGroups = withRoom(this.#pairGroups, pair + 1);
    this.#pairCounts[pair]!++;
    this.#pairGroups[pair] = group;
  }

  protected settled(group: number, key: Uint8Array, count: number, first: number): void {
    const best = this.#best[group];
    if (best === undefined || count > best.count || (count === best.count && first < best.first))
      this.#best[group] = { key: key.slice(), count, first };
  }

  override async settle(): Promise<void> {
    // Pairs of the table came before all others, in the order of their numbers.
    for (let pair = 0; pair < this.table.size; pair++) {
      const group = this.#pairGroups[pair]!;
      const count = this.#pairCounts[pair]!;
      if (count > (this.#best[group]?.count ?? 0))
        this.#best[group] = {
          key: this.table.keyAt(pair).slice(GROUP_BYTES),
          count,
          first: pair - this.table.size,
        };
    }
    await super.settle();
  }

  finish(groupCount: number): TypedColumn {
    const builder = createBuilder(this.#type, groupCount);
    for (let g = 0; g < groupCount; g++) {
      const best = this.#best[g];
      builder.append(best === undefined ? null : valueOfKey(this.#type, best.key));
    }
    return builder.finish();
  }
}
