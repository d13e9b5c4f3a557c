// The excel encoder: a workbook part by part, its rows as they come.
import { ExportError } from '../../contract/errors.ts';
import type {
  EncodedBatch,
  Encoder,
  EncoderContext,
  FormatModule,
  Segment,
  StreamEncoder,
} from '../../contract/plugins.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import { optionErrors } from './check.ts';
import type { CachedColumns } from './chart/model.ts';
import { createExtras, type Extras, pointsOf, seesRows } from './extras.ts';
import { layOut, lastRowOf, sheetCount, type SheetLayout, sheetPartName } from './layout.ts';
import type { ExcelOptions } from './options.ts';
import type { Part, Relationship, WrittenSheet } from './parts.ts';
import { createRowWriter } from './rows.ts';
import { sheetHead, sheetRange, type SheetReferences, sheetTail } from './sheet-xml.ts';
import { createSheetNames } from './sheet-names.ts';
import { createStyleBook } from './style-book.ts';
import { contentWidths } from './widths.ts';
import {
  appXml,
  contentTypesXml,
  coreXml,
  type ListedSheet,
  relationshipsName,
  relationshipsXml,
  SPREADSHEET,
  tablePart,
  workbookXml,
} from './workbook-parts.ts';

const encoder = new TextEncoder();
const OFFICE = 'application/vnd.openxmlformats-';
const METADATA =
  'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties';

/** What is known of a table's first rows. */
interface Ahead {
  widths: number[];
  /** What charts keep of them. */
  points: CachedColumns;
}

/** An encoder that adds charts and pivot tables at the end. */
function openWithExtras(context: EncoderContext<ExcelOptions>): Encoder & { extras: Extras } {
  const { options } = context;
  rejectFindings(optionErrors(options, context.tables ?? [{ name: '', schema: context.schema }]));
  const book = createStyleBook();
  const layouts = layOut(context, book);
  const extras = createExtras(context, layouts);
  const rows = createRowWriter(options);
  /** Of each table, once its rows are written. */
  const rowCounts = layouts.map(() => 0);
  const points = layouts.map((): CachedColumns => new Map());
  const types = new Map<string, string>();
  const segment = (part: string, contentType: string, content: string | Uint8Array): Segment => {
    types.set(part, contentType);
    return { part, bytes: typeof content === 'string' ? encoder.encode(content) : content };
  };
  const widthsOf = (ahead: unknown): readonly number[] | undefined =>
    (ahead as Ahead | undefined)?.widths;

  /** Relationship ids of sheets are fixed, so that a sheet may name what is only made at the end. */
  const referencesOf = ({ table }: SheetLayout, position: number): SheetReferences => ({
    table: options.table ? 'rIdTable' : undefined,
    drawing: position === 0 && extras.drawsOn(table) ? 'rIdDrawing' : undefined,
  });
  const openTable = (table: number, ahead: unknown): Segment => {
    points[table] = (ahead as Ahead | undefined)?.points ?? new Map();
    return openSheet(layouts[table]!, 0, ahead);
  };
  const openSheet = (layout: SheetLayout, position: number, ahead: unknown): Segment => ({
    part: sheetPartName(layout, position),
    bytes: encoder.encode(
      sheetHead(layout, options, widthsOf(ahead), layout.table === 0 && position === 0),
    ),
  });
  const closeSheet = (layout: SheetLayout, position: number, rowCount: number): Segment => ({
    bytes: encoder.encode(
      sheetTail(
        layout,
        options,
        lastRowOf(layout, position, rowCount),
        referencesOf(layout, position),
      ),
    ),
  });
  const closeTable = (table: number, rowCount: number): Segment[] => {
    const layout = layouts[table]!;
    rowCounts[table] = rowCount;
    return [closeSheet(layout, sheetCount(layout, rowCount) - 1, rowCount)];
  };

  /** All parts that a part leads to, each once, with their relationships. */
  const withOthers = function* (part: Part, seen: Set<Part>): Generator<Segment> {
    if (seen.has(part)) return;
    seen.add(part);
    yield segment(part.name, part.contentType, part.content);
    yield* relationships(part.name, part.relationships, seen);
  };
  const relationships = function* (
    from: string,
    list: readonly Relationship[],
    seen: Set<Part>,
  ): Generator<Segment> {
    if (list.length > 0)
      yield { part: relationshipsName(from), bytes: encoder.encode(relationshipsXml(from, list)) };
    for (const { target } of list) if ('content' in target) yield* withOthers(target, seen);
  };

  const finish = function* (): Generator<Segment> {
    const names = createSheetNames();
    const written: WrittenSheet[] = layouts.flatMap((layout) =>
      Array.from({ length: sheetCount(layout, rowCounts[layout.table]!) }, (_, position) => ({
        name: names.take(layout.name),
        table: layout.table,
        position,
        schema: layout.schema,
        firstColumn: 1,
        headerRow: layout.headerRow,
        firstRow: layout.firstRow,
        lastRow: lastRowOf(layout, position, rowCounts[layout.table]!),
        names: layout.columns.map(({ name }) => name),
        points: points[layout.table]!,
      })),
    );
    const added = extras.finish(written, names, book);
    const seen = new Set<Part>();
    const listed: ListedSheet[] = [];
    const ofWorkbook: Relationship[] = [];
    const list = (
      name: string,
      target: Relationship['target'],
      { type = 'worksheet', ...own }: Partial<ListedSheet> & { type?: string },
    ): void => {
      const relationship = `rId${ofWorkbook.length + 1}`;
      ofWorkbook.push({ id: relationship, type, target });
      listed.push({ name, relationship, filter: null, titleRow: null, ...own });
    };
    let tables = 0;
    for (const { name, table, position, lastRow, headerRow } of written) {
      const layout = layouts[table]!;
      const part = sheetPartName(layout, position);
      types.set(part, `${SPREADSHEET}worksheet+xml`);
      const own: Relationship[] = [];
      if (options.table)
        own.push({
          id: 'rIdTable',
          type: 'table',
          target: tablePart(layout, options, lastRow, ++tables),
        });
      const drawing = position === 0 && added.drawings.find((one) => one.table === table);
      if (drawing) own.push({ id: 'rIdDrawing', type: 'drawing', target: drawing.part });
      yield* relationships(part, own, seen);
      list(
        name,
        { partName: part },
        {
          filter:
            options.autoFilter && !options.table && headerRow !== null
              ? sheetRange(layout, lastRow)
              : null,
          titleRow: options.repeatHeader ? headerRow : null,
        },
      );
    }
    for (const { name, part, type } of added.sheets) list(name, part, { type });
    const caches = added.pivotCaches.map(({ cacheId, part }) => {
      const relationship = `rIdCache${cacheId}`;
      ofWorkbook.push({ id: relationship, type: 'pivotCacheDefinition', target: part });
      return { cacheId, relationship };
    });
    ofWorkbook.push({ id: 'rIdStyles', type: 'styles', target: { partName: 'xl/styles.xml' } });
    yield segment('xl/styles.xml', `${SPREADSHEET}styles+xml`, book.xml());
    yield segment(
      'xl/workbook.xml',
      `${SPREADSHEET}sheet.main+xml`,
      workbookXml(listed, options, caches),
    );
    yield* relationships('xl/workbook.xml', ofWorkbook, seen);
    yield {
      part: '[Content_Types].xml',
      bytes: encoder.encode(contentTypesXml(types)),
    };
  };

  return {
    extras,
    begin(ahead) {
      const root: Relationship[] = [
        { id: 'rId1', type: 'officeDocument', target: { partName: 'xl/workbook.xml' } },
        { id: 'rId2', type: METADATA, target: { partName: 'docProps/core.xml' } },
        { id: 'rId3', type: 'extended-properties', target: { partName: 'docProps/app.xml' } },
      ];
      const head = [
        // First, so that programs that look at the first bytes know what it is.
        { part: '_rels/.rels', bytes: encoder.encode(relationshipsXml('', root)) },
        segment(
          'docProps/app.xml',
          `${OFFICE}officedocument.extended-properties+xml`,
          appXml(options),
        ),
        segment('docProps/core.xml', `${OFFICE}package.core-properties+xml`, coreXml(context)),
      ];
      return context.tables === undefined ? [...head, openTable(0, ahead)] : head;
    },
    beginTable: (table, ahead) => [openTable(table, ahead)],
    encodeBatch(batch, { firstRow, table = 0, ahead }): EncodedBatch {
      const layout = layouts[table]!;
      const segments: Segment[] = [];
      const writer = rows.of(batch, layout);
      for (let at = 0; at < writer.rowCount;) {
        const given = firstRow + at;
        const inSheet = given % layout.capacity;
        const position = (given - inSheet) / layout.capacity;
        if (inSheet === 0 && position > 0) {
          if (options.overflow === 'fail')
            throw new ExportError('encode.excel.too-many-rows', { limit: layout.capacity });
          segments.push(
            closeSheet(layout, position - 1, given),
            openSheet(layout, position, ahead),
          );
        }
        const to = Math.min(writer.rowCount, at + layout.capacity - inSheet);
        for (const bytes of writer.write(at, to, layout.firstRow + inSheet, given))
          segments.push({ bytes });
        at = to;
      }
      return { segments, losses: writer.losses() };
    },
    endTable: (table, { rowCount }) => closeTable(table, rowCount),
    end({ rowCount }) {
      const closed = context.tables === undefined ? closeTable(0, rowCount) : [];
      return [...closed, ...finish()];
    },
  };
}

function openEncoder(context: EncoderContext<ExcelOptions>): Encoder {
  const { extras: _, ...encoder } = openWithExtras(context);
  return encoder;
}

/** Where sums are written into cells, all rows have to pass by in one place. */
function openStream(context: EncoderContext<ExcelOptions>): StreamEncoder | null {
  if (!seesRows(context.options)) return null;
  const { extras, ...encoder } = openWithExtras(context);
  return {
    ...encoder,
    async encodeBatch(batch, at) {
      extras.see(at.table ?? 0, batch, at.firstRow);
      return encoder.encodeBatch(batch, at);
    },
    async close() {},
  };
}

export const excelModule: FormatModule<ExcelOptions> = {
  openEncoder,
  openStream,
  lookAhead: {
    rows: ({ widths, charts }) => (widths === 'content' || charts.length > 0 ? 1000 : 0),
    look: (context, table, heads): Ahead => ({
      widths: contentWidths(context, table, heads),
      points: pointsOf(context, table, heads),
    }),
  },
};
