// Measures that are near the truth and small, whatever the number of values: HyperLogLog and t-digest.
import type { TypedColumn } from '../table/batch.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import { FLOAT64 } from '../table/data-type.ts';
import { hashBytes } from '../table/hash-bytes.ts';
import { columnOf, isValid, withRoom, type Accumulator, type GroupedRows } from './accumulator.ts';
import { wholeColumn } from './counts.ts';
import { Digest } from './digest.ts';
import { doublesOf, valueKeys } from './value-keys.ts';

/** 2^12 registers: a standard error of 1.6 %. */
const REGISTER_BITS = 12;
const REGISTERS = 1 << REGISTER_BITS;

/** How many different values, by Flajolet's HyperLogLog with linear counting for small numbers. */
export class DistinctSketches implements Accumulator {
  readonly bytesPerGroup = REGISTERS + 64;
  readonly #registers: (Uint8Array | undefined)[] = [];
  readonly #key = new ByteWriter(256);
  readonly #hash = new Uint32Array(2);

  add(column: TypedColumn | null, { rows, groups, count }: GroupedRows): void {
    if (column!.type.kind === 'null') return;
    const { validity } = column!;
    const write = valueKeys(column!);
    const key = this.#key;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (!isValid(validity, row)) continue;
      key.clear();
      write(row, key);
      hashBytes(key.bytes, 0, key.length, this.#hash);
      const registers = (this.#registers[groups[i]!] ??= new Uint8Array(REGISTERS));
      const place = this.#hash[0]! & (REGISTERS - 1);
      const rank = Math.clz32(this.#hash[1]!) + 1;
      if (rank > registers[place]!) registers[place] = rank;
    }
  }

  finish(groupCount: number): TypedColumn {
    const counts = new Float64Array(groupCount);
    for (let g = 0; g < groupCount; g++) {
      const registers = this.#registers[g];
      if (registers !== undefined) counts[g] = estimate(registers);
    }
    return wholeColumn(counts, groupCount);
  }
}

function estimate(registers: Uint8Array): number {
  let sum = 0;
  let empty = 0;
  for (const rank of registers) {
    sum += 2 ** -rank;
    if (rank === 0) empty++;
  }
  const raw = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum;
  const isSmall = raw <= 2.5 * REGISTERS && empty > 0;
  return Math.round(isSmall ? REGISTERS * Math.log(REGISTERS / empty) : raw);
}

/** Percentiles by Dunning's t-digest. */
export class PercentileSketches implements Accumulator {
  readonly bytesPerGroup = Digest.BYTES;
  readonly #digests: (Digest | undefined)[] = [];
  #counts = new Float64Array(64);

  add(column: TypedColumn | null, { rows, groups, count, groupCount }: GroupedRows): void {
    this.#counts = withRoom(this.#counts, groupCount);
    if (column!.type.kind === 'null') return;
    const { validity } = column!;
    const values = doublesOf(column!);
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (!isValid(validity, row)) continue;
      const group = groups[i]!;
      this.#counts[group]!++;
      (this.#digests[group] ??= new Digest()).add(values[row]!);
    }
  }

  finish(groupCount: number, p: number): TypedColumn {
    const values = new Float64Array(groupCount);
    const isSet = (g: number): boolean => this.#digests[g] !== undefined;
    for (let g = 0; g < groupCount; g++) values[g] = this.#digests[g]?.quantile(p / 100) ?? 0;
    return columnOf(FLOAT64, groupCount, values, isSet);
  }
}
