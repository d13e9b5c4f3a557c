// Reads scripts to cells for tests, through the public functions of the source.
import { DEFAULT_LIMITS, type ColumnEdit, type Limits } from '../../contract/config.ts';
import type { SourceInspection } from '../../contract/source-plugin.ts';
import type { Loss, Reject } from '../../contract/report.ts';
import { selectedCount, selectedRow } from '../../table/batch.ts';
import { typeName } from '../../table/data-type.ts';
import { fieldText, lineOfRow } from '../../table/text-block.ts';
import { inspectSql } from './inspect.ts';
import type { SqlScriptOptions } from './options.ts';
import { readSql } from './read.ts';

export interface ReadScript {
  inspection: SourceInspection<SqlScriptOptions>;
  /** `name: type` of each column. */
  columns: string[];
  rows: (string | null)[][];
  lines: number[];
  batchRows: number[];
  rejects: Reject[];
  losses: Loss[];
}

const SAMPLE_BYTES = 1 << 19;

export function inspect(
  text: string | Uint8Array,
  given: Partial<SqlScriptOptions> = {},
  more: { table?: string; columns?: ColumnEdit[]; sampleBytes?: number; profiles?: boolean } = {},
): SourceInspection<SqlScriptOptions> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const { table, columns = [], sampleBytes = SAMPLE_BYTES, profiles = false } = more;
  return inspectSql({
    given,
    columns,
    ...(table !== undefined && { table }),
    sample: bytes.slice(0, sampleBytes),
    profiles,
    isWhole: bytes.length <= sampleBytes,
    sizeBytes: bytes.length,
    name: 'test.sql',
    limits: DEFAULT_LIMITS,
  });
}

/** Inspects and reads; chunks of `size` bytes. */
export async function readScript(
  text: string | Uint8Array,
  given: Partial<SqlScriptOptions> = {},
  more: {
    table?: string;
    size?: number;
    columns?: ColumnEdit[];
    limits?: Partial<Limits>;
    sampleBytes?: number;
  } = {},
): Promise<ReadScript> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const { size = bytes.length || 1, columns = [] } = more;
  const inspection = inspect(bytes, given, more);
  const { schema } = inspection;
  const result: ReadScript = {
    inspection,
    columns: schema.fields.map(({ name, type }) => `${name}: ${typeName(type)}`),
    rows: [],
    lines: [],
    batchRows: [],
    rejects: [],
    losses: [],
  };
  const batches = readSql({
    input: {
      kind: 'bytes',
      name: 'test.sql',
      sizeBytes: bytes.length,
      once: false,
      async *open() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
      },
    },
    options: inspection.options,
    schema,
    columns,
    table: inspection.table!,
    limits: { ...DEFAULT_LIMITS, ...more.limits },
    signal: new AbortController().signal,
    reject: (reject) => result.rejects.push(reject),
    lose: (loss) => result.losses.push(loss),
  });
  for await (const batch of batches) {
    result.batchRows.push(batch.rowCount);
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      result.rows.push(schema.fields.map((_, c) => fieldText(batch.block!, row, c)));
      result.lines.push(lineOfRow(batch.block!, row));
    }
  }
  return result;
}
