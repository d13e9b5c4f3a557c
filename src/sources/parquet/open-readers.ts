// Opens the column chunks of a row group: each with its unpacker and its share of what is read ahead.
import { ExportError, shorten } from '../../contract/errors.ts';
import { insist } from '../../contract/fault.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import { insistFits } from '../../contract/unpack-limits.ts';
import { codecName, loadUnpack, type Unpack } from './codecs.ts';
import type { RowGroup } from './footer.ts';
import { LeafReader } from './leaf-reader.ts';
import type { ParquetOptions } from './options.ts';
import { openPages } from './pages.ts';
import type { Leaf } from './schema-tree.ts';

/** What is read ahead in the file, of all columns together, and of one. */
const WINDOWS_BYTES = 8 << 20;
const MOST_WINDOW_BYTES = 1 << 20;
const LEAST_WINDOW_BYTES = 64 << 10;

/**
 * A reader for each leaf. `end`: where the file's pages end. `isLookedAt`: leaves that are only looked at, so that texts may
 * stay places in their dictionary.
 */
export async function openReaders(
  context: ReadContext<ParquetOptions>,
  group: RowGroup,
  leaves: readonly Leaf[],
  end: number,
  isLookedAt: (leaf: Leaf) => boolean = () => false,
): Promise<LeafReader[]> {
  const { input, limits } = context;
  const slices = 'slices' in input ? input.slices! : null;
  const windowBytes = Math.max(
    LEAST_WINDOW_BYTES,
    Math.min(MOST_WINDOW_BYTES, Math.floor(WINDOWS_BYTES / Math.max(1, leaves.length))),
  );
  const unpackers = new Map<number, Unpack>();
  const readers: LeafReader[] = [];
  for (const leaf of leaves) {
    const chunk = group.chunks[leaf.index]!;
    const { codec } = chunk;
    insist(
      leaf.maxRep > 0 || chunk.valueCount === group.rowCount,
      'a column holds another number of rows than its row group',
    );
    let unpack = unpackers.get(codec);
    if (unpack === undefined) {
      const found = await loadUnpack(codec);
      if (found === null)
        throw new ExportError('read.parquet.unsupported', {
          name: input.name,
          what: `compression ${codecName(codec)}`,
          column: shorten(leaf.path),
        });
      unpack = (packed, size) => {
        insistFits(input.name, packed.length, size, limits);
        return found(packed, size);
      };
      unpackers.set(codec, unpack);
    }
    const pages = openPages(slices!, chunk, leaf, unpack, end, windowBytes);
    readers.push(new LeafReader(leaf, pages, isLookedAt(leaf)));
  }
  return readers;
}
