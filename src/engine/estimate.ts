// From a sample to the whole: how much there is in all, and how far that may be off.

/** Some of the sampled rows, that stood together: their share of the source (any unit), and what came of them. */
export interface SampledGroup {
  weight: number;
  amount: number;
}

/** Two-sided 95 % quantiles of Student's t, by degrees of freedom from 1 on; beyond, that of the normal distribution. */
const T_95 = [
  12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13, 2.12,
  2.11, 2.1, 2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04,
];

/**
 * Half the width of a 95 % interval around the ratio estimate of a whole that is `scale` times the sample (≥ 1), as a share of
 * it: 0.02 = ± 2 %. The groups stand in the order of the source, at equal distances: neighbours tell what chance does, and what
 * changes slowly along the source costs nothing (the estimator of successive differences for systematic samples). Infinity for
 * fewer than two groups, 0 where the sample is the whole.
 */
export function relativeSpread(groups: readonly SampledGroup[], scale: number): number {
  if (scale <= 1) return 0;
  const used = groups.filter(({ weight }) => weight > 0);
  const count = used.length;
  if (count < 2) return Infinity;
  const weights = used.reduce((sum, { weight }) => sum + weight, 0);
  const amounts = used.reduce((sum, { amount }) => sum + amount, 0);
  if (amounts <= 0) return 0;
  const over = used.map(({ weight, amount }) => amount - (amounts / weights) * weight);
  let squares = 0;
  for (let i = 1; i < count; i++) squares += (over[i]! - over[i - 1]!) ** 2;
  const variance = (count * squares * (1 - 1 / scale)) / (2 * (count - 1));
  return ((T_95[count - 2] ?? 1.96) * Math.sqrt(variance)) / amounts;
}

/** Numbers 0 to count - 1 so that each beginning of them is spread over all: 0, 8, 4, 12, 2, … of 16. */
export function spreadOrder(count: number): number[] {
  const bits = Math.ceil(Math.log2(Math.max(2, count)));
  const order: number[] = [];
  for (let i = 0; i < 2 ** bits; i++) {
    let at = 0;
    for (let bit = 0; bit < bits; bit++) if (i & (1 << bit)) at |= 1 << (bits - 1 - bit);
    if (at < count) order.push(at);
  }
  return order;
}
