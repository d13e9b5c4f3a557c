// Reads finished files with the source plug-in of their kind and compares their values with those that left the pipeline.
import { createConfig } from '../contract/config.ts';
import { ExportError, asExportError } from '../contract/errors.ts';
import type { ReadBack, Scratch } from '../contract/plugins.ts';
import type { ValueCheck } from '../contract/report.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { selectedCount, type Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import { Fingerprinter, fingerprintDifference, type Fingerprint } from '../table/fingerprint.ts';
import { planStream } from './graph.ts';
import { GrownSource, type GrownSchemas } from './plan-source.ts';
import type { Plugins } from './plugins.ts';
import { COMPARE_TEXTS } from './texts.ts';

/** Of a sample: the first rows, and one of so many behind them. */
const FIRST_ROWS = 1_000;
const ONE_OF = 64;
/** Readings that may begin again because a record has what none before it had. */
const MOST_RESTARTS = 20;

export type ValueLevel = 'sample' | 'full';

const sampled = (row: number): boolean => row < FIRST_ROWS || row % ONE_OF === 0;

/** Notes rows in their order. */
export class ValueWatch {
  readonly #fingerprinter: Fingerprinter;
  readonly #takes: ((row: number) => boolean) | undefined;
  #rows = 0;

  constructor(readBack: ReadBack, level: ValueLevel) {
    this.#fingerprinter = new Fingerprinter(readBack.columns);
    this.#takes = level === 'sample' ? sampled : undefined;
  }

  add(batch: Batch): void {
    this.#fingerprinter.add(batch, this.#rows, this.#takes);
    this.#rows += selectedCount(batch);
  }

  result(): Fingerprint {
    // Of a sample too all rows are counted.
    return { ...this.#fingerprinter.result(), rows: this.#rows };
  }
}

export interface CompareContext {
  plugins: Plugins;
  readBack: ReadBack;
  level: ValueLevel;
  /** Charset of a text format; null of any other. */
  charset: string | null;
  /** How the files are packed: `none`, or the id of a codec or archive. */
  packing: string;
  /** Several entries of an archive that are read as one: their extension. */
  entriesLike: string | null;
  scratch: Scratch;
  signal: AbortSignal;
}

/** The values of finished files, in their order. Throws `verify.unreadable` for what the source plug-in does not take. */
export async function fingerprintOf(
  files: readonly OpenedBytes[],
  context: CompareContext,
): Promise<Fingerprint> {
  const grown: GrownSchemas = new Map();
  for (let attempt = 0; ; attempt++) {
    const watch = new ValueWatch(context.readBack, context.level);
    try {
      for (const file of files)
        for await (const batch of rowsOf(file, context, grown)) watch.add(batch);
      return watch.result();
    } catch (thrown) {
      if (context.signal.aborted) throw thrown;
      if (thrown instanceof GrownSource && attempt < MOST_RESTARTS) {
        grown.set(thrown.sourceId, thrown.growth.schema);
        continue;
      }
      if (thrown instanceof ColumnsDiffer) throw thrown;
      throw new ExportError(
        'verify.unreadable',
        { name: files[0]?.name ?? '', detail: asExportError(thrown).message },
        { cause: thrown },
      );
    }
  }
}

/** What was written and what was read cannot be laid side by side. */
class ColumnsDiffer extends Error {}

async function* rowsOf(
  file: OpenedBytes,
  { readBack, charset, packing, entriesLike, plugins, scratch, signal }: CompareContext,
  grown: GrownSchemas,
): AsyncGenerator<Batch> {
  const config = createConfig({
    source: {
      kind: readBack.kind,
      from: { binding: 'file' },
      compression: packing,
      options: readBack.options,
      ...(readBack.table !== undefined && { table: readBack.table }),
      ...(charset !== null && { charset: { id: charset, onInvalid: 'fail' } }),
      ...(entriesLike !== null && { files: { match: entriesLike, columns: 'same' as const } }),
    },
    format: { id: 'csv', options: {} },
    delivery: { id: 'none', options: {} },
  });
  // What was written within its limits is read without them.
  config.limits.unpackRatio = Number.MAX_SAFE_INTEGER;
  config.limits.unpackedBytes = Number.MAX_SAFE_INTEGER;
  const { stream } = await planStream(
    'source',
    config,
    { bytes: { file: file as never } },
    plugins,
    async () => file,
    signal,
    {
      grown,
      isRun: true,
      scratch,
    },
  );
  const { planned } = stream.source;
  const places = placesOf(readBack, stream.schema);
  const reading = {
    filtered() {},
    signal,
    reject(reject: { sentence: string }): never {
      throw new Error(reject.sentence);
    },
    lose() {},
  };
  for await (const batch of planned.read(reading))
    yield { ...batch, columns: places.map((place) => batch.columns[place]!) };
}

/** Where each column of what was written stands in what is read: in its place, or where the names say. */
function placesOf({ columns, hasNames }: ReadBack, { fields }: Schema): number[] {
  if (fields.length === columns.length) {
    const names = columns.map(({ name }) => name);
    const areApart = new Set(names).size === names.length && !names.includes('');
    const other = fields.findIndex(({ name }, i) => name !== names[i]);
    if (hasNames === true && areApart && other >= 0)
      throw new Error(COMPARE_TEXTS.name(names[other]!, fields[other]!.name));
    return columns.map((_, i) => i);
  }
  const places = columns.map(({ name }) => fields.findIndex((field) => field.name === name));
  if (places.includes(-1)) throw new ColumnsDiffer();
  return places;
}

/** Compares, and says how it came out. Throws `verify.values` where a value is another one. */
export async function compareValues(
  expected: Fingerprint,
  files: readonly OpenedBytes[],
  context: CompareContext,
): Promise<ValueCheck> {
  const { level, readBack } = context;
  let found: Fingerprint;
  try {
    found = await fingerprintOf(files, context);
  } catch (thrown) {
    if (thrown instanceof ColumnsDiffer)
      return { level, outcome: 'not-possible', reason: COMPARE_TEXTS.columns };
    throw thrown;
  }
  const difference = fingerprintDifference(expected, found);
  if (difference !== null)
    throw new ExportError('verify.values', {
      name: files[0]?.name ?? '',
      what: COMPARE_TEXTS.what(difference.what, difference.column),
      expected: difference.expected,
      found: difference.found,
    });
  const byNulls = readBack.columns.filter(({ rule }) => rule === 'nulls').map(({ name }) => name);
  return {
    level,
    outcome: 'same',
    reader: readBack.kind,
    fingerprint: found,
    ...(byNulls.length > 0 && { byNulls }),
  };
}
