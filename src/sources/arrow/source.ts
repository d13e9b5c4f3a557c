// The card of the Arrow source.
import type { SourceCard } from '../../contract/source-plugin.ts';
import { arrowOptions, type ArrowOptions } from './options.ts';
import { ARROW_CARD } from './texts.ts';

/** No schema is as large. */
const MOST_HEAD_BYTES = 1 << 26;

export const arrowSource: SourceCard<ArrowOptions> = {
  id: 'arrow',
  ...ARROW_CARD,
  input: 'bytes',
  reads: 'slices',
  extensions: ['arrow', 'arrows', 'feather', 'ipc'],
  mediaTypes: ['application/vnd.apache.arrow.file', 'application/vnd.apache.arrow.stream'],
  recognise(head) {
    if (String.fromCharCode(...head.subarray(0, 6)) === 'ARROW1') return 3;
    if (String.fromCharCode(...head.subarray(0, 4)) === 'FEA1') return 3;
    if (head.length < 16) return 0;
    const view = new DataView(head.buffer, head.byteOffset, 16);
    // A message's mark, a size in whole words, and the place of a table inside of it.
    const size = view.getUint32(4, true);
    const root = view.getUint32(8, true);
    const isStream =
      view.getUint32(0, true) === 0xffffffff &&
      size > 0 &&
      size % 8 === 0 &&
      size < MOST_HEAD_BYTES &&
      root > 0 &&
      root < size;
    return isStream ? 2 : 0;
  },
  options: arrowOptions,
  async load() {
    const [{ inspectArrow }, { readArrow, spreadArrow }] = await Promise.all([
      import('./inspect.ts'),
      import('./read.ts'),
    ]);
    return {
      inspect: inspectArrow,
      read: readArrow,
      spread: spreadArrow,
      describe: async (context) => (await import('./describe.ts')).describeArrow(context),
    };
  },
};
