// What a host hands to the dialog, as inputs.
import { bindRows, type HostRows, type RowsOptions } from '../worker/rows.ts';
import type { Input } from './input.ts';

/** A data set of the host: a file, or rows as an array, an iterable or a way to fetch pages. */
export type DialogSource =
  { name: string; file: Blob } | ({ name: string; rows: HostRows } & Omit<RowsOptions, 'name'>);

/** A data set of a host as an input. Asks a way to fetch pages for its first page, to learn the columns. */
export async function bindSource(source: DialogSource): Promise<Input> {
  if ('file' in source)
    return { name: source.name, sizeBytes: source.file.size, data: { bytes: source.file } };
  const { rows, ...options } = source;
  return { name: source.name, sizeBytes: null, data: { rows: await bindRows(rows, options) } };
}
