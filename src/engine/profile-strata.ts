// A sample of a long text file: whole records from its start, its middle and its end, as one shorter file.
import type { PieceOfText, Source } from '../contract/plugins.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import type { PlannedSource } from './plan-source.ts';

/** Of each place. The start is longer than what a source inspects, so that the sample is read like the whole. */
const STRATUM_BYTES = 4 * 1024 * 1024;
/** Shorter files are read whole. */
export const SAMPLED_FROM_BYTES = 4 * STRATUM_BYTES;

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
): Promise<Strata | null> {
  const { slices } = bytes;
  if (slices === undefined || slices.sizeBytes < SAMPLED_FROM_BYTES) return null;
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
  const middle = Math.floor((sizeBytes - STRATUM_BYTES) / 2);
  const pieces: Uint8Array[] = [];
  for (const from of [0, middle, sizeBytes - STRATUM_BYTES]) {
    const piece = await slices.read(from, from + STRATUM_BYTES);
    const isStart = from === 0;
    const isEnd = from + STRATUM_BYTES === sizeBytes;
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
