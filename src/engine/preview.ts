// The verb preview: the first rows and the first bytes of the real output, by the real plug-ins, from the start of the source.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig } from '../contract/config.ts';
import { asExportError } from '../contract/errors.ts';
import type { Preview, PreviewCell } from '../contract/verbs.ts';
import { selectedCount, selectedRow, sliceSelected, type Batch } from '../table/batch.ts';
import { cellText } from '../table/cell-text.ts';
import { typeName } from '../table/data-type.ts';
import type { EngineParts } from './engine-parts.ts';
import { outputName } from './naming.ts';
import { makePlan, type Plan } from './plan.ts';
import { curableMisfits, misfitError, placeMisfit } from './source-misfit.ts';
import { inCharset } from './write-output.ts';

const CELL_CHARACTERS = 500;
/** Rows that a filter lets through may be rare; the preview stops looking after this many source bytes. */
const MOST_BYTES_READ = 16 * 1024 * 1024;

export async function preview(
  parts: EngineParts,
  config: ExportConfig,
  bindings: Bindings,
  limits: { rows?: number; bytes?: number } = {},
): Promise<Preview> {
  const startMs = performance.now();
  const most = { rows: limits.rows ?? 100, bytes: limits.bytes ?? 64 * 1024 };
  const result: Preview = {
    columns: [],
    rows: [],
    head: new Uint8Array(0),
    isWhole: false,
    rowsRead: 0,
    rowsOut: 0,
    elapsedMs: 0,
    error: null,
  };
  const abort = new AbortController();
  const asText = new Set<number>();
  try {
    for (;;) {
      const plan = await makePlan(config, bindings, parts.plugins, parts.openBytes, abort.signal, {
        asText,
      });
      result.columns = plan.schema.fields.map((field) => ({
        name: field.name,
        type: typeName(field.type),
      }));
      const misfits = await fill(result, plan, bindings, most, abort.signal);
      if (misfits.length === 0) break;
      for (const column of misfits) asText.add(column);
    }
  } catch (thrown) {
    result.error = asExportError(thrown).toJSON();
  }
  abort.abort();
  result.elapsedMs = performance.now() - startMs;
  return result;
}

/** Fills rows and head; returns the source columns to be read as text where an inferred type did not hold. */
async function fill(
  result: Preview,
  plan: Plan,
  bindings: Bindings,
  most: { rows: number; bytes: number },
  signal: AbortSignal,
): Promise<number[]> {
  const { config, source, output } = plan;
  result.rows = [];
  result.rowsRead = 0;
  result.rowsOut = 0;
  result.isWhole = false;
  let isCut = false;
  const read = async function* (): AsyncGenerator<Batch> {
    const batches = source.module.read({
      input: source.input,
      options: source.options,
      columns: source.config.columns ?? [],
      schema: source.schema,
      limits: config.limits,
      signal,
      reject: () => {},
      lose: () => {},
    });
    for await (const batch of batches) {
      result.rowsRead += selectedCount(batch);
      yield batch;
      if ((source.opened?.bytesRead() ?? 0) > MOST_BYTES_READ) {
        isCut = true;
        return;
      }
    }
  };
  let batches: AsyncIterable<Batch> = read();
  for (const step of plan.steps) batches = step.transform.apply(batches);

  const context = {
    options: output.formatOptions,
    schema: plan.schema,
    name: outputName(config, source.input.name),
    timeZone: config.timeZone,
    startedAtMs: bindings.clock?.() ?? Date.now(),
    sourceName: source.input.name,
    part: 0,
  };
  const encoder = output.formatModule.openEncoder(context);
  const pieces = encoder.begin().map((segment) => segment.bytes);
  let size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const partRows = output.config.split?.rows ?? Infinity;
  for await (const whole of batches) {
    const room = Math.min(most.rows, partRows);
    const batch = sliceSelected(whole, 0, Math.max(0, room - result.rowsOut));
    const count = selectedCount(batch);
    for (let i = 0; i < count; i++) result.rows.push(cellsOf(batch, selectedRow(batch, i)));
    if (size < most.bytes && count > 0) {
      try {
        const at = { firstRow: result.rowsOut, isFirst: result.rowsOut === 0 };
        for (const segment of encoder.encodeBatch(batch, at).segments) {
          if (segment.entry !== undefined) break;
          pieces.push(segment.bytes);
          size += segment.bytes.length;
        }
      } catch (thrown) {
        const placed = placeMisfit(thrown, batch, output.formatModule, context);
        const misfits = curableMisfits(placed, source.schema);
        if (misfits.length === 0 || source.input.once) throw misfitError(placed, source.schema);
        return misfits.map((misfit) => misfit.sourceColumn);
      }
    }
    result.rowsOut += count;
    if (count < selectedCount(whole) || result.rowsOut >= room) {
      isCut = true;
      break;
    }
  }
  if (!isCut && size < most.bytes) {
    for (const segment of encoder.end({ rowCount: result.rowsOut })) {
      if (segment.entry !== undefined) break;
      pieces.push(segment.bytes);
    }
    result.isWhole = true;
  }
  result.head = await inOutputCharset(pieces, plan, most.bytes, result);
  return [];
}

async function inOutputCharset(
  pieces: Uint8Array[],
  plan: Plan,
  most: number,
  result: Preview,
): Promise<Uint8Array> {
  const source = async function* (): AsyncGenerator<Uint8Array> {
    yield* pieces;
  };
  const out: Uint8Array[] = [];
  let size = 0;
  for await (const piece of inCharset(
    source(),
    plan.output,
    () => {},
    () => {},
  )) {
    out.push(piece);
    size += piece.length;
  }
  const head = new Uint8Array(Math.min(size, most));
  let at = 0;
  for (const piece of out) {
    const part = piece.subarray(0, head.length - at);
    head.set(part, at);
    at += part.length;
  }
  if (size > most) result.isWhole = false;
  return head;
}

function cellsOf(batch: Batch, row: number): PreviewCell[] {
  return batch.columns.map((_, c) => {
    const text = cellText(batch, row, c);
    return text !== null && text.length > CELL_CHARACTERS
      ? text.slice(0, CELL_CHARACTERS) + '…'
      : text;
  });
}
