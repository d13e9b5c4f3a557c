// Exact sums of integers and decimals by group: in lanes of 32 bits held by doubles, whose carries are settled now and then.
import { ExportError, shorten } from '../contract/errors.ts';
import type { TypedColumn } from '../table/batch.ts';
import { FLOAT64, type DataType } from '../table/data-type.ts';
import { wordsOf } from '../table/gather-column.ts';
import { columnOf, withRoom, type Accumulator, type GroupedRows } from './accumulator.ts';

const WORD = 4_294_967_296;
const LANES = 4;
/** So many additions below 2^32 leave a lane exact. */
const MOST_ADDITIONS = 2 ** 20;
const MOST_DIGITS = 38;
const BEYOND = 10n ** BigInt(MOST_DIGITS);
/** Below, in the highest lane, a sum surely has no more digits. */
const SAFE_HIGH = Math.floor(Number(BEYOND / 2n ** 96n)) - 1;
/** Digits that an average has behind those of its values. */
const MORE_DIGITS = 6;

/** Over a column of integers, or of decimals (`scale`). */
export class ExactSums implements Accumulator {
  readonly bytesPerGroup = LANES * 8 + 8;
  readonly sumType: DataType;
  readonly averageType: DataType;
  readonly #scale: number;
  readonly #isDecimal: boolean;
  readonly #name: string;
  #lanes = new Float64Array(64 * LANES);
  #counts = new Float64Array(64);
  #groupCount = 0;
  #additions = 0;

  /** `name`: of the column, for the error of a sum too large. */
  constructor(type: DataType, name: string) {
    this.#isDecimal = type.kind === 'decimal';
    this.#scale = type.kind === 'decimal' ? type.scale : 0;
    this.#name = name;
    this.sumType = { kind: 'decimal', precision: MOST_DIGITS, scale: this.#scale };
    this.averageType = this.#isDecimal
      ? {
          kind: 'decimal',
          precision: MOST_DIGITS,
          scale: Math.min(this.#scale + MORE_DIGITS, MOST_DIGITS),
        }
      : FLOAT64;
  }

  add(column: TypedColumn | null, grouped: GroupedRows): void {
    this.#groupCount = grouped.groupCount;
    this.#lanes = withRoom(this.#lanes, grouped.groupCount * LANES);
    this.#counts = withRoom(this.#counts, grouped.groupCount);
    this.#additions += grouped.count;
    if (this.#additions > MOST_ADDITIONS) {
      this.#settle();
      this.#additions = grouped.count;
    }
    const { type, values } = column!;
    if (values === null) return;
    if (type.kind === 'decimal') this.#addWords(column!, grouped, 4);
    else if (type.kind === 'int' && type.bits === 64)
      if (type.signed) this.#addSigned64(column!, grouped);
      else this.#addWords(column!, grouped, 2);
    else this.#addNumbers(column!, grouped);
  }

  #addNumbers({ values, validity }: TypedColumn, { rows, groups, count }: GroupedRows): void {
    const numbers = values as Int32Array;
    const lanes = this.#lanes;
    const counts = this.#counts;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) continue;
      const group = groups[i]!;
      lanes[group * LANES]! += numbers[row]!;
      counts[group]!++;
    }
  }

  #addSigned64({ values, validity }: TypedColumn, { rows, groups, count }: GroupedRows): void {
    const words = wordsOf(values!);
    const lanes = this.#lanes;
    const counts = this.#counts;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) continue;
      const group = groups[i]!;
      lanes[group * LANES]! += words[row * 2]! >>> 0;
      lanes[group * LANES + 1]! += words[row * 2 + 1]!;
      counts[group]!++;
    }
  }

  /** Unsigned words, the highest of decimals signed. */
  #addWords(
    { values, validity }: TypedColumn,
    { rows, groups, count }: GroupedRows,
    width: 2 | 4,
  ): void {
    const words = wordsOf(values!);
    const lanes = this.#lanes;
    const counts = this.#counts;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      if (validity !== null && ((validity[row >> 3]! >> (row & 7)) & 1) === 0) continue;
      const group = groups[i]!;
      const to = group * LANES;
      const from = row * width;
      lanes[to]! += words[from]! >>> 0;
      lanes[to + 1]! += words[from + 1]! >>> 0;
      if (width === 4) {
        lanes[to + 2]! += words[from + 2]! >>> 0;
        lanes[to + 3]! += words[from + 3]!;
      }
      counts[group]!++;
    }
  }

  /** Carries: afterwards the lower lanes are from 0 to 2^32, which makes all of them the words of two's complement. */
  #settle(): void {
    const lanes = this.#lanes;
    for (let at = 0; at < this.#groupCount * LANES; at += LANES)
      for (let k = at; k < at + LANES - 1; k++) {
        const carry = Math.floor(lanes[k]! / WORD);
        lanes[k]! -= carry * WORD;
        lanes[k + 1]! += carry;
      }
  }

  #sumAt(group: number): bigint {
    const at = group * LANES;
    const [a, b, c, d] = this.#lanes.subarray(at, at + LANES);
    return (BigInt(d!) << 96n) + (BigInt(c!) << 64n) + (BigInt(b!) << 32n) + BigInt(a!);
  }

  #isSet = (group: number): boolean => group < this.#groupCount && this.#counts[group]! > 0;

  #overflow(op: string): ExportError {
    return new ExportError('aggregate.overflow', {
      op,
      column: shorten(this.#name),
      digits: MOST_DIGITS,
    });
  }

  /** Sums as decimals; null where nothing was added. Throws `aggregate.overflow`. */
  sums(groupCount: number): TypedColumn {
    this.#settle();
    const values = new BigInt64Array(groupCount * 2);
    const words = new Int32Array(values.buffer);
    const lanes = this.#lanes;
    for (let g = 0; g < Math.min(groupCount, this.#groupCount); g++) {
      const high = lanes[g * LANES + 3]!;
      if (Math.abs(high) >= SAFE_HIGH) {
        const sum = this.#sumAt(g);
        if (sum >= BEYOND || sum <= -BEYOND) throw this.#overflow('sum');
      }
      for (let k = 0; k < LANES; k++) words[g * LANES + k] = lanes[g * LANES + k]!;
    }
    return columnOf(this.sumType, groupCount, values, this.#isSet);
  }

  /** Averages: of integers as doubles, of decimals with six digits more, half to even. Throws `aggregate.overflow`. */
  averages(groupCount: number): TypedColumn {
    this.#settle();
    const { averageType } = this;
    if (averageType.kind !== 'decimal') {
      const values = new Float64Array(groupCount);
      for (let g = 0; g < groupCount; g++) if (this.#isSet(g)) values[g] = this.#averageAt(g);
      return columnOf(averageType, groupCount, values, this.#isSet);
    }
    const values = new BigInt64Array(groupCount * 2);
    const factor = 10n ** BigInt(averageType.scale - this.#scale);
    for (let g = 0; g < groupCount; g++) {
      if (!this.#isSet(g)) continue;
      const average = dividedHalfEven(this.#sumAt(g) * factor, BigInt(this.#counts[g]!));
      if (average >= BEYOND || average <= -BEYOND) throw this.#overflow('average');
      values[g * 2] = BigInt.asIntN(64, average);
      values[g * 2 + 1] = average >> 64n;
    }
    return columnOf(averageType, groupCount, values, this.#isSet);
  }

  #averageAt(group: number): number {
    const at = group * LANES;
    const count = this.#counts[group]!;
    const [low, mid, high, top] = this.#lanes.subarray(at, at + LANES);
    // Of small sums the upper lanes only repeat the sign.
    if (top === 0 && high === 0 && mid! < 2 ** 20) return (mid! * WORD + low!) / count;
    if (top === -1 && high === WORD - 1 && mid! >= WORD - 2 ** 20)
      return ((mid! - WORD) * WORD + low!) / count;
    const sum = this.#sumAt(group);
    const whole = sum / BigInt(count);
    return Number(whole) + Number(sum % BigInt(count)) / count;
  }
}

function dividedHalfEven(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  const rest = value % by;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const isUp = twice > by || (twice === by && (quotient & 1n) === 1n);
  return isUp ? quotient + (value < 0n ? -1n : 1n) : quotient;
}
