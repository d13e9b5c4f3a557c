// The pages of an answer as one source: the first tells kind, options and columns, the others are read as it is, one after the other.
import type { FilesConfig, SourceConfig } from '../contract/config.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import { SchemaGrowth, type SchemaChange } from '../contract/misfit.ts';
import type { OriginPiece, OriginPieces } from '../contract/origin-plugin.ts';
import type { Loss } from '../contract/report.ts';
import { uniteSchemas } from '../contract/unite-schemas.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { selectedCount, type Batch } from '../table/batch.ts';
import { textColumn, underSchema } from '../table/convert-columns.ts';
import { typeName, UTF8, type Field, type Schema } from '../table/data-type.ts';
import { withMediaType } from './media-type.ts';
import {
  GrownSource,
  planFile,
  type PlannedFile,
  type PlannedSource,
  type SourceContext,
  type SourceReading,
} from './plan-source.ts';
import { concat } from './peekable.ts';
import { FILES_TEXTS } from './texts.ts';

/** Pages whose rows the report lists one by one. */
const LISTED_PAGES = 1_000;

/** A page, whole. */
export interface Page {
  name: string;
  mediaType: string | null;
  bytes: Uint8Array;
}

/** Pages on their way; `rows` has to be what the page given last has held before the next is asked for. */
export interface Pages {
  rows: number;
  next(): Promise<Page | null>;
  close(): Promise<void>;
}

export function askPages(pieces: OriginPieces): Pages {
  const pages: Pages = {
    rows: 0,
    async next() {
      const next = await iterator.next();
      if (next.done === true) return null;
      const piece: OriginPiece = next.value;
      const chunks: Uint8Array[] = [];
      for await (const chunk of piece.bytes) chunks.push(chunk);
      return { name: piece.name, mediaType: piece.mediaType, bytes: concat(chunks) };
    },
    async close() {
      await iterator.return?.();
    },
  };
  const iterator = pieces.pieces(() => pages.rows)[Symbol.asyncIterator]();
  return pages;
}

/** Pages that several readings share, each asked for once. */
export function sharePages(pieces: OriginPieces): () => Pages {
  const known: Page[] = [];
  const source = askPages(pieces);
  let isEnd = false;
  let failure: { thrown: unknown } | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const further = async (index: number, rowsBefore: number): Promise<Page | null> => {
    if (index < known.length) return known[index]!;
    if (failure !== null) throw failure.thrown;
    if (isEnd) return null;
    source.rows = rowsBefore;
    try {
      const page = await source.next();
      if (page === null) isEnd = true;
      else known.push(page);
      return page;
    } catch (thrown) {
      failure = { thrown };
      throw thrown;
    }
  };
  return () => {
    let index = 0;
    const pages: Pages = {
      rows: 0,
      next() {
        const at = index++;
        const next = turn.then(() => further(at, pages.rows));
        turn = next.catch(() => {});
        return next;
      },
      async close() {},
    };
    return pages;
  };
}

function pageBytes(name: string, { bytes }: Page): OpenedBytes {
  return {
    name,
    sizeBytes: bytes.length,
    once: false,
    async *open() {
      if (bytes.length > 0) yield bytes.slice();
    },
  };
}

/** Reads the first page and settles the source by it. */
export async function planPages(
  given: SourceConfig,
  pieces: OriginPieces,
  ask: () => Pages,
  context: SourceContext,
): Promise<PlannedSource> {
  const { nameColumn, columns: rule = 'same' } = given.files ?? {};
  if (given.files?.match !== undefined)
    throw new ExportError('config.not-here', {
      what: 'files.match',
      reason: FILES_TEXTS.pagesReason,
      remedy: FILES_TEXTS.pagesRemedy,
    });
  const shift = nameColumn === undefined ? 0 : 1;
  const asText = context.hints.asText;
  const inner: SourceContext =
    shift === 0 || asText === undefined
      ? context
      : {
          ...context,
          hints: { ...context.hints, asText: new Set([...asText].map((column) => column - 1)) },
        };
  /** Pages that were asked for and not read yet: the first reading goes on with them. */
  let begun: Pages | null = ask();
  const firstPage = await begun.next();
  if (firstPage === null) throw new ExportError('read.empty', { name: pieces.name });
  const { source, name } = withMediaType(given, pieces.name, firstPage.mediaType, context.plugins);
  const first = await planFile(source, pageBytes(name, firstPage), inner);
  const isByName = first.card.columnsByName?.(first.options) === true;
  const common = commonSchema(first, context, given.id);
  const schema: Schema =
    nameColumn === undefined
      ? common
      : {
          fields: [
            { name: nameColumn, type: UTF8, nullable: false, origin: 'native' },
            ...common.fields,
          ],
        };
  const state = newState();
  const reader: PageReader = { first, common, rule, isByName, inner, sourceId: given.id, state };
  return {
    ...first,
    config: { ...given, kind: first.config.kind },
    input: {
      kind: 'bytes',
      name,
      sizeBytes: null,
      once: false,
      async *open() {
        const pages = ask();
        for (let page = await pages.next(); page !== null; page = await pages.next())
          yield page.bytes.slice();
      },
    },
    schema,
    spread: async () => null,
    inspection: {
      ...first.inspection,
      schema,
      isWhole: false,
      estimatedRows: null,
      ...named(first, shift),
    },
    opened: { ...first.opened, bytesRead: () => state.bytes, losses: () => lossesOf(state) },
    warnings: [...(first.warnings ?? []), ...pieces.warnings],
    afterwards: () => pieces.afterwards?.() ?? [],
    async *read(reading) {
      Object.assign(state, newState());
      const pages = begun ?? ask();
      let page = begun === null ? await pages.next() : firstPage;
      begun = null;
      try {
        for (; page !== null; page = await pages.next()) {
          reading.signal.throwIfAborted();
          pages.rows = 0;
          const count = (rowCount: number): void => {
            pages.rows += rowCount;
          };
          const own = page.name;
          for await (const batch of readPage(page, reader, inPage(own, shift, reading, count))) {
            count(selectedCount(batch));
            yield nameColumn === undefined
              ? batch
              : { ...batch, schema, columns: [textColumn(own, batch.rowCount), ...batch.columns] };
          }
          state.bytes += page.bytes.length;
          if (state.pages.length < LISTED_PAGES) state.pages.push({ name: own, rows: pages.rows });
        }
      } finally {
        await pages.close();
      }
    },
    facts: () => ({ files: state.pages }),
  };
}

/** What a reading has come to. */
interface PagesState {
  bytes: number;
  pages: { name: string; rows: number }[];
  losses: Map<string, Loss>;
}

function newState(): PagesState {
  return { bytes: 0, pages: [], losses: new Map() };
}

interface PageReader {
  first: PlannedFile;
  /** Without the column of names. */
  common: Schema;
  rule: FilesConfig['columns'];
  isByName: boolean;
  inner: SourceContext;
  sourceId: string;
  state: PagesState;
}

/** Where an attempt notes the columns that later pages have beyond the first. */
function growthKey(sourceId: string): string {
  return `${sourceId}\0pages`;
}

/** The columns of the first page; where they are found by place, with those that an earlier attempt has met later. */
function commonSchema(first: PlannedFile, { hints }: SourceContext, sourceId: string): Schema {
  const grown = hints.grown?.get(growthKey(sourceId));
  if (grown === undefined) return first.schema;
  return {
    fields: grown.fields.map((field, i): Field => {
      const own = first.schema.fields[i];
      if (own?.origin === 'declared') return own;
      return { ...field, type: hints.asText?.has(i) === true ? UTF8 : { ...field.type } };
    }),
  };
}

/** The column of names has a profile too, or the others would stand beside the wrong one. */
function named(
  { inspection }: PlannedFile,
  shift: number,
): { columns?: typeof inspection.columns } {
  if (shift === 0 || inspection.columns.length === 0) return {};
  const profile = {
    sentence: FILES_TEXTS.nameColumn,
    nullCount: 0,
    distinctCount: 1,
    emptyCount: 0,
    longest: 0,
    examples: [],
    shape: null,
  };
  return { columns: [profile, ...inspection.columns] };
}

/** The reading of one page: its rejects name it, its conditions are left to the step behind. */
function inPage(
  name: string,
  shift: number,
  { signal, lose, filtered, wanted, reject }: SourceReading,
  count: (rowCount: number) => void,
): SourceReading {
  return {
    signal,
    lose,
    filtered,
    ...(wanted && { wanted: new Set([...wanted].map((column) => column - shift)) }),
    reject(rejected) {
      count(1);
      reject({
        ...rejected,
        file: name,
        sentence: FILES_TEXTS.inFile(name, rejected.sentence),
      });
    },
  };
}

async function* readPage(
  page: Page,
  reader: PageReader,
  reading: SourceReading,
): AsyncGenerator<Batch> {
  const { first, isByName, state } = reader;
  if (page.bytes.length === 0) return;
  if (isByName) {
    const { opened, read } = await first.openLike(pageBytes(first.input.name, page));
    yield* read(reading);
    addLosses(state, opened.losses());
    return;
  }
  const { planned, places, schema, leftOut } = await fitPage(page, reader);
  const { wanted } = reading;
  const own = wanted && new Set(places.filter((place, k) => place >= 0 && wanted.has(k)));
  let rowCount = 0;
  for await (const batch of planned.readAs(schema, { ...reading, ...(own && { wanted: own }) })) {
    rowCount += selectedCount(batch);
    yield underSchema(batch, reader.common, places);
  }
  addLosses(state, planned.opened.losses());
  addLosses(
    state,
    leftOut.map((column) => ({
      code: 'files.column-left-out',
      sentence: FILES_TEXTS.leftOut(first.input.name),
      column,
      count: rowCount,
      example: page.name,
    })),
  );
}

/** A page whose columns stand by their place, and where each of the common ones is in it. Throws GrownSource for columns the common ones have no room for. */
async function fitPage(
  page: Page,
  { first, common, rule, inner, sourceId }: PageReader,
): Promise<{ planned: PlannedFile; places: number[]; schema: Schema; leftOut: string[] }> {
  const { hints } = inner;
  const { asText: _, ...rest } = hints;
  const planned = await planFile(
    { ...first.config, options: first.options as Record<string, unknown> },
    pageBytes(page.name, page),
    { ...inner, hints: rest },
    `${sourceId}\0${page.name}`,
  );
  // A column of texts may be one of numbers that are missing here: what the first page says stands.
  const own: Schema = {
    fields: planned.schema.fields.map((field) => {
      if (field.origin !== 'inferred' || field.type.kind !== 'utf8') return field;
      const known = common.fields.find(({ name }) => name === field.name);
      return known === undefined ? field : { ...field, type: known.type };
    }),
  };
  const differ = ({ column, lacks }: { column: string; lacks: boolean }): ExportError =>
    new ExportError('read.files.differ', {
      name: page.name,
      column: shorten(column),
      verb: lacks ? 'lacks' : 'has',
      first: first.input.name,
      other: lacks ? 'has' : 'lacks',
    });
  const united = uniteSchemas(
    [
      { name: first.input.name, schema: common },
      { name: page.name, schema: own },
    ],
    rule,
    differ,
  );
  const changes = united.fields.flatMap((field, k): SchemaChange[] => {
    const known = common.fields[k];
    const isSame = known !== undefined && typeName(known.type) === typeName(field.type);
    if (isSame || known?.origin === 'declared') return [];
    return [
      {
        column: field.name,
        from: known === undefined ? null : typeName(known.type),
        value: page.name,
        line: 1,
      },
    ];
  });
  if (changes.length > 0) {
    const error = differ({ column: changes[0]!.column, lacks: false });
    throw new GrownSource(
      growthKey(sourceId),
      new SchemaGrowth({ fields: united.fields }, changes, error),
    );
  }
  const places = united.places[1]!;
  const schema: Schema = {
    fields: planned.schema.fields.map((field, place): Field => {
      const known = common.fields[places.indexOf(place)];
      if (known === undefined || field.origin === 'native') return field;
      return { ...field, type: known.type, origin: known.origin };
    }),
  };
  return { planned, places, schema, leftOut: united.leftOut[1]! };
}

function addLosses({ losses }: PagesState, more: readonly Loss[]): void {
  for (const loss of more) {
    const key = JSON.stringify([loss.code, loss.column ?? null, loss.sentence]);
    const known = losses.get(key);
    if (known === undefined) losses.set(key, { ...loss });
    else known.count += loss.count;
  }
}

function lossesOf({ losses }: PagesState): Loss[] {
  return [...losses.values()].filter(({ count }) => count > 0);
}
