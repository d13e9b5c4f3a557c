// What can be exported, as it lies open: bytes to be read, a host's rows, or an address.
import type { ByteBinding, RowsBinding } from '../contract/bindings.ts';
import type { Catalogue } from '../contract/verbs.ts';

/** Something a person can export: a file, made-up rows, or what a host handed over. */
export interface Input {
  name: string;
  /** null = unknown before it is read. */
  sizeBytes: number | null;
  /** What stands behind it: bytes to be read, a host's rows, or a place of the network with what it takes to sign in there. */
  data:
    | { bytes: ByteBinding }
    | { rows: RowsBinding }
    | { origin: string; options: Record<string, unknown>; secrets: Record<string, string> };
}

/** An input that is open. */
export interface OpenInput extends Input {
  /** Another number for another input, so that what was learnt about one never stands for the other. */
  key: number;
  /** Its name without extensions that say how it is packed and written. */
  stem: string;
}

/** The kind of a file that is told by its bytes. */
export const AUTO_KIND = 'auto';

/** Name of the bytes or rows of a plan's own source among the bindings. */
export const SOURCE_BINDING = 'source';

/** In front of the name of a file that an option names, among the bindings. */
export const FILE_BINDING = 'file:';

/** The name of the file behind such a binding: a number behind it tells it from another of this name. */
export function fileNameOf(binding: string): string {
  return binding.slice(FILE_BINDING.length).replace(/#\d+$/, '');
}

/** Kind of the source that takes a host's rows. */
export const ROWS_KIND = 'rows';

/** File name without extensions that say how it is packed and written. */
export function baseName(fileName: string, { sources, codecs, archives }: Catalogue): string {
  const endings = new Set([
    ...sources.flatMap(({ extensions }) => extensions),
    ...[...codecs, ...archives].map(({ extension }) => extension.slice(1)),
  ]);
  const parts = fileName.split('.');
  while (parts.length > 1 && endings.has(parts.at(-1)!.toLowerCase())) parts.pop();
  return parts.join('.') || 'export';
}
