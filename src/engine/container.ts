// Files that are packages of parts (workbooks): the parts of one file, as an encoder gives them, packed by an archive's plug-in.
import type { ArchiveCard, Entry } from '../contract/archive-plugin.ts';
import type { PackContext } from '../contract/codec-plugin.ts';
import type { Segment } from '../contract/encoder.ts';
import { giveBuffer } from '../table/buffer-pool.ts';

/** What packs the parts of a format's files. */
export interface PlannedContainer {
  pack: Awaited<ReturnType<ArchiveCard['load']>>['pack'];
  options: unknown;
}

/** One file's bytes from its segments, of which the first begins a part. */
export function packParts(
  segments: AsyncGenerator<Segment>,
  { pack, options }: PlannedContainer,
  context: Omit<PackContext<unknown>, 'options'>,
): AsyncIterable<Uint8Array> {
  return pack(partsOf(segments), { ...context, options, avoidsZip64: true });
}

/** Parts in order, each to be read to its end before the next is asked for. */
export async function* partsOf(
  segments: AsyncGenerator<Segment>,
): AsyncGenerator<Entry, void, undefined> {
  let next = await segments.next();
  const body = async function* (): AsyncGenerator<Uint8Array> {
    let isFirst = true;
    while (next.done !== true && (isFirst || next.value.part === undefined)) {
      isFirst = false;
      const { bytes } = next.value;
      if (bytes.length > 0) yield bytes;
      // Packers copy what they are given before they ask for more.
      giveBuffer(bytes.buffer);
      next = await segments.next();
    }
  };
  try {
    while (next.done !== true) {
      const { part } = next.value;
      if (part === undefined) throw new Error('the first segment of a package begins no part');
      yield { name: part, bytes: body() };
    }
  } finally {
    await segments.return(undefined);
  }
}
