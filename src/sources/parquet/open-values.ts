// Opens the values of a data page by its encoding and the leaf's type, and reads the dictionary they may refer to.
import { Fault, insist } from '../../contract/fault.ts';
import { firstInvalidText } from '../../table/valid-text.ts';
import { ByteSink, ByteStore } from './byte-sink.ts';
import { BOOLEAN, BYTE_ARRAY, widthOf } from './logical-type.ts';
import type { DataPage, DictionaryPage } from './pages.ts';
import type { Leaf } from './schema-tree.ts';
import { wholeWords } from './stretch.ts';
import {
  openBytesIndices,
  openDeltaFixed,
  openFixedIndices,
  openFixedOfBytes,
  openFrontCoded,
  openLengthsThenBytes,
  openPlainBits,
  openPlainBytes,
  openPlainFixed,
  openRunBits,
  openSplit,
  type BytesReader,
  type Dictionary,
  type FixedReader,
} from './values.ts';

export function readDictionary(
  { element }: Leaf,
  { valueCount, bytes }: DictionaryPage,
): Dictionary {
  if (element.physical === BYTE_ARRAY) {
    insist(valueCount * 4 <= bytes.length, 'a dictionary holds fewer values than it says');
    const sink = new ByteSink(valueCount, bytes.length);
    openPlainBytes(bytes, 0, bytes.length).read(sink, valueCount);
    let longest = 1;
    for (let i = 0; i < valueCount; i++)
      longest = Math.max(longest, sink.offsets[i + 1]! - sink.offsets[i]!);
    return {
      count: valueCount,
      fixed: null,
      offsets: sink.offsets,
      store: new ByteStore(sink.bytes),
      longest,
    };
  }
  const width = widthOf(element);
  const size = valueCount * width;
  insist(
    element.physical !== BOOLEAN && size <= bytes.length,
    'a dictionary holds fewer values than it says',
  );
  // Of its own: the page may begin at any byte.
  const fixed = new Uint8Array(wholeWords(size));
  fixed.set(bytes.subarray(0, size));
  return { count: valueCount, fixed, offsets: null, store: null, longest: 0 };
}

const isIndexed = ({ encoding }: DataPage): boolean => encoding === 2 || encoding === 8;

function needed(dictionary: Dictionary | null): Dictionary {
  insist(dictionary !== null, 'a page refers to a dictionary that is not there');
  return dictionary;
}

export function openByteValues(page: DataPage, dictionary: Dictionary | null): BytesReader {
  const { encoding, bytes, start, end } = page;
  if (isIndexed(page)) return openBytesIndices(bytes, start, end, needed(dictionary));
  if (encoding === 0) return openPlainBytes(bytes, start, end);
  if (encoding === 6) return openLengthsThenBytes(bytes, start, end);
  if (encoding === 7) return openFrontCoded(bytes, start, end);
  throw new Fault(`a page has encoding ${encoding}, which does not fit byte arrays`);
}

export function openFixedValues(
  { element, path }: Leaf,
  page: DataPage,
  dictionary: Dictionary | null,
): FixedReader {
  const { encoding, bytes, start, end } = page;
  const width = widthOf(element);
  const isBoolean = element.physical === BOOLEAN;
  if (isIndexed(page)) return openFixedIndices(bytes, start, end, needed(dictionary), width);
  switch (encoding) {
    case 0:
      return isBoolean
        ? openPlainBits(bytes, start, end)
        : openPlainFixed(bytes, start, end, width);
    case 3:
      if (isBoolean) return openRunBits(bytes, start, end);
      break;
    case 5:
      if (!isBoolean) return openDeltaFixed(bytes, start, end, width);
      break;
    case 7:
      return openFixedOfBytes(
        openFrontCoded(bytes, start, end),
        width,
        () => new ByteSink(64, 64 * width),
      );
    case 9:
      if (!isBoolean) return openSplit(bytes, start, end, width);
  }
  throw new Fault(`a page of “${path}” has encoding ${encoding}, which does not fit its type`);
}

/** Whether every entry of a dictionary of byte arrays is well-formed text. */
export function isTextDictionary({ count, offsets, store }: Dictionary): boolean {
  return (
    firstInvalidText({
      storage: 'typed',
      type: { kind: 'utf8' },
      length: count,
      validity: null,
      values: null,
      offsets: offsets!.subarray(0, count + 1),
      bytes: store!.bytes,
      children: [],
      dictionary: null,
    }) < 0
  );
}
