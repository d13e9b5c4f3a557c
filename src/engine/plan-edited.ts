// A source of a plan with the user's column edits in effect, and how many sampled values they do not fit.
import type { Bindings } from '../contract/bindings.ts';
import type { ExportConfig, SourceConfig } from '../contract/config.ts';
import {
  editsForSource,
  prepareEdits,
  type ColumnEdits,
  type FoundMisfit,
} from '../contract/edit-columns.ts';
import { ExportError } from '../contract/errors.ts';
import { selectedCount, sliceSelected, type Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import type { OpenBytes } from './open-source.ts';
import type { PlannedSource, SourceHints } from './plan-source.ts';
import { createRejectRecords } from './reject-records.ts';
import { planSource } from './source-files.ts';
import type { Plugins } from './plugins.ts';

/** How many sampled values do not fit the type that the user set for their column, and where the first of them stand. */
export interface ColumnMisfits {
  count: number;
  /** 1-based lines, 0 where the source has none. */
  first: { line: number; value: string }[];
}

const LISTED_MISFITS = 5;

/** What planning a source asks for beside its config. */
type SourceArguments = [
  config: ExportConfig,
  bindings: Bindings,
  plugins: Plugins,
  openBytes: OpenBytes,
  hints?: SourceHints,
];

/** A source with its edits: as it is read, and, where there are any, what tells their misfits. */
interface Edited {
  planned: PlannedSource;
  /** The source without them. */
  own: PlannedSource;
  edits: ColumnEdits | null;
}

async function planWith(
  source: SourceConfig,
  context: SourceArguments,
  asText: boolean,
): Promise<Edited> {
  const [config, bindings, plugins, openBytes, hints] = context;
  const { columns: edits = [], ...rest } = source;
  if (edits.length === 0) {
    const planned = await planSource(source, ...context);
    return { planned, own: planned, edits: null };
  }
  const isRows =
    plugins.sources.find(({ id }) => id === source.kind)?.input === 'batches' ||
    ('binding' in source.from && bindings.rows?.[source.from.binding] !== undefined);
  const forSource = isRows ? [] : editsForSource(edits, asText);
  const given: SourceConfig = forSource.length === 0 ? rest : { ...rest, columns: forSource };
  const sources = config.sources.map((each) => (each === source ? given : each));
  const own = await planSource(given, { ...config, sources }, bindings, plugins, openBytes, hints);
  const prepared = prepareEdits(edits, own.schema, own.config.kind);
  const planned = { ...own, config: { ...own.config, columns: edits } };
  if (prepared === null) return { planned, own, edits: null };
  return {
    planned: {
      ...planned,
      schema: prepared.schema,
      // What a condition says of edited columns it does not say of the source's own.
      read: ({ only: _, screen: __, skipped: ___, ...reading }) => {
        const records = createRejectRecords();
        return prepared.apply(records.watch(own.read(reading)), {
          ...reading,
          reject: (reject) => reading.reject(records.complete(reject)),
        });
      },
      ...(own.spread && {
        async spread({ only: _, skipped: __, ...reading }, sample) {
          const rows = await own.spread!(reading, sample);
          return rows && { ...rows, batches: prepared.apply(rows.batches, reading) };
        },
      }),
    },
    own,
    edits: prepared,
  };
}

/** Like {@link planSource}; what the source does not see to itself follows right behind it. Without edits it is just that. */
export async function planEditedSource(
  source: SourceConfig,
  ...context: SourceArguments
): Promise<PlannedSource> {
  return (await planWith(source, context, false)).planned;
}

/** The same, and beside it the source without what follows behind it. */
export async function planEditedAndOwn(
  source: SourceConfig,
  ...context: SourceArguments
): Promise<{ planned: PlannedSource; own: PlannedSource }> {
  return planWith(source, context, false);
}

/** A source whose values are to be looked at, fitting or not. */
export interface LenientSource {
  own: PlannedSource;
  /** Behind the edits. */
  schema: Schema;
  /** A batch of `own` with the edits in effect: what does not fit is told and null. */
  readAll(batch: Batch, tell: (misfit: FoundMisfit) => void): Batch;
}

/** Plans a source so that no value rejects its row. */
export async function planLenient(
  source: SourceConfig,
  ...context: SourceArguments
): Promise<LenientSource> {
  const { own, edits } = await planWith(source, context, true);
  if (edits === null) return { own, schema: own.schema, readAll: (batch) => batch };
  return { own, schema: edits.schema, readAll: edits.readAll };
}

/** The misfits of each edited column among the first `rowCount` rows, by the source's own column names. */
export async function countMisfits(
  source: SourceConfig,
  rowCount: number,
  ...context: SourceArguments
): Promise<Map<string, ColumnMisfits>> {
  const found = new Map<string, ColumnMisfits>();
  const { own, edits } = await planWith(source, context, true);
  if (edits === null || own.input.once) return found;
  let rows = 0;
  const batches = own.read({
    signal: new AbortController().signal,
    reject: () => rows++,
    lose() {},
    filtered() {},
  });
  try {
    for await (const batch of batches) {
      const sampled = sliceSelected(batch, 0, rowCount - rows);
      edits.readAll(sampled, ({ column, position: _, ...place }) => {
        const known = found.get(column) ?? { count: 0, first: [] };
        known.count++;
        if (known.first.length < LISTED_MISFITS) known.first.push(place);
        found.set(column, known);
      });
      rows += selectedCount(sampled);
      if (rows >= rowCount) break;
    }
  } catch (thrown) {
    // What else is wrong with the source the run will say.
    if (!(thrown instanceof ExportError)) throw thrown;
  }
  return found;
}
