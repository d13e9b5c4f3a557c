// The excel encoder: a workbook part by part, its rows as they come.
import { ExportError } from '../../contract/errors.ts';
import type {
  EncodedBatch,
  Encoder,
  EncoderContext,
  EncoderRoom,
  Segment,
  StreamEncoder,
} from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import type { CachedColumns } from './chart/model.ts';
import { optionErrors } from './check.ts';
import { pointsOf, seesRows } from './extras.ts';
import { lastRowOf, sheetCount } from './layout.ts';
import { seeImages } from './image/see-images.ts';
import { createSheetLinks, type SheetLinks } from './links.ts';
import type { ExcelOptions } from './options.ts';
import { createRowWriter } from './rows.ts';
import { openSheetsByValue } from './sheets-by-value.ts';
import { openTemplateEncoder } from './template/encode-template.ts';
import { seeTemplate } from './template/see-template.ts';
import { contentWidths } from './widths.ts';
import {
  type Ahead,
  type ClosedSheet,
  openWorkbook,
  type WorkbookWriter,
} from './workbook-writer.ts';

function refuse({ options, tables, schema }: EncoderContext<ExcelOptions>): void {
  rejectFindings(optionErrors(options, tables ?? [{ name: '', schema }]));
}

/**
 * Rows of each table go on in further sheets where one is full. With `keepsLinks` the rows must come one after the other, as the
 * links of a sheet are written behind it.
 */
function openInOrder(
  context: EncoderContext<ExcelOptions>,
  workbook: WorkbookWriter,
  keepsLinks: boolean,
): Encoder {
  const { options } = context;
  const { layouts } = workbook;
  const rows = createRowWriter(options);
  const tables = layouts.map(() => ({ rowCount: 0, points: new Map() as CachedColumns }));
  /** Of each table's sheets, as far as they are begun. */
  const links = layouts.map((): SheetLinks[] => []);
  const linksOf = (table: number, position: number): SheetLinks | null =>
    keepsLinks ? (links[table]![position] ??= createSheetLinks()) : null;

  const openTable = (table: number, ahead: unknown): Segment => {
    tables[table]!.points = (ahead as Ahead | undefined)?.points ?? new Map();
    return workbook.openSheet(layouts[table]!, 0, ahead);
  };
  const closeSheet = (table: number, position: number, rowCount: number): Segment => {
    const layout = layouts[table]!;
    const lastRow = lastRowOf(layout, position, rowCount);
    return workbook.closeSheet(layout, position, lastRow, linksOf(table, position));
  };
  const closeTable = (table: number, rowCount: number): Segment[] => {
    tables[table]!.rowCount = rowCount;
    return [closeSheet(table, sheetCount(layouts[table]!, rowCount) - 1, rowCount)];
  };
  const closed = (): ClosedSheet[] =>
    layouts.flatMap((layout, table) => {
      const { rowCount, points } = tables[table]!;
      return Array.from({ length: sheetCount(layout, rowCount) }, (_, position) => ({
        layout,
        position,
        name: layout.name,
        lastRow: lastRowOf(layout, position, rowCount),
        points,
        links: linksOf(table, position),
      }));
    });

  return {
    begin(ahead) {
      const head = workbook.begin();
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
          segments.push(closeSheet(table, position - 1, given));
          segments.push(workbook.openSheet(layout, position, ahead));
        }
        const to = Math.min(writer.rowCount, at + layout.capacity - inSheet);
        const place = { row: layout.firstRow + inSheet, given, links: linksOf(table, position) };
        for (const bytes of writer.write(at, to, place)) segments.push({ bytes });
        at = to;
      }
      return { segments, losses: writer.losses() };
    },
    endTable: (table, { rowCount }) => closeTable(table, rowCount),
    end({ rowCount }) {
      const last = context.tables === undefined ? closeTable(0, rowCount) : [];
      return [...last, ...workbook.end(closed())];
    },
  };
}

function openEncoder(context: EncoderContext<ExcelOptions>): Encoder {
  refuse(context);
  return openInOrder(context, openWorkbook(context), false);
}

/** Where links are behind the rows, or sums of them in cells, all rows have to pass by in one place. */
function openStream(
  context: EncoderContext<ExcelOptions>,
  room: EncoderRoom,
): StreamEncoder | null {
  const { options } = context;
  if (options.template !== null) {
    refuse(context);
    return openTemplateEncoder(context, options.template, room);
  }
  const hasLinks = options.links.length > 0;
  if (options.sheetBy !== '') {
    refuse(context);
    return openSheetsByValue(context, room);
  }
  const needsRoom = options.images.length > 0 || options.protectPassword !== null;
  if (!hasLinks && !needsRoom && !seesRows(options)) return null;
  refuse(context);
  const workbook = openWorkbook(context);
  const encoder = openInOrder(context, workbook, hasLinks);
  return {
    ...encoder,
    async *begin(ahead) {
      await workbook.prepare(room);
      yield* encoder.begin(ahead);
    },
    async encodeBatch(batch, at) {
      workbook.extras.see(at.table ?? 0, batch, at.firstRow);
      return encoder.encodeBatch(batch, at);
    },
    async close() {},
  };
}

export const excelModule: FormatModule<ExcelOptions> = {
  openEncoder,
  openStream,
  async seeFiles(context, room) {
    const { template, images } = context.options;
    return template === null
      ? { findings: await seeImages(images, room.openFile), choices: {} }
      : seeTemplate(context, template, room);
  },
  lookAhead: {
    rows: ({ widths, charts }) => (widths === 'content' || charts.length > 0 ? 1000 : 0),
    look: (context, table, heads): Ahead => ({
      widths: contentWidths(context, table, heads),
      points: pointsOf(context, table, heads),
    }),
  },
};
