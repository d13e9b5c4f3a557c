// Batches → entries: cuts the rows into parts, encodes them in order (in lanes where that pays), opens further entries.
import {
  type BatchPlace,
  type EncodedBatch,
  type EncoderContext,
  type EncoderRoom,
  MOST_ROWS_AHEAD,
  type Segment,
} from '../contract/encoder.ts';
import type { Loss } from '../contract/report.ts';
import { selectedCount, sliceSelected, type Batch } from '../table/batch.ts';
import { giveBlock } from '../table/buffer-pool.ts';
import { packParts } from './container.ts';
import type { LanePool } from './lanes.ts';
import type { PlannedOutput } from './plan.ts';
import { placeMisfit, type FieldOrigins } from './source-misfit.ts';

/**
 * Cells encoded here before lanes take any: starting a thread costs as much as some hundred thousand of them, and most that
 * is filtered comes to no more.
 */
const CELLS_BEFORE_LANES = 1 << 20;

/** Hands out the selected rows of a stream of batches in runs of at most so many rows. */
export class RowCursor {
  readonly #batches: AsyncIterator<Batch>;
  #batch: Batch | null = null;
  #at = 0;
  /** Read ahead, behind the one that rows are taken of. */
  readonly #next: Batch[] = [];

  constructor(batches: AsyncIterable<Batch>) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  /** Whether there is at least one more row. */
  async hasMore(): Promise<boolean> {
    while (this.#batch === null || this.#at >= selectedCount(this.#batch)) {
      const next = this.#next.shift() ?? (await this.#pull());
      if (next === null) return false;
      this.#batch = next;
      this.#at = 0;
    }
    return true;
  }

  async #pull(): Promise<Batch | null> {
    const next = await this.#batches.next();
    return next.done === true ? null : next.value;
  }

  /** The next `count` rows, or all that are left, without taking them. */
  async peek(count: number): Promise<Batch[]> {
    const heads: Batch[] = [];
    if (count <= 0 || !(await this.hasMore())) return heads;
    let left = count;
    const add = (batch: Batch, from: number): void => {
      const to = Math.min(selectedCount(batch), from + left);
      if (to > from) heads.push(sliceSelected(batch, from, to));
      left -= to - from;
    };
    add(this.#batch!, this.#at);
    for (let i = 0; left > 0; i++) {
      if (i === this.#next.length) {
        const next = await this.#pull();
        if (next === null) break;
        this.#next.push(next);
      }
      add(this.#next[i]!, 0);
    }
    return heads;
  }

  /** The next at most `most` rows of one batch; null at the end. */
  async take(most: number): Promise<Batch | null> {
    if (!(await this.hasMore())) return null;
    const batch = this.#batch!;
    const from = this.#at;
    const to = Math.min(selectedCount(batch), from + most);
    this.#at = to;
    return sliceSelected(batch, from, to);
  }

  async close(): Promise<void> {
    await this.#batches.return?.();
  }
}

export interface EncodeHooks {
  onLoss(loss: Loss): void;
  onRowsOut(rows: number): void;
  onMerged(rows: number): void;
  origins: FieldOrigins;
  /** Room for encoders that hold rows back, or read files. */
  room: EncoderRoom;
  signal: AbortSignal;
}

/** Rows that go into parts of their own. */
export interface RowGroup {
  /** 0-based; null where nothing parts the rows. */
  group: number | null;
  /** The rows of each table; several go into the same entries, one after the other. */
  tables: readonly AsyncIterable<Batch>[];
}

/** Which part of the output a file belongs to. */
export interface PartPlace {
  group: number | null;
  /** 0-based within its group, and in the whole output. */
  part: number;
  index: number;
}

/** One file's bytes before packing. */
export interface EncodedEntry {
  place: PartPlace;
  /** Ending of a further file of the part (`.schema.json`); empty for the part itself. */
  suffix: string;
  bytes: AsyncIterable<Uint8Array>;
  /** Final once `bytes` has ended. */
  rows(): number;
}

/**
 * Entries in order, each to be read to its end before the next is asked for. A group without rows makes one entry, empty of rows.
 * Lanes get typed batches of `parallel: 'batch'` formats: text blocks are encoded faster than they are moved.
 */
export async function* encodeEntries(
  groups: AsyncIterable<RowGroup>,
  output: PlannedOutput,
  contextOf: (index: number) => EncoderContext<unknown>,
  lanes: LanePool,
  hooks: EncodeHooks,
): AsyncGenerator<EncodedEntry> {
  const most = output.config.split?.rows ?? Infinity;
  let index = 0;
  for await (const { group, tables } of groups) {
    const cursors = tables.map((batches) => new RowCursor(batches));
    try {
      let part = 0;
      do {
        const place: PartPlace = { group, part: part++, index };
        for await (const entry of encodeFile(
          cursors,
          most,
          output,
          contextOf(index++),
          lanes,
          hooks,
        ))
          yield { ...entry, place };
        // Several tables stand whole in one part.
      } while (cursors.length === 1 && (await cursors[0]!.hasMore()));
    } finally {
      await Promise.allSettled(cursors.map((cursor) => cursor.close()));
    }
  }
}

/** One part of at most so many rows of each cursor: its entries in order. */
export async function* encodeFile(
  cursors: readonly RowCursor[],
  most: number,
  output: PlannedOutput,
  context: EncoderContext<unknown>,
  lanes: LanePool,
  hooks: EncodeHooks,
): AsyncGenerator<Omit<EncodedEntry, 'place'>> {
  const rows = { count: 0 };
  const segments = encodePart(cursors, most, output, context, lanes, hooks, rows);
  try {
    if (output.container === null) yield* entriesOf(segments, rows);
    else {
      const { startedAtMs } = context;
      const { signal } = hooks;
      const bytes = packParts(segments, output.container, {
        jobs: lanes,
        startedAtMs,
        secret: () => {
          throw new Error('the parts of a file are packed without secrets');
        },
        signal,
      });
      yield { suffix: '', bytes, rows: () => rows.count };
    }
  } finally {
    await segments.return(undefined);
  }
}

async function* encodePart(
  cursors: readonly RowCursor[],
  most: number,
  output: PlannedOutput,
  context: EncoderContext<unknown>,
  lanes: LanePool,
  hooks: EncodeHooks,
  rows: { count: number },
): AsyncGenerator<Segment> {
  const { formatModule } = output;
  const stream = formatModule.openStream?.(context, hooks.room) ?? null;
  const encoder = stream ?? formatModule.openEncoder(context);
  const mayUseLanes = stream === null && output.format.parallel === 'batch' && lanes.laneCount > 0;
  const laneEncoder = mayUseLanes
    ? await lanes.openEncoder({ formatId: output.format.id, context })
    : null;
  let cellsHere = lanes.isEager === true ? CELLS_BEFORE_LANES : 0;
  const waiting: { encoded: Promise<EncodedBatch>; rows: number; batch: Batch }[] = [];

  const settle = (encoded: EncodedBatch, selected: number): Segment[] => {
    for (const loss of encoded.losses) hooks.onLoss(loss);
    const written = encoded.rowCount ?? selected;
    if (encoded.merged !== undefined) hooks.onMerged(encoded.merged);
    rows.count += written;
    hooks.onRowsOut(written);
    return encoded.segments;
  };
  const settleFirst = async (): Promise<Segment[]> => {
    const first = waiting.shift()!;
    const encoded = await first.encoded.catch((thrown: unknown) => {
      throw placeMisfit(thrown, first.batch, output.formatModule, context, hooks.origins);
    });
    return settle(encoded, first.rows);
  };

  const { lookAhead } = formatModule;
  const rowsAhead = Math.min(MOST_ROWS_AHEAD, lookAhead?.rows(context.options) ?? 0, most);
  const look = async (table: number): Promise<unknown> =>
    rowsAhead > 0
      ? lookAhead!.look(context, table, await cursors[table]!.peek(rowsAhead))
      : undefined;

  const encodeTable = async function* (
    cursor: RowCursor,
    table: number,
    ahead: unknown,
  ): AsyncGenerator<Segment> {
    let given = 0;
    while (given < most) {
      const batch = await cursor.take(most - given);
      if (batch === null) break;
      const selected = selectedCount(batch);
      const at: BatchPlace = { firstRow: given, isFirst: given === 0 };
      if (table > 0) at.table = table;
      if (ahead !== undefined) at.ahead = ahead;
      given += selected;
      const isTyped = batch.block === null && batch.isShared !== true;
      if (laneEncoder !== null && isTyped && cellsHere >= CELLS_BEFORE_LANES) {
        const encoded = laneEncoder.encode(batch, at);
        // Awaited in order below; until then a failure must not count as unhandled.
        encoded.catch(() => {});
        waiting.push({ encoded, rows: selected, batch });
        if (waiting.length >= lanes.width) yield* await settleFirst();
      } else {
        while (waiting.length > 0) yield* await settleFirst();
        if (isTyped) cellsHere += selected * batch.columns.length;
        let encoded: EncodedBatch;
        try {
          encoded = await encoder.encodeBatch(batch, at);
        } catch (thrown) {
          throw placeMisfit(thrown, batch, output.formatModule, context, hooks.origins);
        }
        giveBlock(batch);
        yield* settle(encoded, selected);
      }
    }
    while (waiting.length > 0) yield* await settleFirst();
  };

  try {
    const isMany = context.tables !== undefined;
    let ahead = isMany ? undefined : await look(0);
    yield* encoder.begin(ahead);
    for (const [table, cursor] of cursors.entries()) {
      const before = rows.count;
      if (isMany) {
        ahead = await look(table);
        yield* encoder.beginTable?.(table, ahead) ?? [];
      }
      yield* encodeTable(cursor, table, ahead);
      if (isMany) yield* encoder.endTable?.(table, { rowCount: rows.count - before }) ?? [];
    }
    yield* encoder.end({ rowCount: rows.count });
  } finally {
    await laneEncoder?.close();
    await stream?.close();
  }
}

/** Splits a stream of segments where a segment begins a new entry. */
async function* entriesOf(
  segments: AsyncGenerator<Segment>,
  rows: { count: number },
): AsyncGenerator<Omit<EncodedEntry, 'place'>> {
  let next = await segments.next();
  let suffix = '';
  let isMain = true;
  const body = async function* (): AsyncGenerator<Uint8Array> {
    let isFirst = true;
    while (next.done !== true) {
      if (next.value.entry !== undefined && !isFirst) return;
      isFirst = false;
      if (next.value.bytes.length > 0) yield next.value.bytes;
      next = await segments.next();
    }
  };
  do {
    if (next.done !== true && next.value.entry !== undefined) suffix = next.value.entry.suffix;
    const bytes = body();
    const countsRows = isMain;
    yield { suffix, bytes, rows: () => (countsRows ? rows.count : 0) };
    isMain = false;
    // Whoever took the entry read it to its end; a reader that stopped early ends the run.
  } while (next.done !== true);
}
