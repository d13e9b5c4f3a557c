// Whether the values of an output can be compared after it is written, and the comparing.
import type { DeliveryWriter } from '../contract/delivery-plugin.ts';
import type { ReadBack } from '../contract/read-back.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { Loss, ValueCheck } from '../contract/report.ts';
import { ExportError } from '../contract/errors.ts';
import type { Batch } from '../table/batch.ts';
import type { EncodedTable } from '../contract/encoder.ts';
import { compareValues, ValueWatch, type ValueLevel } from './compare-values.ts';
import { fileKind } from './file-kind.ts';
import type { Meter } from './meter.ts';
import type { PlannedOutput } from './plan.ts';
import type { Plugins } from './plugins.ts';
import { COMPARE_TEXTS } from './texts.ts';

/** Losses that reading back undoes. */
const UNDONE = new Set(['csv.formula-guarded']);

/** A file that lies finished where it was delivered. */
export interface FinishedFile {
  name: string;
  sizeBytes: number;
  /** Files in it that hold rows. */
  entryCount: number;
  isAppended: boolean;
}

export interface ValueChecker {
  /** Notes rows of a data set, by its place, on their way out. */
  add(batch: Batch, table: number): void;
  /** Reads the files again. Throws `verify.values` and `verify.unreadable`. */
  check(files: readonly FinishedFile[], losses: readonly Loss[]): Promise<ValueCheck>;
}

export interface CheckContext {
  plugins: Plugins;
  delivery: DeliveryWriter;
  scratch: Scratch;
  signal: AbortSignal;
  meter: Pick<Meter, 'beginReadAgain' | 'tickReadAgain'>;
}

/** How each data set in a format's files is read back, or why they cannot be. */
export function readBacksOf(
  output: PlannedOutput,
  tables: readonly EncodedTable[],
): ReadBack[] | { cannot: string } {
  const { config, format, formatOptions } = output;
  const archived = output.archive?.options as { password?: unknown } | undefined;
  if (config.encryption !== null || (archived?.password ?? null) !== null)
    return { cannot: COMPARE_TEXTS.encrypted };
  if (format.isText && !/^utf-/i.test(config.charset.id) && config.charset.onLoss !== 'fail')
    return { cannot: COMPARE_TEXTS.charset(config.charset.id) };
  const readBacks: ReadBack[] = [];
  for (const [place, { schema }] of tables.entries()) {
    const readBack = format.readBack?.({
      options: formatOptions,
      schema,
      ...(tables.length > 1 && { among: { tables, place } }),
    }) ?? { cannot: COMPARE_TEXTS.format };
    if ('cannot' in readBack) return readBack;
    readBacks.push(readBack);
  }
  return readBacks;
}

/** The check of a run; null where none is wanted. `tables`: as they stand in the files, without columns that became folders. */
export function openValueCheck(
  output: PlannedOutput,
  tables: readonly EncodedTable[],
  context: CheckContext,
): ValueChecker | null {
  const wanted = output.config.verify.values;
  if (wanted === undefined) return null;
  const readBacks = readBacksOf(output, tables);
  const notPossible = (reason: string): ValueCheck => ({
    level: wanted,
    outcome: 'not-possible',
    reason,
  });
  if ('cannot' in readBacks) return { add() {}, check: async () => notPossible(readBacks.cannot) };
  // Parts by value, and entries of an archive, come back in another order: then no row can be picked by its place.
  const { split } = output.config;
  const isInOrder =
    split?.columns === undefined &&
    output.archive === null &&
    readBacks.every(
      ({ sheetRows, dropsLastNulls }) =>
        sheetRows !== 0 && (split == null || dropsLastNulls !== true),
    );
  const level: ValueLevel = isInOrder ? wanted : 'full';
  const watches = readBacks.map((readBack) => new ValueWatch(readBack, level));
  return {
    add: (batch, table) => watches[table]!.add(batch),
    async check(files, losses) {
      if (files.some(({ isAppended }) => isAppended)) return notPossible(COMPARE_TEXTS.appended);
      const { delivery, meter, ...rest } = context;
      if (files.some(({ name }) => delivery.readBack(name) === null))
        return notPossible(COMPARE_TEXTS.delivery);
      const entryCount = files.reduce((sum, file) => sum + file.entryCount, 0);
      const compared = tables.map(({ name }, place) => ({
        name,
        readBack: readBacks[place]!,
        fingerprint: watches[place]!.result(),
      }));
      // Entries of an archive are read as one, each by its first sheet.
      const isOnSheets = compared.some(
        ({ readBack: { sheetRows = Infinity }, fingerprint }) => fingerprint.rows > sheetRows,
      );
      const isApart = readBacks[0]!.addsSheets === true && files.length > 1;
      if (isOnSheets && (isApart || (output.archive !== null && entryCount > 1)))
        return notPossible(COMPARE_TEXTS.sheetsOfEntries);
      const { charset } = output.config;
      meter.beginReadAgain(
        'values',
        files.reduce((sum, file) => sum + file.sizeBytes, 0) * tables.length,
      );
      const startMs = performance.now();
      try {
        const checked = await compareValues(
          compared,
          files.map(({ name, sizeBytes }) => ({
            name,
            sizeBytes,
            once: false,
            open: () => watched(delivery.readBack(name)!, meter),
          })),
          {
            ...rest,
            level,
            charset: output.format.isText ? charset.id : null,
            packing: output.archive?.card.id ?? output.codec?.card.id ?? 'none',
            entriesLike:
              output.archive !== null && entryCount > 1 ? `*${fileKind(output).extension}` : null,
          },
        );
        return { ...checked, elapsedMs: Math.round(performance.now() - startMs) };
      } catch (thrown) {
        // What the format could not hold was counted, and is another value now.
        const isChanged = losses.some(({ code }) => !UNDONE.has(code));
        if (isChanged && thrown instanceof ExportError && thrown.code === 'verify.values')
          return notPossible(COMPARE_TEXTS.losses);
        throw thrown;
      }
    },
  };
}

async function* watched(
  pieces: AsyncIterable<Uint8Array>,
  meter: CheckContext['meter'],
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    await meter.tickReadAgain(piece.length);
    yield piece;
  }
}
