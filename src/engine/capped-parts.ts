// Parts whose packed files stay under a cap: so many rows are tried, written and packed whole, until as many as fit are found.
import { sizeText } from '../contract/byte-size.ts';
import { ExportError } from '../contract/errors.ts';
import type { Scratch, ScratchFile } from '../contract/scratch.ts';
import type { Loss } from '../contract/report.ts';
import type { Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import type { PartPlace, RowGroup } from './encode-stream.ts';
import type { OutgoingFile } from './output-names.ts';
import { StagedRows } from './staged-rows.ts';

/** Rows tried first, while nothing is known of them. */
const FIRST_ROWS = 1_000;
/** A part that is so full is taken as it is. */
const FULL = 0.9;
/** Aimed at, so that a guess that is a little low need not be made again. */
const AIM = 0.97;
/** A guess from few rows goes no further than this at once. */
const MOST_GROWTH = 16;
/** Tries to fill a part that fits already. */
const MOST_FILLINGS = 6;
/** So far over the cap nobody needs to know the size. */
const MOST_OVER = 4;
const READ_BYTES = 1024 * 1024;

/** What writing some rows came to. */
export interface Tried {
  losses: Loss[];
  rowsOut: number;
  merged: number;
  encodedBytes: number;
}

/** Writes and packs rows: a whole part. What happens on the way is noted in `tried`. */
export type PackRows = (
  rows: AsyncIterable<Batch>,
  place: PartPlace,
  tried: Tried,
) => AsyncIterable<Omit<OutgoingFile, 'place'>>;

interface StoredFile {
  suffix: string;
  file: ScratchFile;
  rows: number;
  entries: ReturnType<NonNullable<OutgoingFile['entries']>> | undefined;
}

interface Trial {
  tried: Tried;
  files: StoredFile[];
  /** Of the largest file; more than the cap where that is over it. */
  sizeBytes: number;
}

export interface Cap {
  bytes: number;
  /** Most rows of a part. */
  rows: number;
}

/**
 * The files of all groups in order, each to be read to its end before the next is asked for. The cuts depend on the rows and
 * their packed sizes alone. Throws `encode.row-over-cap`.
 */
export async function* cappedFiles(
  groups: AsyncIterable<RowGroup>,
  schema: Schema,
  cap: Cap,
  pack: PackRows,
  scratch: Scratch,
  onPart: (tried: Tried) => void,
): AsyncGenerator<OutgoingFile> {
  let guess = FIRST_ROWS;
  let index = 0;
  for await (const { group, tables } of groups) {
    const staged = new StagedRows(tables[0]!, schema, scratch);
    try {
      for (let part = 0; part === 0 || (await staged.have(1)) > 0; part++, index++) {
        const place: PartPlace = { group, part, index };
        const { trial, rows } = await fill(staged, guess, cap, (count) => {
          const tried: Tried = { losses: [], rowsOut: 0, merged: 0, encodedBytes: 0 };
          return tryOut(pack(staged.first(count), place, tried), tried, cap.bytes, scratch);
        });
        if (rows > 0 && trial.sizeBytes > 0)
          guess = Math.max(1, Math.floor((rows * cap.bytes * AIM) / trial.sizeBytes));
        await staged.drop(rows);
        onPart(trial.tried);
        for (const { suffix, file, rows: count, entries } of trial.files) {
          yield {
            place,
            suffix,
            bytes: readAll(file),
            rows: () => count,
            ...(entries && { entries: () => entries }),
          };
          await file.close();
        }
      }
    } finally {
      await staged.close();
    }
  }
}

/** As many rows as fit, about. */
async function fill(
  staged: StagedRows,
  guess: number,
  cap: Cap,
  attempt: (rows: number) => Promise<Trial>,
): Promise<{ trial: Trial; rows: number }> {
  let best: Trial | null = null;
  let fits = 0;
  let over = Infinity;
  let next = guess;
  for (let fillings = 0; ;) {
    const wanted = Math.min(next, cap.rows, over - 1);
    const rows = await staged.have(wanted);
    const trial = await attempt(rows);
    const scaled = Math.floor((rows * cap.bytes * AIM) / Math.max(1, trial.sizeBytes));
    if (trial.sizeBytes > cap.bytes) {
      await close(trial);
      if (rows <= 1) throw new ExportError('encode.row-over-cap', { limit: sizeText(cap.bytes) });
      over = rows;
      next = Math.max(1, Math.min(scaled, rows - 1));
    } else {
      if (best !== null) await close(best);
      best = trial;
      fits = rows;
      const isLast = rows < wanted || rows === cap.rows || (await staged.have(rows + 1)) === rows;
      if (isLast || trial.sizeBytes >= cap.bytes * FULL) return { trial, rows };
      next = Math.max(rows + 1, Math.min(scaled, rows * MOST_GROWTH));
    }
    if (best === null) continue;
    if (over - fits <= 1 || ++fillings > MOST_FILLINGS) return { trial: best, rows: fits };
    if (next <= fits || next >= over) next = Math.floor((fits + over) / 2);
  }
}

async function tryOut(
  files: AsyncIterable<Omit<OutgoingFile, 'place'>>,
  tried: Tried,
  cap: number,
  scratch: Scratch,
): Promise<Trial> {
  const trial: Trial = { tried, files: [], sizeBytes: 0 };
  try {
    for await (const { suffix, bytes, rows, entries } of files) {
      const file = await scratch.create();
      const stored: StoredFile = { suffix, file, rows: 0, entries: undefined };
      trial.files.push(stored);
      let size = 0;
      for await (const piece of bytes) {
        size += piece.length;
        if (size <= cap) await file.write(piece);
        else if (size > cap * MOST_OVER) break;
      }
      trial.sizeBytes = Math.max(trial.sizeBytes, size);
      if (size > cap) break;
      stored.rows = rows();
      stored.entries = entries?.();
    }
    return trial;
  } catch (thrown) {
    await close(trial);
    throw thrown;
  }
}

async function close({ files }: Trial): Promise<void> {
  await Promise.all(files.map(({ file }) => file.close()));
}

async function* readAll(file: ScratchFile): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.sizeBytes; at += READ_BYTES)
    yield await file.read(at, Math.min(file.sizeBytes, at + READ_BYTES));
}
