// Files that the options of a format name.
import type { ByteSlices } from './source-input.ts';

/** A file that a format's options name (`kind: 'file'`): something handed over at run time, or a path (Node doors only). */
export type FileRef = { binding: string } | { path: string };

/** Such a file, opened. */
export interface FormatFile {
  name: string;
  slices: ByteSlices;
}
