// Words of what was foreseen of an export, beside what came.
import type { ForecastError } from '../../contract/foreseen.ts';
import { formatDuration, formatShare, formatSize } from '../format-number.ts';

export const forecastWords = {
  title: 'Forecast',
  size: (foreseen: string, was: string, off: string) => `size ${foreseen}, was ${was} (${off})`,
  time: (foreseen: string, was: string, off: string) => `time ${foreseen}, was ${was} (${off})`,
  exact: 'Counted on all rows before.',
  within: 'Within the range that was expected.',
  outside: (from: string, to: string) => `Outside of what was expected, ${from} to ${to}.`,
} as const;

/** Forecast against fact: `size 43.1 MB, was 43.9 MB (+1.8 %)`. */
export function forecastText(error: ForecastError): string {
  const { foreseen, bytes, bytesError, isWithin, ms, msError } = error;
  const words = forecastWords;
  const size = words.size(formatSize(foreseen.bytes), formatSize(bytes), signed(bytesError));
  const both =
    foreseen.ms === null || msError === null
      ? size
      : `${size}; ${words.time(formatDuration(foreseen.ms), formatDuration(ms), signed(msError))}`;
  const { lowBytes, highBytes, isExact } = foreseen;
  const says = isWithin
    ? isExact
      ? words.exact
      : words.within
    : words.outside(formatSize(lowBytes), formatSize(highBytes));
  return `${both}. ${says}`;
}

function signed(share: number): string {
  if (share === 0) return '0\u00a0%';
  return `${share < 0 ? '−' : '+'}${formatShare(Math.abs(share))}`;
}
