// Brotli data → bytes, streaming, with limits held against bombs.
import { ExportError } from '../../contract/errors.ts';
import { PackedReader } from '../../contract/packed-reader.ts';
import type { UnpackContext } from '../../contract/codec-plugin.ts';
import { countUnpacked } from '../../contract/unpack-limits.ts';
import { openBrotli } from './streams.ts';
import { CORRUPT_TEXTS } from './texts.ts';

const INPUT_BYTES = 64 * 1024;
const OUTPUT_BYTES = 1024 * 1024;

/** Unpacks. Throws `read.unpack.corrupt` for anything that is not whole, `read.unpack.too-large` at a limit. */
export async function* decode(
  input: AsyncIterable<Uint8Array>,
  { name, limits }: UnpackContext,
): AsyncGenerator<Uint8Array> {
  const corrupt = (detail: string, cause?: unknown): ExportError =>
    new ExportError('read.unpack.corrupt', { name, codec: 'brotli', detail }, { cause });
  const reader = new PackedReader(input);
  const counter = countUnpacked(name, limits);
  const stream = await openBrotli();
  try {
    for (let state = 'needs-input'; state !== 'done';) {
      if (state === 'needs-input' && reader.rest.length === 0 && !(await reader.more()))
        throw corrupt(CORRUPT_TEXTS.early(reader.taken));
      const packed = reader.take(INPUT_BYTES);
      let step: ReturnType<typeof stream.step>;
      try {
        step = stream.step(packed, OUTPUT_BYTES);
      } catch (thrown) {
        throw corrupt(CORRUPT_TEXTS.nonsense(reader.taken), thrown);
      }
      reader.untake(packed.length - step.used);
      state = step.state;
      counter.add(step.bytes.length, reader.taken);
      if (step.bytes.length > 0) yield step.bytes;
    }
    if (reader.rest.length > 0 || (await reader.more()))
      throw corrupt(CORRUPT_TEXTS.follows(reader.taken));
  } finally {
    stream.close();
    await reader.close();
  }
}
