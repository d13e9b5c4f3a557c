// One file of a plan, or the rows of a host: kind and card found, bytes opened, options and schema settled, ready to be read.
import type { RowsBinding } from '../contract/bindings.ts';
import type { ExportConfig, SourceConfig } from '../contract/config.ts';
import { findCharset } from '../charsets/registry.ts';
import { ExportError } from '../contract/errors.ts';
import { SchemaGrowth } from '../contract/misfit.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { SourceInput } from '../contract/source-input.ts';
import type {
  ReadContext,
  Source,
  SourceCard,
  SourceInspection,
  SpreadRows,
  WantedSample,
} from '../contract/source-plugin.ts';
import type { Report } from '../contract/report.ts';
import type { Batch } from '../table/batch.ts';
import { UTF8, type Schema } from '../table/data-type.ts';
import { inspectOnce } from './inspect-once.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import type { Network } from './network.ts';
import { openSource, type OpenedSource } from './open-source.ts';
import { findCard, readOptions, type Plugins } from './plugins.ts';
import { AUTO_KIND, RECOGNISE_BYTES, recogniseKind, unpackedName } from './recognise.ts';
import { PLAN_TEXTS, PROFILE_TEXTS } from './texts.ts';
import { unpackBytes } from './unpack-bytes.ts';
import { refuseWebPage } from './web-page.ts';

/** How one reading of a source goes. */
export type SourceReading = Pick<
  ReadContext<unknown>,
  'signal' | 'reject' | 'lose' | 'wanted' | 'only' | 'screen' | 'skipped'
> & {
  /** Rows that were read and left out because the source was asked to (the watermark). */
  filtered(rowCount: number): void;
};

/** Rows from several places of a source, and what is said of them. */
export interface SpreadSample extends SpreadRows {
  sentence: string;
}

/** Opened source of a plan: how to read it and what is known of it. */
export interface PlannedSource {
  /** With the kind that was found. */
  config: SourceConfig;
  card: SourceCard;
  /** What is read: name, size, and whether once only. Its rows come from `read`. */
  input: SourceInput;
  options: unknown;
  schema: Schema;
  /** Bytes sources only. */
  opened:
    | (Pick<
        OpenedSource,
        | 'charset'
        | 'charsetSentence'
        | 'charsetAlternatives'
        | 'mojibake'
        | 'compression'
        | 'bytesRead'
        | 'losses'
      > &
        Partial<Pick<OpenedSource, 'charsetAlternatives' | 'mojibake'>>)
    | null;
  inspection: SourceInspection<unknown> | null;
  /** Names of the files that are read as one; empty when it is one file. */
  files: string[];
  /** All batches from the start, under `schema`. */
  read(reading: SourceReading): AsyncIterable<Batch>;
  /** A sample of them from places spread over the source; null, or missing, where they can only be read from the start. */
  spread?(reading: SourceReading, sample: WantedSample): Promise<SpreadSample | null>;
  /** What the user ought to know of how it is read. */
  warnings?: string[];
  /** The same of the last reading, once it is over. */
  afterwards?(): string[];
  /** What the last reading has to say for the report. */
  facts(): Pick<Report['sources'][number], 'watermark' | 'files'>;
}

/** Schemas that sources asked for while they were read, by source id. */
export type GrownSchemas = Map<string, Schema>;

export interface SourceHints {
  /** Columns (by position) read as text whatever was inferred. */
  asText?: ReadonlySet<number>;
  /** Schemas of an earlier attempt that have room for what the proposals had not, by source id. */
  grown?: GrownSchemas;
  /** A run shows nobody the counts of the columns. */
  isRun?: boolean;
  /** Room for what has to be put aside; missing = memory. */
  scratch?: Scratch;
  /** Ends putting aside, and requests. */
  signal?: AbortSignal;
  /** The door's way to the network. */
  network?: Network;
  /** A line for the trace. */
  trace?(line: string): void;
}

/** What a source of this kind has no use for is refused rather than ignored. */
function refuseIdleSettings(source: SourceConfig, card: SourceCard): void {
  if (source.table === undefined || card.hasTables === true) return;
  throw new ExportError('config.not-here', {
    what: PLAN_TEXTS.idleTable(source.id),
    reason: PLAN_TEXTS.idleReason(card.title),
    remedy: PLAN_TEXTS.idleTableRemedy,
  });
}

/** What planning a source needs of its configuration. */
export interface SourceContext {
  config: ExportConfig;
  plugins: Plugins;
  hints: SourceHints;
  scratch: Scratch;
}

/** The card that a configuration names; undefined when the bytes are to tell it. */
export function namedCard(
  source: SourceConfig,
  { plugins }: Pick<SourceContext, 'plugins'>,
): SourceCard | undefined {
  if (source.kind === AUTO_KIND) return undefined;
  const card = findCard(plugins.sources, 'source', source.kind);
  refuseIdleSettings(source, card);
  return card;
}

/**
 * Whether bytes that begin like this are of the wanted kind as they are: a card that knows packed bytes for its own (a
 * workbook is a zip) gets them so.
 */
export function isOwnForm(
  head: Uint8Array,
  known: SourceCard | undefined,
  plugins: Plugins,
): boolean {
  return known === undefined
    ? plugins.sources.some((card) => card.reads !== 'text' && (card.recognise?.(head) ?? 0) >= 2)
    : known.reads !== 'text' && (known.recognise?.(head) ?? 0) >= 1;
}

/** A source of host rows. */
export async function planRows(
  source: SourceConfig,
  card: SourceCard,
  rows: RowsBinding | undefined,
  { config }: SourceContext,
): Promise<PlannedSource> {
  refuseIdleSettings(source, card);
  if (rows === undefined)
    throw new ExportError('config.binding-missing', { binding: originName(source) });
  const options = readOptions(card.options, source.options, optionsPath(source, config));
  const module = (await card.load()) as Source<unknown>;
  const input: SourceInput = { kind: 'batches', ...rows };
  return {
    config: { ...source, kind: card.id },
    card,
    input,
    options,
    schema: rows.schema,
    opened: null,
    inspection: null,
    files: [],
    read: ({ filtered: _, ...reading }) =>
      module.read({
        ...reading,
        input,
        options,
        schema: rows.schema,
        columns: [],
        limits: config.limits,
      }),
    facts: () => ({}),
  };
}

function optionsPath(source: SourceConfig, config: ExportConfig): string {
  const at = config.sources.findIndex(({ id }) => id === source.id);
  return `sources.${at}.options`;
}

/** One file that is read, alone or as one of many. */
export interface PlannedFile extends PlannedSource {
  opened: OpenedSource;
  inspection: SourceInspection<unknown>;
  /** All batches under another schema of the same columns. */
  readAs(schema: Schema, reading: SourceReading): AsyncIterable<Batch>;
  /** Other bytes, read as these are and under their schema: for kinds whose columns have names in each record. */
  openLike(bytes: OpenedBytes): Promise<OpenedLike>;
}

/** Bytes that are read as others are. */
export interface OpenedLike {
  opened: OpenedSource;
  read(reading: SourceReading): AsyncIterable<Batch>;
}

/** Opens one file and settles kind, options and schema. `key` names it where an attempt asks for another schema. */
export async function planFile(
  source: SourceConfig,
  bytes: OpenedBytes,
  context: SourceContext,
  key = source.id,
): Promise<PlannedFile> {
  const { config, plugins, hints, scratch } = context;
  const known = namedCard(source, context);
  const unpacked = await unpackBytes(
    source.compression ?? 'auto',
    bytes,
    plugins.codecs,
    config.limits,
    (head) => isOwnForm(head, known, plugins),
  );
  let card = known;
  if (card === undefined) {
    const head = await unpacked.head(RECOGNISE_BYTES);
    const charset = source.charset?.id === 'auto' ? undefined : source.charset?.id;
    const name = unpackedName(unpacked.name, plugins.codecs);
    card = recogniseKind(head.bytes, name, plugins.sources, charset);
    const isAddress = 'origin' in source.from;
    refuseWebPage(head.bytes, { name: unpacked.name, isAddress, charset }, card, plugins.sources);
    refuseIdleSettings(source, card);
  }
  const { columns = [], table } = source;
  const { limits } = config;
  const [module, opened] = await Promise.all([
    card.load() as Promise<Source<unknown>>,
    openSource(source, card, unpacked, { limits, scratch, signal: hints.signal }),
  ]);
  if (card.reads !== 'text' && opened.isWhole && opened.sample.length === 0)
    throw new ExportError('read.empty', { name: unpacked.name });
  // Complete options are checked first, so that a wrong one is told before the sample is looked at.
  const complete = readOptions(card.options, source.options, optionsPath(source, config)) as Record<
    string,
    unknown
  >;
  const given = Object.fromEntries(Object.keys(source.options).map((id) => [id, complete[id]]));
  const inspect = (): Promise<SourceInspection<unknown>> =>
    inspectOnce(module, {
      given,
      columns,
      ...(table !== undefined && { table }),
      ...(card.reads !== 'text' && { input: opened.input }),
      ...(card.reads === 'text' && { charset: namedCharset(opened.charset) }),
      sample: opened.sample,
      isWhole: opened.isWhole,
      profiles: hints.isRun !== true,
      sizeBytes: opened.unpackedBytes,
      name: opened.input.name,
      limits,
    });
  const inspection = await inspectLongRecords(inspect, opened, limits.recordBytes);
  const schema: Schema = {
    fields: (hints.grown?.get(key) ?? inspection.schema).fields.map((field, i) => {
      if (field.origin !== 'inferred') return field;
      // A type object of its own for each column tells where a field came from: see FieldOrigins.
      // What is to be read as text is no proposal any more: JSON sources look whether their values keep to proposals.
      if (hints.asText?.has(i) === true) return { ...field, type: UTF8, origin: 'declared' };
      return { ...field, type: { ...field.type } };
    }),
  };
  const contextOf = (
    { input }: OpenedSource,
    as: Schema,
    { filtered: _, ...reading }: SourceReading,
  ): ReadContext<unknown> => ({
    ...reading,
    input,
    options: inspection.options,
    schema: as,
    columns,
    ...(inspection.table !== undefined && { table: inspection.table }),
    limits,
    scratch,
  });
  const readFrom = (from: OpenedSource, as: Schema, reading: SourceReading): AsyncIterable<Batch> =>
    namingGrowth(key, module.read(contextOf(from, as, reading)));
  return {
    config: { ...source, kind: card.id },
    card,
    input: opened.input,
    options: inspection.options,
    schema,
    opened,
    inspection,
    files: [],
    ...(inspection.warnings && { warnings: inspection.warnings }),
    read: (reading) => readFrom(opened, schema, reading),
    readAs: (as, reading) => readFrom(opened, as, reading),
    ...(module.spread && {
      async spread(reading: SourceReading, sample: WantedSample) {
        const rows = await module.spread!(contextOf(opened, schema, reading), sample);
        return rows && { ...rows, sentence: PROFILE_TEXTS.sample.places(rows.places) };
      },
    }),
    async openLike(others) {
      const unpackedOthers = await unpackBytes(
        source.compression ?? 'auto',
        others,
        plugins.codecs,
        limits,
        (head) => isOwnForm(head, card, plugins),
      );
      const like = await openSource(source, card, unpackedOthers, {
        limits,
        scratch,
        signal: hints.signal,
      });
      return { opened: like, read: (reading) => readFrom(like, schema, reading) };
    },
    facts: () => ({}),
  };
}

/** A charset as sources are told of it, which know of no other. */
function namedCharset(id: string): { id: string; isCalled(label: string): boolean } {
  return {
    id,
    isCalled(label) {
      try {
        return findCharset(label).id === id;
      } catch {
        return false;
      }
    },
  };
}

/** A source that has to be read again under another schema. */
export class GrownSource extends Error {
  readonly sourceId: string;
  readonly growth: SchemaGrowth;

  constructor(sourceId: string, growth: SchemaGrowth) {
    super(growth.message);
    this.sourceId = sourceId;
    this.growth = growth;
  }
}

/** The batches; a growth of the schema names its source. */
async function* namingGrowth(
  sourceId: string,
  batches: AsyncIterable<Batch>,
): AsyncGenerator<Batch> {
  try {
    yield* batches;
  } catch (thrown) {
    throw thrown instanceof SchemaGrowth ? new GrownSource(sourceId, thrown) : thrown;
  }
}

/** Inspects; while not even the first record fits into the sample, as long as it may, with a larger one. */
async function inspectLongRecords(
  inspect: () => Promise<SourceInspection<unknown>>,
  opened: OpenedSource,
  recordBytes: number,
): Promise<SourceInspection<unknown>> {
  for (;;) {
    try {
      return await inspect();
    } catch (thrown) {
      const isTooLong = thrown instanceof ExportError && TOO_LONG.test(thrown.code);
      // Two more, as a record of just that size has a line end behind it.
      if (!isTooLong || !(await opened.growSample(recordBytes + 2))) throw thrown;
    }
  }
}

/** The codes by which a source says that the sample does not hold its first record. */
const TOO_LONG = /^read\.[a-z-]+\.(?:record-too-large|beyond-sample)$/;

/** What a configuration calls the place its source comes from. */
export function originName({ from }: SourceConfig): string {
  if ('path' in from) return from.path;
  return 'binding' in from ? from.binding : from.origin;
}
