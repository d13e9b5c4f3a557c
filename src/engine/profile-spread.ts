// How numbers are spread, in one pass and little memory: mean, standard deviation, and a histogram whose bins widen by doubling.

/** Bins that are counted, and bins that are shown. */
const BINS = 2_048;
const SHOWN_BINS = 24;

/** Counts in bins of equal width; bin i holds the values from `from + i × width` on. */
export interface Bins {
  from: number;
  width: number;
  counts: number[];
}

export class NumberSpread {
  count = 0;
  mean = 0;
  #squares = 0;
  #least = Infinity;
  #greatest = -Infinity;
  #width = 0;
  #base = 0;
  #counts = new Float64Array(0);
  /** No bin is narrower: 1 where only whole numbers come. */
  readonly #leastWidth: number;

  constructor(isWhole: boolean) {
    this.#leastWidth = isWhole ? 1 : 0;
  }

  /** Takes a finite number. */
  add(value: number): void {
    const distance = value - this.mean;
    this.mean += distance / ++this.count;
    this.#squares += distance * (value - this.mean);
    if (value < this.#least) this.#least = value;
    if (value > this.#greatest) this.#greatest = value;
    let bin = Math.floor(value / this.#width) - this.#base;
    if (!(bin >= 0 && bin < this.#counts.length)) {
      this.#reach(value);
      bin = Math.floor(value / this.#width) - this.#base;
    }
    this.#counts[bin]!++;
  }

  /** Of a sample; null for fewer than two. */
  get stddev(): number | null {
    return this.count < 2 ? null : Math.sqrt(this.#squares / (this.count - 1));
  }

  /** Lets the bins reach from the least to the greatest value. */
  #reach(value: number): void {
    const before = { width: this.#width, base: this.#base, counts: this.#counts };
    if (before.counts.length === 0) {
      const fine =
        value === 0 ? -60 : Math.max(-1_000, Math.floor(Math.log2(Math.abs(value))) - 40);
      this.#width = Math.max(this.#leastWidth, 2 ** fine);
    }
    const [low, high] = this.#widen(BINS);
    this.#counts = new Float64Array(BINS);
    this.#base = low - ((BINS - (high - low + 1)) >> 1);
    const share = before.width / this.#width;
    for (const [i, count] of before.counts.entries())
      if (count > 0) this.#counts[Math.floor((before.base + i) * share) - this.#base]! += count;
  }

  /** Doubles the width until so many bins reach over all values; the first and last of them. */
  #widen(most: number): [low: number, high: number] {
    for (;;) {
      const low = Math.floor(this.#least / this.#width);
      const high = Math.floor(this.#greatest / this.#width);
      if (high - low < most && Number.isSafeInteger(low) && Number.isSafeInteger(high))
        return [low, high];
      this.#width *= 2;
    }
  }

  /** What was counted, in few bins; null when nothing was. */
  bins(): Bins | null {
    if (this.count === 0) return null;
    let width = this.#width;
    let low = Math.floor(this.#least / width);
    let high = Math.floor(this.#greatest / width);
    while (high - low >= SHOWN_BINS) {
      width *= 2;
      low = Math.floor(this.#least / width);
      high = Math.floor(this.#greatest / width);
    }
    const counts = Array.from({ length: high - low + 1 }, () => 0);
    const share = this.#width / width;
    for (const [i, count] of this.#counts.entries())
      if (count > 0) counts[Math.floor((this.#base + i) * share) - low]! += count;
    return { from: low * width, width, counts };
  }
}
