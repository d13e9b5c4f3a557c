// Opens a byte source for reading: finds packing and charset, unpacks, turns into UTF-8, and takes the sample.
import { detectCharset, openDecoder } from '../charsets/decode.ts';
import type { OneFileBinding } from '../contract/bindings.ts';
import type { Limits, SourceConfig } from '../contract/config.ts';
import type { ByteInput, CodecCard } from '../contract/plugins.ts';
import type { Loss } from '../contract/report.ts';
import type { OpenedBytes, ReadSlice } from '../sources/bytes/blob.ts';
import { findCard } from './plugins.ts';
import { SOURCE_TEXTS } from './texts.ts';

/** Bytes looked at for proposals: enough for types, small enough to be instant. */
const SAMPLE_BYTES = 512 * 1024;
const MAGIC_BYTES = 64 * 1024;

/** Opens what a binding stands for; `readerFor` gives a way to read slices in a lane, where a job of that size has any. */
export type OpenBytes = (
  binding: OneFileBinding,
  readerFor?: (jobBytes: number) => ReadSlice | undefined,
) => Promise<OpenedBytes>;

export interface OpenedSource {
  input: ByteInput;
  /** Charset id found or chosen, and the sentence why. */
  charset: string;
  charsetSentence: string;
  /** Codec id or `none`. */
  compression: string;
  /** First UTF-8 bytes, about 512 KiB unless grown, and whether they are all. */
  sample: Uint8Array;
  isWhole: boolean;
  /** Takes a sample eight times as long, but never beyond `most` bytes; false when there is none longer. */
  growSample(most: number): Promise<boolean>;
  /** Size after unpacking in UTF-8 as far as it can be told from outside. */
  unpackedBytes: number | null;
  /** Raw bytes read so far, over all passes of the current run. */
  bytesRead(): number;
  /** Invalid bytes replaced while reading. */
  losses(): Loss[];
}

/** The start of a source, unpacked, in its own charset. */
interface RawSample {
  bytes: Uint8Array;
  isWhole: boolean;
}

/** An iterable whose first chunks were looked at already. */
class Peekable implements AsyncIterable<Uint8Array> {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #seen: Uint8Array[] = [];
  isDone = false;

  constructor(iterable: AsyncIterable<Uint8Array>) {
    this.#iterator = iterable[Symbol.asyncIterator]();
  }

  /** At least `size` bytes from the start, less when there are no more. */
  async peek(size: number): Promise<Uint8Array> {
    let have = this.#seen.reduce((sum, chunk) => sum + chunk.length, 0);
    while (have < size && !this.isDone) {
      const next = await this.#iterator.next();
      if (next.done === true) this.isDone = true;
      else {
        this.#seen.push(next.value);
        have += next.value.length;
      }
    }
    return concat(this.#seen);
  }

  async close(): Promise<void> {
    this.#seen = [];
    await this.#iterator.return?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    try {
      const seen = this.#seen;
      this.#seen = [];
      yield* seen;
      while (!this.isDone) {
        const next = await this.#iterator.next();
        if (next.done === true) this.isDone = true;
        else yield next.value;
      }
    } finally {
      await this.close();
    }
  }
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const out = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

/** Opens what the binding stands for, as the source config says. */
export async function openSource(
  config: SourceConfig,
  bytes: OpenedBytes,
  codecs: readonly CodecCard[],
  limits: Limits,
): Promise<OpenedSource> {
  let rawBytes = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    rawBytes = 0;
    for await (const chunk of bytes.open()) {
      rawBytes += chunk.length;
      yield chunk;
    }
  };
  const raw = new Peekable(counted());
  const compression = config.compression ?? 'auto';
  let codec: CodecCard | undefined;
  if (compression === 'auto') {
    const magic = await raw.peek(Math.min(MAGIC_BYTES, 16));
    codec = codecs.find((card) => card.matches(magic));
  } else if (compression !== 'none') codec = findCard(codecs, 'codec', compression);
  const module = await codec?.load();
  const unpack = (packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
    module ? module.decode(packed, { name: bytes.name, limits }) : packed;

  const first = new Peekable(unpack(raw));
  // Cut at the same byte whatever the chunks: proposals must not depend on the door. One byte more tells whether it is all.
  const sampleOf = async (start: Peekable, size: number): Promise<RawSample> => {
    const seen = await start.peek(size + 1);
    return { bytes: seen.subarray(0, size), isWhole: seen.length <= size };
  };
  const head = await sampleOf(first, SAMPLE_BYTES);
  const wanted = config.charset ?? { id: 'auto', onInvalid: 'fail' as const };
  const found =
    wanted.id === 'auto'
      ? detectCharset(head.bytes)
      : { id: wanted.id, sentence: SOURCE_TEXTS.chosen };
  const decoderOptions = { onInvalid: wanted.onInvalid, name: bytes.name };

  const decodeSample = (raw: RawSample): RawSample & { text: Uint8Array } => {
    const sampler = openDecoder(found.id, decoderOptions);
    const decoded = sampler.push(raw.bytes);
    return { ...raw, text: raw.isWhole ? concat([decoded, sampler.finish()]) : decoded };
  };
  let taken: ReturnType<typeof decodeSample>;
  try {
    taken = decodeSample(head);
  } finally {
    if (!bytes.once) await first.close();
  }
  const growSample = async (most: number): Promise<boolean> => {
    if (taken.isWhole || taken.bytes.length >= most) return false;
    const size = Math.min(taken.bytes.length * 8, most);
    const start = bytes.once ? first : new Peekable(unpack(counted()));
    try {
      taken = decodeSample(await sampleOf(start, size));
    } finally {
      if (!bytes.once) await start.close();
    }
    return true;
  };

  let losses: Loss[] = [];
  let isFirstPass = true;
  const toUtf8 = async function* (unpacked: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const decoder = openDecoder(found.id, decoderOptions);
    try {
      for await (const chunk of unpacked) {
        const text = decoder.push(chunk);
        if (text.length > 0) yield text;
      }
      const rest = decoder.finish();
      if (rest.length > 0) yield rest;
    } finally {
      losses = decoder.losses();
    }
  };
  return {
    input: {
      kind: 'bytes',
      name: bytes.name,
      sizeBytes: bytes.sizeBytes,
      once: bytes.once,
      open() {
        if (bytes.once && isFirstPass) {
          isFirstPass = false;
          return toUtf8(first);
        }
        return toUtf8(unpack(counted()));
      },
    },
    charset: found.id,
    charsetSentence: found.sentence,
    compression: codec?.id ?? 'none',
    get sample() {
      return taken.text;
    },
    get isWhole() {
      return taken.isWhole;
    },
    growSample,
    get unpackedBytes() {
      if (codec === undefined) return bytes.sizeBytes;
      return taken.isWhole ? taken.text.length : null;
    },
    bytesRead: () => rawBytes,
    losses: () => losses,
  };
}
