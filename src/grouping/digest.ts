// A t-digest: the spread of many numbers as few weighted means, finest at both ends (Dunning and Ertl).

/** The more, the finer: about so many means are kept. */
const FINENESS = 200;
const WAITING = 256;

export class Digest {
  /** About what one takes at most. */
  static readonly BYTES = 16 * (FINENESS * 2 + WAITING);
  #means = new Float64Array(0);
  #weights = new Float64Array(0);
  readonly #waiting = new Float64Array(WAITING);
  #waitingCount = 0;
  #weight = 0;
  #nanCount = 0;
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;

  add(value: number): void {
    if (Number.isNaN(value)) {
      this.#nanCount++;
      return;
    }
    if (value < this.#least) this.#least = value;
    if (value > this.#most) this.#most = value;
    this.#waiting[this.#waitingCount++] = value;
    if (this.#waitingCount === WAITING) this.#merge();
  }

  /** Puts the waiting values among the means, and joins neighbours as far as their place allows. */
  #merge(): void {
    const fresh = this.#waiting.subarray(0, this.#waitingCount).sort();
    const total = this.#weight + fresh.length;
    const means: number[] = [];
    const weights: number[] = [];
    let before = 0;
    let i = 0;
    let k = 0;
    while (i < this.#means.length || k < fresh.length) {
      const isOld = k >= fresh.length || (i < this.#means.length && this.#means[i]! <= fresh[k]!);
      const mean = isOld ? this.#means[i]! : fresh[k]!;
      const weight = isOld ? this.#weights[i]! : 1;
      if (isOld) i++;
      else k++;
      const last = weights.length - 1;
      if (last >= 0) {
        const joined = weights[last]! + weight;
        const share = (before + joined / 2) / total;
        if (joined <= Math.max(1, (4 * total * share * (1 - share)) / FINENESS)) {
          weights[last] = joined;
          means[last]! += ((mean - means[last]!) * weight) / joined;
          continue;
        }
        before += weights[last]!;
      }
      means.push(mean);
      weights.push(weight);
    }
    this.#means = Float64Array.from(means);
    this.#weights = Float64Array.from(weights);
    this.#weight = total;
    this.#waitingCount = 0;
  }

  /** The value below which the share `q` (0 to 1) lies, between neighbours by straight lines; NaN stands above all. */
  quantile(q: number): number {
    if (this.#waitingCount > 0) this.#merge();
    const all = this.#weight + this.#nanCount;
    const place = q * (all - 1);
    if (this.#weight === 0 || place > this.#weight - 1) return Number.NaN;
    let before = 0;
    let lastMean = this.#least;
    let lastPlace = 0;
    for (let i = 0; i < this.#means.length; i++) {
      const weight = this.#weights[i]!;
      const middle = before + (weight - 1) / 2;
      if (place <= middle) return line(lastPlace, lastMean, middle, this.#means[i]!, place);
      lastPlace = middle;
      lastMean = this.#means[i]!;
      before += weight;
    }
    return line(lastPlace, lastMean, this.#weight - 1, this.#most, place);
  }
}

function line(x0: number, y0: number, x1: number, y1: number, x: number): number {
  return x1 === x0 || y0 === y1 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
