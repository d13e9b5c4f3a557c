// Writes generated CSV rows as bytes: numbers, dates and texts without a string between, and the randomness behind them.

const COMMA = 44;
const ZERO = 48;
const SECONDS_A_DAY = 86_400;

/** Moments go from the first day of 2024 over three years, in the rows' order with small steps back. */
const FIRST_SECOND = Date.UTC(2024, 0, 1) / 1000;
const FIRST_DAY = FIRST_SECOND / SECONDS_A_DAY;
const SPAN_SECONDS = 3 * 365 * SECONDS_A_DAY;

const encoder = new TextEncoder();

/** Texts as bytes, each in quotes where CSV needs them. */
export function phrases(texts: readonly string[]): Uint8Array[] {
  return texts.map((text) =>
    encoder.encode(/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text),
  );
}

/** Texts as bytes, for the inside of a quoted field. */
export function quotedPhrases(texts: readonly string[]): Uint8Array[] {
  return texts.map((text) => encoder.encode(text.replaceAll('"', '""')));
}

/** The date of a day since 1970. */
function dateText(day: number): Uint8Array {
  return encoder.encode(new Date(day * SECONDS_A_DAY * 1000).toISOString().slice(0, 10));
}

/** mulberry32 without its lowest bit: 32 bits of state, whole-number arithmetic alone, so that every runtime draws the same. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** 0 to 2^31 − 1: what fits into a small integer is several times as fast. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 1;
  }

  /** 0 to `count` − 1. */
  below(count: number): number {
    return this.next() % count;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.next() % list.length]!;
  }
}

/** A row under way. Whoever gives the bytes leaves room for the largest row. */
export class RowWriter {
  bytes: Uint8Array;
  at = 0;
  /** Dates by the days since FIRST_DAY. */
  readonly #days: Uint8Array[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(byte: number): void {
    this.bytes[this.at++] = byte;
  }

  comma(): void {
    this.bytes[this.at++] = COMMA;
  }

  phrase(phrase: Uint8Array): void {
    const { bytes } = this;
    let { at } = this;
    const { length } = phrase;
    // A call costs more than a short loop.
    if (length > 48) {
      bytes.set(phrase, at);
      this.at = at + length;
      return;
    }
    for (let i = 0; i < length; i++) bytes[at++] = phrase[i]!;
    this.at = at;
  }

  /** Exactly `width` digits, zeros in front. `value` is whole, not negative, below 2^31, and fits. */
  digits(value: number, width: number): void {
    const { bytes, at } = this;
    let left = value;
    for (let i = at + width - 1; i >= at; i--) {
      // Kept in 32 bits: the division of doubles takes several times as long.
      const next = (left / 10) | 0;
      bytes[i] = ZERO + (left - next * 10);
      left = next;
    }
    this.at = at + width;
  }

  /** A whole number that is not negative. */
  number(value: number): void {
    let width = 1;
    for (let limit = 10; value >= limit; limit *= 10) width++;
    this.digits(value, width);
  }

  /** `cents` as a number with two digits after the point. */
  cents(cents: number): void {
    const whole = (cents / 100) | 0;
    this.number(whole);
    this.byte(46);
    this.digits(cents - whole * 100, 2);
  }

  /** The date of a moment in seconds since 1970, from 2024 on. */
  date(seconds: number): void {
    const day = (seconds / SECONDS_A_DAY) | 0;
    this.phrase((this.#days[day - FIRST_DAY] ??= dateText(day)));
  }

  /** `2026-03-14T08:15:30`; the zone is up to the caller. */
  moment(seconds: number): void {
    this.date(seconds);
    const ofDay = seconds % SECONDS_A_DAY;
    this.byte(84);
    this.digits((ofDay / 3600) | 0, 2);
    this.byte(58);
    this.digits(((ofDay / 60) | 0) % 60, 2);
    this.byte(58);
    this.digits(ofDay % 60, 2);
  }

  endRow(): void {
    this.bytes[this.at++] = 10;
  }
}

/** A table that can be generated. */
export interface GeneratedShape {
  /** Column names, and the first line without its end. */
  header: string;
  /** Writes row number `row` of `rows`, at most `MOST_ROW_BYTES`. */
  write(to: RowWriter, random: Random, row: number, rows: number): void;
}

/** Room that a row may take. */
export const MOST_ROW_BYTES = 16 * 1024;

/** A moment of the three years, later the later the row, with small steps back. */
export function momentOfRow(random: Random, row: number, rows: number): number {
  return FIRST_SECOND + Math.floor((row * SPAN_SECONDS) / rows) + random.below(600);
}
