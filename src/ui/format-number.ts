// Counts, sizes, times and shares as the interface writes them; cells of the user's data never pass through here.
import { messages } from './messages.en.ts';

const NO_BREAK = '\u00a0';
const whole = new Intl.NumberFormat(messages.language, { maximumFractionDigits: 0 });

/** `1,000,000`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `1 row`, `2 rows`: the number with its word. */
export function countOf(count: number, one: string, many: string): string {
  return `${formatCount(count)}${NO_BREAK}${count === 1 ? one : many}`;
}

function threeFigures(value: number): string {
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return new Intl.NumberFormat(messages.language, {
    minimumFractionDigits: 0,
    maximumFractionDigits: digits,
  }).format(value);
}

/** Decimal units, three figures: `18.4 MB`. */
export function formatSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? formatCount(value) : threeFigures(value)}${NO_BREAK}${units[unit]}`;
}

/** Every byte: `18,391,204 bytes`. */
export function formatBytes(bytes: number): string {
  return countOf(bytes, 'byte', 'bytes');
}

/** `38 ms`, `3.1 s`, `4 min 12 s`, `2 h 5 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${whole.format(ms)}${NO_BREAK}ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)}${NO_BREAK}s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${NO_BREAK}min ${seconds % 60}${NO_BREAK}s`;
  return `${formatCount(Math.floor(minutes / 60))}${NO_BREAK}h ${minutes % 60}${NO_BREAK}min`;
}

/** A share of 0 to 1: `63 %`, `0.2 %`, `< 0.1 %`, `0`. */
export function formatShare(share: number): string {
  if (share === 0) return '0';
  if (share < 0.001) return `<${NO_BREAK}0.1${NO_BREAK}%`;
  const percent = share * 100;
  return `${percent < 10 ? percent.toFixed(1).replace(/\.0$/, '') : Math.floor(percent)}${NO_BREAK}%`;
}
