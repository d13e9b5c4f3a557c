// Measures that are near the truth and small, whatever the number of values: HyperLogLog and t-digest.
import type { TypedColumn } from '../table/batch.ts';
import { ByteWriter } from '../table/byte-writer.ts';
import { FLOAT64 } from '../table/data-type.ts';
import { hashBytes } from '../table/hash-bytes.ts';
import { estimateDistinct, noteHash } from '../table/hyper-log-log.ts';
import { columnOf, isValid, withRoom, type Accumulator, type GroupedRows } from './accumulator.ts';
import { wholeColumn } from './counts.ts';
import { Digest } from './digest.ts';
import { doublesOf, valueKeys } from './value-keys.ts';

/** 2^12 registers: a standard error of 1.6 %. */
const REGISTERS = 1 << 12;

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
      noteHash(registers, this.#hash);
    }
  }

  finish(groupCount: number): TypedColumn {
    const counts = new Float64Array(groupCount);
    for (let g = 0; g < groupCount; g++) {
      const registers = this.#registers[g];
      if (registers !== undefined) counts[g] = estimateDistinct(registers);
    }
    return wholeColumn(counts, groupCount);
  }
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
