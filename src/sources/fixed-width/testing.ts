// Reads fixed-width text to cells for tests, through the public functions of the source.
import { DEFAULT_LIMITS, type ColumnEdit, type Limits } from '../../contract/config.ts';
import type { SourceInspection } from '../../contract/source-plugin.ts';
import type { Loss, Reject } from '../../contract/report.ts';
import { selectedCount, selectedRow } from '../../table/batch.ts';
import { fieldText, lineOfRow } from '../../table/text-block.ts';
import { inspectFixedWidth } from './inspect.ts';
import type { FixedWidthOptions } from './options.ts';
import { readFixedWidth } from './read.ts';

export interface ReadCells {
  inspection: SourceInspection<FixedWidthOptions>;
  names: string[];
  rows: (string | null)[][];
  lines: number[];
  rejects: Reject[];
  losses: Loss[];
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function inspect(
  text: string | Uint8Array,
  given: Partial<FixedWidthOptions> = {},
  columns: ColumnEdit[] = [],
): SourceInspection<FixedWidthOptions> {
  const bytes = typeof text === 'string' ? utf8(text) : text;
  return inspectFixedWidth({
    given,
    columns,
    sample: bytes.slice(0, 1 << 19),
    profiles: false,
    isWhole: bytes.length <= 1 << 19,
    sizeBytes: bytes.length,
    name: 'test.txt',
    limits: DEFAULT_LIMITS,
  });
}

/** Inspects and reads; chunks of `size` bytes. */
export async function readCells(
  text: string | Uint8Array,
  given: Partial<FixedWidthOptions> = {},
  more: { size?: number; columns?: ColumnEdit[]; limits?: Partial<Limits> } = {},
): Promise<ReadCells> {
  const bytes = typeof text === 'string' ? utf8(text) : text;
  const { size = bytes.length || 1, columns = [] } = more;
  const inspection = inspect(bytes, given, columns);
  const result: ReadCells = {
    inspection,
    names: inspection.schema.fields.map((field) => field.name),
    rows: [],
    lines: [],
    rejects: [],
    losses: [],
  };
  const batches = readFixedWidth({
    input: {
      kind: 'bytes',
      name: 'test.txt',
      sizeBytes: bytes.length,
      once: false,
      async *open() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
      },
    },
    options: inspection.options,
    schema: inspection.schema,
    columns,
    limits: { ...DEFAULT_LIMITS, ...more.limits },
    signal: new AbortController().signal,
    reject: (reject) => result.rejects.push(reject),
    lose: (loss) => result.losses.push(loss),
  });
  for await (const batch of batches)
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      result.rows.push(inspection.schema.fields.map((_, c) => fieldText(batch.block!, row, c)));
      result.lines.push(lineOfRow(batch.block!, row));
    }
  return result;
}
