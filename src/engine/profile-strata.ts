// A sample of a long text file: whole records from several places of it, as one shorter file.
import type { PieceOfText, Source } from '../contract/source-plugin.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import type { PlannedSource } from './plan-source.ts';

/** Where records are taken from: so many places at equal distances, the start and the end among them, and so much of each. */
export interface StrataLayout {
  places: number;
  bytes: number;
  /** Shorter files are read whole. */
  fromBytes: number;
}

/** Start, middle and end. The start is longer than what a source inspects, so that the sample is read like the whole. */
const ENDS: StrataLayout = {
  places: 3,
  bytes: 4 * 1024 * 1024,
  fromBytes: 16 * 1024 * 1024,
};

/** A shorter file, and how much of it stands where it stands in the long one. */
export interface Strata {
  bytes: OpenedBytes;
  sizeBytes: number;
  /** Lines of the start: those behind are of unknown number. */
  knownLines: number;
}

/** Charsets in which a byte below 0x80 may be a part of another character. */
const NOT_ASCII = /^(utf-16|utf-32|utf-7|iso-2022|hz)/i;

/** The strata of a source's only file; null where records cannot be told from the middle of it. */
export async function takeStrata(
  bytes: OpenedBytes,
  { card, opened, options, schema, files }: PlannedSource,
  layout: StrataLayout = ENDS,
): Promise<Strata | null> {
  const { slices } = bytes;
  if (slices === undefined || slices.sizeBytes < layout.fromBytes) return null;
  if (card.reads !== 'text' || opened?.compression !== 'none' || files.length > 0) return null;
  if (NOT_ASCII.test(opened.charset)) return null;
  const { findRecords } = (await card.load()) as Source<unknown>;
  if (findRecords === undefined) return null;
  const about: Pick<PieceOfText<unknown>, 'options' | 'columnCount' | 'columnNames'> = {
    options,
    columnCount: schema.fields.length,
    columnNames: schema.fields.map(({ name }) => name),
  };
  const { sizeBytes } = slices;
  const pieces: Uint8Array[] = [];
  for (let place = 0; place < layout.places; place++) {
    const isStart = place === 0;
    const isEnd = place === layout.places - 1;
    const from = Math.floor(((sizeBytes - layout.bytes) * place) / (layout.places - 1));
    const piece = await slices.read(from, from + layout.bytes);
    const records = findRecords(piece, { ...about, isStart, isEnd });
    if (records === null) return null;
    pieces.push(piece.subarray(records.from, records.to));
  }
  let knownLines = 0;
  for (const byte of pieces[0]!) if (byte === 10) knownLines++;
  return {
    sizeBytes: pieces.reduce((sum, piece) => sum + piece.length, 0),
    knownLines,
    bytes: {
      name: bytes.name,
      sizeBytes: pieces.reduce((sum, piece) => sum + piece.length, 0),
      once: false,
      async *open() {
        // Whoever receives a chunk owns it.
        for (const piece of pieces) yield piece.slice();
      },
    },
  };
}
