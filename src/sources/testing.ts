// Reads records out of text to cells for tests, through the public functions of a source that reads text.
import { DEFAULT_LIMITS, type ColumnEdit, type Limits } from '../contract/config.ts';
import type { InspectContext, ReadContext, SourceInspection } from '../contract/source-plugin.ts';
import type { Loss, Reject } from '../contract/report.ts';
import { selectedCount, selectedRow, type Batch } from '../table/batch.ts';
import { typeName, type Schema } from '../table/data-type.ts';
import { fieldText } from '../table/text-block.ts';

export interface ReadRecords<O> {
  inspection: SourceInspection<O>;
  names: string[];
  types: string[];
  /** Cells of the selected rows. */
  rows: (string | null)[][];
  batches: Batch[];
  rejects: Reject[];
  losses: Loss[];
}

export interface RecordsQuestion<O> {
  given?: Partial<O>;
  columns?: ColumnEdit[];
  /** The wanted one of the source's tables; default the proposed. */
  table?: string;
  limits?: Partial<Limits>;
  /** Bytes in a chunk; default all. */
  chunkSize?: number;
  /** Bytes of the sample; default all. */
  sampleSize?: number;
  /** Read with this one; default the inspected. */
  schema?: Schema;
  /** Columns that anybody looks at; default all. */
  wanted?: ReadonlySet<number>;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A function that inspects and reads text or bytes called `name`; `basics`: options that hold unless the question says otherwise. */
export function recordReader<O>(
  name: string,
  source: {
    inspect(context: InspectContext<O>): SourceInspection<O>;
    read(context: ReadContext<O>): AsyncIterable<Batch>;
  },
  basics: Partial<O> = {},
): (content: string | Uint8Array, question?: RecordsQuestion<O>) => Promise<ReadRecords<O>> {
  return async (content, question = {}) => {
    const bytes = typeof content === 'string' ? utf8(content) : content;
    const limits = { ...DEFAULT_LIMITS, ...question.limits };
    const columns = question.columns ?? [];
    const sampleSize = Math.min(question.sampleSize ?? bytes.length, bytes.length);
    const inspection = source.inspect({
      given: { ...basics, ...question.given },
      columns,
      ...(question.table !== undefined && { table: question.table }),
      sample: bytes.slice(0, sampleSize),
      profiles: true,
      isWhole: sampleSize === bytes.length,
      sizeBytes: bytes.length,
      name,
      limits,
    });
    const schema = question.schema ?? inspection.schema;
    const { fields } = schema;
    const result: ReadRecords<O> = {
      inspection,
      names: fields.map((field) => field.name),
      types: fields.map((field) => typeName(field.type)),
      rows: [],
      batches: [],
      rejects: [],
      losses: [],
    };
    const size = question.chunkSize ?? Math.max(1, bytes.length);
    const batches = source.read({
      input: {
        kind: 'bytes',
        name,
        sizeBytes: bytes.length,
        once: false,
        async *open() {
          for (let at = 0; at < bytes.length; at += size) {
            await Promise.resolve();
            yield bytes.slice(at, at + size);
          }
        },
      },
      options: inspection.options,
      schema,
      columns,
      ...(inspection.table !== undefined && { table: inspection.table }),
      ...(question.wanted && { wanted: question.wanted }),
      limits,
      signal: new AbortController().signal,
      reject: (reject) => result.rejects.push(reject),
      lose: (loss) => result.losses.push(loss),
    });
    for await (const batch of batches) {
      result.batches.push(batch);
      for (let i = 0; i < selectedCount(batch); i++)
        result.rows.push(fields.map((_, c) => fieldText(batch.block!, selectedRow(batch, i), c)));
    }
    return result;
  };
}
