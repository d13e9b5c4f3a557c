// Reads Arrow files and streams as batches of typed columns, only the columns that count.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { ByteSlices, SourceInput } from '../../contract/source-input.ts';
import type { ReadContext, SpreadRows, WantedSample } from '../../contract/source-plugin.ts';
import { placesAmong } from '../../contract/spread-rows.ts';
import type { Batch, TypedColumn } from '../../table/batch.ts';
import { concatColumns } from '../../table/gather-column.ts';
import { nullColumn } from '../../table/null-column.ts';
import { firstInvalidText, replaceInvalidText } from '../../table/valid-text.ts';
import { openBody } from './body.ts';
import { planColumns, type ColumnPlan } from './column-type.ts';
import { faultError, insist } from '../../contract/fault.ts';
import { openArrow, type Arrow, type PlacedMessage } from './messages.ts';
import type { BatchLayout } from './metadata.ts';
import type { ArrowOptions } from './options.ts';
import {
  buffersOf,
  placeColumns,
  readColumn,
  type PlacedColumn,
  type Reading,
} from './read-column.ts';
import { LOSS_SENTENCES } from './texts.ts';

const MOST_ROWS = 65_536;
const BATCH_BYTES = 8 << 20;
/** What one value of a dictionary may come to when every row of a batch has it. */
const MOST_BATCH_BYTES = 128 << 20;
/** Rows of a batch are counted in 32 bits. */
const MOST_BATCH_ROWS = 2 ** 31;

export function readArrow(context: ReadContext<ArrowOptions>): AsyncGenerator<Batch> {
  return readMessages(context, async (slices) => {
    const arrow = await openArrow(slices, context.limits.columns);
    return { arrow, messages: arrow.messages(), mostRows: Infinity };
  });
}

/** See `Source.spread`. The record batches of a stream are only found from its start. */
export async function spreadArrow(
  context: ReadContext<ArrowOptions>,
  { rows, places }: WantedSample,
): Promise<SpreadRows | null> {
  const { input, limits } = context;
  const { batches: all } = await withFaults(input.name, () =>
    openArrow(slicesOf(input), limits.columns),
  );
  if (all === undefined) return null;
  const chosen = placesAmong(all.count, places);
  const mostRows = Math.ceil(rows / Math.max(1, chosen.length));
  const batches = readMessages(context, async (slices) => {
    const arrow = await openArrow(slices, limits.columns);
    return { arrow, messages: arrow.batches!.only(chosen), mostRows };
  });
  return { places: chosen.length, estimatedRows: null, batches };
}

function slicesOf(input: SourceInput): ByteSlices {
  if (input.kind !== 'bytes' || input.slices === undefined)
    throw new TypeError('the Arrow source reads slices');
  return input.slices;
}

async function withFaults<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw faultError(thrown, 'read.arrow.corrupt', name, 'its messages cannot be decoded');
  }
}

/** What is read, and how many rows of each record batch. */
interface ReadMessages {
  arrow: Arrow;
  messages: AsyncIterable<PlacedMessage>;
  mostRows: number;
}

async function* readMessages(
  context: ReadContext<ArrowOptions>,
  open: (slices: ByteSlices) => Promise<ReadMessages>,
): AsyncGenerator<Batch> {
  const { input, signal, wanted, schema } = context;
  const slices = slicesOf(input);
  try {
    signal.throwIfAborted();
    const { arrow, messages, mostRows } = await open(slices);
    const plans = planColumns(arrow.fields, input.name);
    const isWanted = (index: number): boolean => wanted === undefined || wanted.has(index);
    const dictionaries = new Map<string, TypedColumn>();
    const plansOfIds = dictionaryPlans(plans.filter((_, index) => isWanted(index)));
    let firstRow = 0;
    for await (const placed of messages) {
      signal.throwIfAborted();
      const { message } = placed;
      if (message.kind === 'dictionary') {
        const plan = plansOfIds.get(message.id);
        if (plan === undefined) continue;
        const column = await readDictionary(
          context,
          plan,
          placed,
          message.layout,
          dictionaries,
          firstRow,
        );
        const before = dictionaries.get(message.id);
        const isMore = message.isDelta && before !== undefined;
        dictionaries.set(message.id, isMore ? concatColumns([before, column]) : column);
      } else if (message.kind === 'batch') {
        const { layout } = message;
        const columns = placeColumns(plans, layout);
        const takenRows = Math.min(layout.rowCount, mostRows);
        const rowsAtOnce = batchRows(placed, layout, columns, isWanted, dictionaries);
        const wantedBuffers = layout.buffers.map(() => false);
        columns.forEach((column, index) => {
          if (isWanted(index)) for (const buffer of buffersOf(column)) wantedBuffers[buffer] = true;
        });
        const isTakenOnce = rowsAtOnce >= layout.rowCount;
        const { bodyStart, bodyBytes } = placed;
        const body = await openBody(
          slices,
          bodyStart,
          bodyBytes,
          layout,
          wantedBuffers,
          isTakenOnce,
          { name: input.name, limits: context.limits },
        );
        for (let from = 0; from < takenRows; from += rowsAtOnce) {
          signal.throwIfAborted();
          const rowCount = Math.min(rowsAtOnce, takenRows - from);
          const reading = createReading(context, body, dictionaries, firstRow + from);
          const made: TypedColumn[] = [];
          for (const [index, column] of columns.entries())
            made.push(
              isWanted(index)
                ? await readColumn(column, from, rowCount, reading)
                : nullColumn(column.plan.type, rowCount),
            );
          yield { schema, rowCount, selection: null, columns: made, block: null };
        }
        firstRow += layout.rowCount;
      }
    }
  } catch (thrown) {
    throw faultError(thrown, 'read.arrow.corrupt', input.name, 'its messages cannot be decoded');
  }
}

/** By dictionary the plan of its values: the field's own without the indices. */
function dictionaryPlans(plans: readonly ColumnPlan[]): Map<string, ColumnPlan> {
  const found = new Map<string, ColumnPlan>();
  const visit = (plan: ColumnPlan): void => {
    if (plan.dictionary !== null) found.set(plan.dictionary.id, { ...plan, dictionary: null });
    plan.children.forEach(visit);
  };
  plans.forEach(visit);
  return found;
}

async function readDictionary(
  context: ReadContext<ArrowOptions>,
  plan: ColumnPlan,
  { bodyStart, bodyBytes }: PlacedMessage,
  layout: BatchLayout,
  dictionaries: ReadonlyMap<string, TypedColumn>,
  firstRow: number,
): Promise<TypedColumn> {
  const { input } = context;
  const slices = 'slices' in input ? input.slices! : null;
  const all = layout.buffers.map(() => true);
  const body = await openBody(slices!, bodyStart, bodyBytes, layout, all, true, {
    name: input.name,
    limits: context.limits,
  });
  const [column] = placeColumns([plan], layout);
  insist(column!.length <= 0x7fffffff, 'a dictionary holds too many values');
  return readColumn(
    column!,
    0,
    column!.length,
    createReading(context, body, dictionaries, firstRow),
  );
}

/** Rows of a batch, by the size of the record batch and of the longest value that rows may refer to. */
function batchRows(
  { bodyBytes }: PlacedMessage,
  { rowCount }: BatchLayout,
  columns: readonly PlacedColumn[],
  isWanted: (index: number) => boolean,
  dictionaries: ReadonlyMap<string, TypedColumn>,
): number {
  insist(rowCount <= MOST_BATCH_ROWS, 'a record batch holds too many rows');
  const perRow = Math.max(1, bodyBytes / Math.max(1, rowCount));
  let rows = Math.min(MOST_ROWS, Math.floor(BATCH_BYTES / perRow));
  const look = ({ plan, children }: PlacedColumn): void => {
    const dictionary = plan.dictionary && dictionaries.get(plan.dictionary.id);
    if (dictionary?.offsets) {
      let longest = 1;
      for (let i = 0; i < dictionary.length; i++)
        longest = Math.max(longest, dictionary.offsets[i + 1]! - dictionary.offsets[i]!);
      rows = Math.min(rows, Math.floor(MOST_BATCH_BYTES / longest));
    }
    children.forEach(look);
  };
  columns.forEach((column, index) => {
    if (isWanted(index)) look(column);
  });
  // Of whole bytes of validity, so that no bits have to be moved.
  return Math.max(8, rows & ~7);
}

function createReading(
  context: ReadContext<ArrowOptions>,
  body: Reading['body'],
  dictionaries: ReadonlyMap<string, TypedColumn>,
  firstRow: number,
): Reading {
  return {
    body,
    dictionaryOf: (id) => dictionaries.get(id),
    cutDates: (plan, count) =>
      context.lose({
        code: 'arrow.date-cut',
        column: plan.path,
        count,
        sentence: LOSS_SENTENCES['arrow.date-cut'],
      }),
    lookAt(plan, column) {
      const invalid = firstInvalidText(column);
      if (invalid < 0) return column;
      if (context.options.invalidText === 'fail')
        throw new ExportError('read.arrow.invalid-text', {
          name: context.input.name,
          column: shorten(plan.path),
          row: `${firstRow + 1} or later`,
        });
      const replaced = replaceInvalidText(column);
      context.lose({
        code: 'arrow.text-replaced',
        column: plan.path,
        count: replaced.changed,
        sentence: LOSS_SENTENCES['arrow.text-replaced'],
      });
      return replaced.column;
    },
  };
}
