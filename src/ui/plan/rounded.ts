// Numbers that are not exact, with no more figures than they are good for.
import { formatCount, formatSize } from '../format-number.ts';

const ABOUT = '≈\u00a0';

/** Three figures at most. */
export function roughly(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 2);
  return Math.round(value / step) * step;
}

/** `412,903`, or `≈ 413,000` while not exact. */
export function countText(count: number, isExact: boolean): string {
  return isExact || count === 0 ? formatCount(count) : ABOUT + formatCount(roughly(count));
}

/** `18.4 MB`, or `≈ 18.4 MB` while not exact. */
export function sizeText(bytes: number, isExact: boolean): string {
  return isExact ? formatSize(bytes) : ABOUT + formatSize(roughly(bytes));
}
