// Words of the table of every format in every packing.
import { plural } from '../counted.ts';

export const matrixWords = {
  title: 'Every format, every packing',
  format: 'Format',
  exact: (rows: string) => `Measured on all rows: ${rows} written.`,
  sampled: (rows: string) => `From a sample of ${rows}, encoded and packed for real.`,
  measuring: (done: number, all: number) => `${done} of ${all} formats measured …`,
  noSizes: (reason: string) => `No sizes can be told: ${reason}`,
  rows: (count: string, isOne: boolean) => `${count} ${isOne ? 'row' : 'rows'}`,
  about:
    'Each cell: size, and time without delivery. The smallest file is underlined. Choosing a cell changes the plan.',
  cell: (format: string, packing: string, size: string, time: string) =>
    `${format}, ${packing}: ${size}${time === '' ? '' : `, ${time}`}`,
  between: (low: string, high: string) => `Between ${low} and ${high}`,
  notOffered: 'This format is not packed so.',
  losses: (count: number) => plural(count, 'loss', 'losses'),
} as const;
