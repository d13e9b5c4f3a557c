// A share done as people say it while they wait: `0 %` at the start, never rounded up to 100.
import { formatShare } from '../format-number.ts';

export function percent(share: number): string {
  return share === 0 ? '0\u00a0%' : formatShare(share);
}
