// Opens a byte source for reading as its card reads: text in UTF-8, bytes, or slices; and takes the sample.
import { loadDecoder } from '../charsets/decode.ts';
import { detectCharset, type CharsetAlternative } from '../charsets/detect.ts';
import { noticeMojibake, type Mojibake } from '../charsets/mojibake.ts';
import { findCharset } from '../charsets/registry.ts';
import type { OneFileBinding } from '../contract/bindings.ts';
import type { Limits, SourceConfig } from '../contract/config.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { ByteInput } from '../contract/source-input.ts';
import type { SourceCard } from '../contract/source-plugin.ts';
import type { Loss } from '../contract/report.ts';
import type { OpenedBytes, ReadSlice } from '../sources/bytes/blob.ts';
import { concat } from './peekable.ts';
import { putAside } from './put-aside.ts';
import { SOURCE_TEXTS } from './texts.ts';
import type { Head, UnpackedBytes } from './unpack-bytes.ts';

/** Bytes looked at for proposals: enough for types, small enough to be instant. */
const SAMPLE_BYTES = 512 * 1024;

/** Opens what a binding stands for; `readerFor` gives a way to read slices in a lane, where a job of that size has any. */
export type OpenBytes = (
  binding: OneFileBinding,
  readerFor?: (jobBytes: number) => ReadSlice | undefined,
) => Promise<OpenedBytes>;

export interface OpenedSource {
  input: ByteInput;
  /** Charset id found or chosen, and the sentence why; `binary` without a sentence for what is no text. */
  charset: string;
  charsetSentence: string;
  /** Other charsets that read a text whose charset was found, the likeliest first. */
  charsetAlternatives: CharsetAlternative[];
  /** Whether the text looks as if it had been decoded wrongly once. */
  mojibake: Mojibake | null;
  /** Codec id or `none`. */
  compression: string;
  /** First bytes as the card reads them, about 512 KiB unless grown, and whether they are all. */
  sample: Uint8Array;
  isWhole: boolean;
  /** Takes a sample eight times as long, but never beyond `most` bytes; false when there is none longer. */
  growSample(most: number): Promise<boolean>;
  /** Lets the sample go, where many files are open at once. */
  dropSample(): void;
  /** Size after unpacking in UTF-8 as far as it can be told from outside. */
  unpackedBytes: number | null;
  /** Stored bytes read so far, over all passes of the current run. */
  bytesRead(): number;
  /** Invalid bytes replaced while reading. */
  losses(): Loss[];
}

/** What opening needs beside the bytes. */
export interface OpeningContext {
  limits: Limits;
  scratch: Scratch;
  signal?: AbortSignal | undefined;
}

/** Opens unpacked bytes as the card reads them. */
export function openSource(
  config: SourceConfig,
  card: Pick<SourceCard, 'reads' | 'needsNow'>,
  bytes: UnpackedBytes,
  context: OpeningContext,
): Promise<OpenedSource> {
  return card.reads === 'text'
    ? openText(config, bytes)
    : openBinary(card.reads, card.needsNow === true, bytes, context);
}

async function openBinary(
  reads: 'bytes' | 'slices',
  needsNow: boolean,
  bytes: UnpackedBytes,
  { limits, scratch, signal }: OpeningContext,
): Promise<OpenedSource> {
  let taken: Head;
  let { slices } = bytes;
  let size = SAMPLE_BYTES;
  try {
    taken = await bytes.head(size);
  } finally {
    await bytes.endHead();
  }
  let isAside = false;
  const isEnough = slices !== undefined && (!needsNow || slices.readNow !== undefined);
  if (reads === 'slices' && !isEnough) {
    slices = await putAside(bytes, scratch, limits, signal);
    isAside = true;
  }
  let slicedBytes = 0;
  const counted = slices && {
    ...slices,
    read(from: number, to: number) {
      slicedBytes += to - from;
      return slices.read(from, to);
    },
    ...(slices.readNow && {
      readNow(from: number, to: number) {
        slicedBytes += to - from;
        return slices.readNow!(from, to);
      },
    }),
  };
  return {
    input: {
      kind: 'bytes',
      name: bytes.name,
      sizeBytes: bytes.sizeBytes,
      once: bytes.once && !isAside,
      ...(bytes.stamp !== undefined && { stamp: bytes.stamp }),
      ...(bytes.besideBytes && { besideBytes: bytes.besideBytes }),
      ...(counted && { slices: counted }),
      open: () => (isAside ? chunksOf(slices!) : bytes.open()),
    },
    charset: 'binary',
    charsetSentence: '',
    charsetAlternatives: [],
    mojibake: null,
    compression: bytes.compression,
    get sample() {
      return taken.bytes;
    },
    get isWhole() {
      return taken.isWhole;
    },
    dropSample() {
      taken = { bytes: NOTHING, isWhole: false };
    },
    async growSample(most) {
      if (taken.isWhole || taken.bytes.length >= most || (bytes.once && isAside)) return false;
      size = Math.min(size * 8, most);
      try {
        taken = await bytes.head(size);
      } finally {
        await bytes.endHead();
      }
      return true;
    },
    get unpackedBytes() {
      if (slices !== undefined) return slices.sizeBytes;
      if (bytes.compression === 'none') return bytes.sizeBytes;
      return taken.isWhole ? taken.bytes.length : null;
    },
    // Slices are read in any order, some twice: no more than all of it can have been read.
    bytesRead: () =>
      isAside || slicedBytes === 0
        ? bytes.bytesRead()
        : Math.min(slicedBytes, slices?.sizeBytes ?? Infinity),
    losses: () => [],
  };
}

const CHUNK_BYTES = 1024 * 1024;
const NOTHING = new Uint8Array(0);

async function* chunksOf(slices: NonNullable<ByteInput['slices']>): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < slices.sizeBytes; at += CHUNK_BYTES)
    yield await slices.read(at, Math.min(slices.sizeBytes, at + CHUNK_BYTES));
}

async function openText(config: SourceConfig, bytes: UnpackedBytes): Promise<OpenedSource> {
  const wanted = config.charset ?? { id: 'auto', onInvalid: 'fail' as const };
  const decoderOptions = { onInvalid: wanted.onInvalid, name: bytes.name };
  const decodeSample = (raw: Head): Head & { text: Uint8Array } => {
    const sampler = openDecoder(decoderOptions);
    const decoded = sampler.push(raw.bytes);
    return { ...raw, text: raw.isWhole ? concat([decoded, sampler.finish()]) : decoded };
  };
  let found: { id: string; sentence: string; alternatives?: CharsetAlternative[] };
  let openDecoder: Awaited<ReturnType<typeof loadDecoder>>;
  let taken: ReturnType<typeof decodeSample>;
  try {
    const head = await bytes.head(SAMPLE_BYTES);
    found =
      wanted.id === 'auto'
        ? await detectCharset(head.bytes, head.isWhole)
        : { id: findCharset(wanted.id).id, sentence: SOURCE_TEXTS.chosen };
    openDecoder = await loadDecoder(found.id);
    taken = decodeSample(head);
  } finally {
    await bytes.endHead();
  }

  let losses: Loss[] = [];
  const toUtf8 = async function* (unpacked: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const decoder = openDecoder(decoderOptions);
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
      open: () => toUtf8(bytes.open()),
    },
    charset: found.id,
    charsetSentence: found.sentence,
    charsetAlternatives: found.alternatives ?? [],
    mojibake: noticeMojibake(taken.text, found.id),
    compression: bytes.compression,
    get sample() {
      return taken.text;
    },
    get isWhole() {
      return taken.isWhole;
    },
    dropSample() {
      taken = { bytes: NOTHING, text: NOTHING, isWhole: false };
    },
    async growSample(most) {
      if (taken.isWhole || taken.bytes.length >= most) return false;
      try {
        taken = decodeSample(await bytes.head(Math.min(taken.bytes.length * 8, most)));
      } finally {
        await bytes.endHead();
      }
      return true;
    },
    get unpackedBytes() {
      if (bytes.compression === 'none') return bytes.sizeBytes;
      return taken.isWhole ? taken.text.length : null;
    },
    bytesRead: () => bytes.bytesRead(),
    losses: () => losses,
  };
}
