// The texts that cells share: all of them in one run of bytes, or of a sample those it needs.
import type { Limits } from '../../contract/config.ts';
import { sizeText } from '../../contract/byte-size.ts';
import { ExportError } from '../../contract/errors.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { faultError } from './fault.ts';
import type { Package } from './package.ts';
import { XmlStream } from './xml-stream.ts';
import { readRichText } from './rich-text.ts';

/** Text n is the bytes [ends[n - 1], ends[n]). */
export interface SharedStrings {
  bytes: Uint8Array;
  ends: Uint32Array;
  count: number;
}

export const NO_STRINGS: SharedStrings = {
  bytes: new Uint8Array(0),
  ends: new Uint32Array(0),
  count: 0,
};

/** Bytes of memory that a text costs beside its own. */
const END_BYTES = 4;
/** Offsets are 32 bits wide. */
const MOST_BYTES = 2 ** 32 - 1;

/** Reads the first `count` texts. Throws `read.excel.texts-too-large` beyond limits.memoryBytes. */
export async function readSharedStrings(
  parts: Package,
  part: string,
  limits: Limits,
  signal: AbortSignal | undefined,
  count = Infinity,
): Promise<SharedStrings> {
  const limit = Math.min(limits.memoryBytes, MOST_BYTES);
  const out = new ByteWriter(64 * 1024);
  let ends = new Uint32Array(1024);
  let known = 0;
  const stream = new XmlStream(parts.name, parts.open(part), limits.recordBytes);
  try {
    const { scan } = stream;
    while (known < count) {
      const found = scan.next();
      if (found === 'more') {
        await stream.more();
        signal?.throwIfAborted();
        continue;
      }
      if (found === 'close' || !scan.is('si')) {
        if (scan.is('sst') && (found === 'close' || scan.isEmpty)) break;
        continue;
      }
      const from = scan.tagStart;
      if (!scan.isEmpty && !readRichText(scan, 'si', out)) {
        scan.at = from;
        await stream.more();
        continue;
      }
      if (out.length + known * END_BYTES > limit)
        throw new ExportError('read.excel.texts-too-large', {
          name: parts.name,
          limit: sizeText(limit),
        });
      if (known === ends.length) {
        const grown = new Uint32Array(known * 2);
        grown.set(ends);
        ends = grown;
      }
      ends[known++] = out.length;
    }
  } catch (thrown) {
    throw faultError(thrown, parts.name, part);
  } finally {
    await stream.close();
  }
  return { bytes: out.bytes.subarray(0, out.length), ends, count: known };
}
