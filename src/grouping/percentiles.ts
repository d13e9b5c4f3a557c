// Exact percentiles by group: all values are kept, and sorted in the end; on scratch files when they are more than memory.
import type { Scratch } from '../contract/scratch.ts';
import type { TypedColumn } from '../table/batch.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import { FLOAT64 } from '../table/data-type.ts';
import { columnOf, withRoom, type Accumulator, type GroupedRows } from './accumulator.ts';
import { groupAt, GROUP_BYTES, KeysAside, putGroup } from './keys-aside.ts';
import { selectRank } from './select-rank.ts';
import { doublesOf } from './value-keys.ts';

const BYTES_PER_VALUE = 12;
/** Values are put aside in stretches of so many. */
const STRETCH = 65_536;

/** Where a percentile lies among `count` values in order: between ranks `low` and `low + 1`, `share` of the way. */
function placeOf(p: number, count: number): { low: number; share: number } {
  const place = (count - 1) * (p / 100);
  const low = Math.floor(place);
  return { low, share: place - low };
}

function between(low: number, high: number, share: number): number {
  return share === 0 || low === high ? low : low + (high - low) * share;
}

/** The percentiles of one column; which ones is said before the first value comes. */
export class Percentiles implements Accumulator {
  readonly bytesPerGroup = 8;
  readonly #scratch: Scratch;
  readonly #signal: AbortSignal;
  readonly #asked: { p: number; values: Float64Array }[] = [];
  #counts = new Float64Array(64);
  #groups = new Uint32Array(1024);
  #values = new Float64Array(1024);
  #held = 0;
  #aside: KeysAside | null = null;
  readonly #key = new ByteWriter(64);

  constructor(scratch: Scratch, signal: AbortSignal) {
    this.#scratch = scratch;
    this.#signal = signal;
  }

  /** Asks for a percentile, 0 to 100; its number for `finish`. */
  ask(p: number): number {
    return this.#asked.push({ p, values: new Float64Array(0) }) - 1;
  }

  add(column: TypedColumn | null, { rows, groups, count, groupCount }: GroupedRows): void {
    this.#counts = withRoom(this.#counts, groupCount);
    if (column!.type.kind === 'null') return;
    this.#groups = withRoom(this.#groups, this.#held + count);
    this.#values = withRoom(this.#values, this.#held + count);
    const counts = this.#counts;
    const heldGroups = this.#groups;
    const heldValues = this.#values;
    const { validity } = column!;
    const values = doublesOf(column!);
    let held = this.#held;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) continue;
      const group = groups[i]!;
      counts[group]!++;
      heldGroups[held] = group;
      heldValues[held++] = values[row]!;
    }
    this.#held = held;
  }

  async flush(): Promise<void> {
    if (this.#aside === null) {
      if (this.#held * BYTES_PER_VALUE <= this.#scratch.memoryBytes) return;
      this.#aside = new KeysAside(this.#scratch, this.#signal);
    }
    await this.#putAside(this.#aside);
  }

  async #putAside(aside: KeysAside): Promise<void> {
    const key = this.#key;
    for (let i = 0; i < this.#held; i++) {
      key.clear();
      putGroup(this.#groups[i]!, key);
      putOrdered(this.#values[i]!, key);
      aside.add(key.bytes, 0, key.length);
      if (i % STRETCH === STRETCH - 1) await aside.flush();
    }
    await aside.flush();
    this.#held = 0;
    if (this.#groups.length > STRETCH * 2) {
      this.#groups = new Uint32Array(STRETCH);
      this.#values = new Float64Array(STRETCH);
    }
  }

  async settle(): Promise<void> {
    for (const asked of this.#asked) asked.values = new Float64Array(this.#counts.length);
    if (this.#aside === null) this.#fromMemory();
    else await this.#fromAside(this.#aside);
  }

  #fromMemory(): void {
    const groupCount = this.#counts.length;
    const ends = new Float64Array(groupCount);
    for (let g = 0, at = 0; g < groupCount; g++) {
      ends[g] = at;
      at += this.#counts[g]!;
    }
    const ordered = new Float64Array(this.#held);
    for (let i = 0; i < this.#held; i++) ordered[ends[this.#groups[i]!]!++] = this.#values[i]!;
    this.#groups = new Uint32Array(0);
    this.#values = new Float64Array(0);
    for (let g = 0; g < groupCount; g++) {
      const count = this.#counts[g]!;
      if (count === 0) continue;
      const values = ordered.subarray(ends[g]! - count, ends[g]);
      for (const asked of this.#asked) {
        const { low, share } = placeOf(asked.p, count);
        const [least, next] = selectRank(values, low);
        asked.values[g] = between(least, next, share);
      }
    }
  }

  async #fromAside(aside: KeysAside): Promise<void> {
    let group = -1;
    let rank = 0;
    const places = this.#asked.map(() => ({ low: 0, share: 0 }));
    await aside.each((bytes, start) => {
      const found = groupAt(bytes, start);
      if (found !== group) {
        group = found;
        rank = 0;
        for (const [k, { p }] of this.#asked.entries())
          places[k] = placeOf(p, this.#counts[group]!);
      }
      for (let k = 0; k < places.length; k++) {
        const { low, share } = places[k]!;
        if (rank !== low && rank !== low + 1) continue;
        const value = orderedAt(bytes, start + GROUP_BYTES);
        const { values } = this.#asked[k]!;
        values[group] = rank === low ? value : between(values[group]!, value, share);
      }
      rank++;
    });
  }

  finish(groupCount: number, asked: number): TypedColumn {
    const values = new Float64Array(groupCount);
    values.set(this.#asked[asked]!.values.subarray(0, groupCount));
    return columnOf(
      FLOAT64,
      groupCount,
      values,
      (g) => g < this.#counts.length && this.#counts[g]! > 0,
    );
  }

  async close(): Promise<void> {
    await this.#aside?.close();
  }
}

const VIEW = new DataView(new ArrayBuffer(8));

/** A double as 8 bytes in the order of values, NaN last. */
function putOrdered(value: number, out: ByteWriter): void {
  out.reserve(8);
  VIEW.setFloat64(0, Number.isNaN(value) ? Number.NaN : value);
  const high = VIEW.getInt32(0);
  const low = VIEW.getInt32(4);
  out.view.setInt32(out.length, high < 0 ? ~high : high ^ (0x80000000 | 0));
  out.view.setInt32(out.length + 4, high < 0 ? ~low : low);
  out.length += 8;
}

function orderedAt(bytes: Uint8Array, at: number): number {
  for (let k = 0; k < 8; k++) VIEW.setUint8(k, bytes[at + k]!);
  const high = VIEW.getInt32(0);
  VIEW.setInt32(0, high < 0 ? high ^ (0x80000000 | 0) : ~high);
  if (high >= 0) VIEW.setInt32(4, ~VIEW.getInt32(4));
  return VIEW.getFloat64(0);
}
