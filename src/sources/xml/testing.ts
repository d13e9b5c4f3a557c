// Reads XML given as text or bytes to cells for tests, through the public functions of the source.
import { DEFAULT_LIMITS, type ColumnEdit, type Limits } from '../../contract/config.ts';
import type { SourceInspection } from '../../contract/plugins.ts';
import type { Loss, Reject } from '../../contract/report.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { typeName, type Schema } from '../../table/data-type.ts';
import { fieldText } from '../../table/text-block.ts';
import { inspectXml } from './inspect.ts';
import type { XmlOptions } from './options.ts';
import { readXml } from './read.ts';

export interface ReadRecords {
  inspection: SourceInspection<XmlOptions>;
  names: string[];
  types: string[];
  /** Cells of the selected rows. */
  rows: (string | null)[][];
  batches: Batch[];
  rejects: Reject[];
  losses: Loss[];
}

export interface RecordsQuestion {
  given?: Partial<XmlOptions>;
  columns?: ColumnEdit[];
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

/** Inspects and reads. */
export async function readRecords(
  content: string | Uint8Array,
  question: RecordsQuestion = {},
): Promise<ReadRecords> {
  const bytes = typeof content === 'string' ? utf8(content) : content;
  const limits = { ...DEFAULT_LIMITS, ...question.limits };
  const columns = question.columns ?? [];
  const sampleSize = Math.min(question.sampleSize ?? bytes.length, bytes.length);
  const inspection = inspectXml({
    // Attributes are told from elements, so that no test meets both by chance.
    given: { attributePrefix: '@', ...question.given },
    columns,
    sample: bytes.slice(0, sampleSize),
    profiles: true,
    isWhole: sampleSize === bytes.length,
    sizeBytes: bytes.length,
    name: 'test.xml',
    limits,
  });
  const schema = question.schema ?? inspection.schema;
  const { fields } = schema;
  const result: ReadRecords = {
    inspection,
    names: fields.map((field) => field.name),
    types: fields.map((field) => typeName(field.type)),
    rows: [],
    batches: [],
    rejects: [],
    losses: [],
  };
  const size = question.chunkSize ?? Math.max(1, bytes.length);
  const batches = readXml({
    input: {
      kind: 'bytes',
      name: 'test.xml',
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
}
