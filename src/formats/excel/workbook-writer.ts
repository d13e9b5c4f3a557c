// Writes the parts of a workbook around its rows: what begins it, the head and tail of each sheet, and all that refers to them.
import type { EncoderContext, EncoderRoom, Segment } from '../../contract/encoder.ts';
import type { CachedColumns } from './chart/model.ts';
import { createExtras, type Extras } from './extras.ts';
import { layOut, type SheetLayout, sheetPartName } from './layout.ts';
import type { SheetLinks } from './links.ts';
import { noteParts, notesOf } from './notes.ts';
import type { ExcelOptions } from './options.ts';
import type { Part, Relationship, WrittenSheet } from './parts.ts';
import { hashPassword, type PasswordAttributes } from './protection.ts';
import { styleRules } from './rules/rules-xml.ts';
import { sheetHead, sheetRange, sheetTail } from './sheet-xml.ts';
import { createSheetNames } from './sheet-names.ts';
import { createStyleBook } from './style-book.ts';
import { appXml, coreXml, customXml } from './properties.ts';
import {
  contentTypesXml,
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
export interface Ahead {
  widths: number[];
  /** What charts keep of them. */
  points: CachedColumns;
}

/** A sheet of rows whose part is written. */
export interface ClosedSheet {
  layout: SheetLayout;
  /** Among the sheets of its table, from 0. */
  position: number;
  /** What it wants to be called. */
  name: string;
  lastRow: number;
  points: CachedColumns;
  links: SheetLinks | null;
}

export interface WorkbookWriter {
  layouts: readonly SheetLayout[];
  extras: Extras;
  /** Whether {@link prepare} has anything to do. */
  needsRoom: boolean;
  /** Reads images and hashes the password: before anything else, where it {@link needsRoom}. Throws what opening files throws. */
  prepare(room: Pick<EncoderRoom, 'openFile' | 'secret'>): Promise<void>;
  /** The parts before the first sheet. */
  begin(): Segment[];
  /** Begins the part of a sheet; rows follow. */
  openSheet(layout: SheetLayout, position: number, ahead: unknown): Segment;
  /** Ends the part of a sheet. */
  closeSheet(
    layout: SheetLayout,
    position: number,
    lastRow: number,
    links: SheetLinks | null,
  ): Segment;
  /** All other parts, when the sheets are closed. */
  end(sheets: readonly ClosedSheet[]): Generator<Segment>;
}

export function openWorkbook(context: EncoderContext<ExcelOptions>): WorkbookWriter {
  const { options } = context;
  const book = createStyleBook();
  const layouts = layOut(context, book);
  const ruleStyles = styleRules(options.conditionalFormats, book);
  const extras = createExtras(context, layouts);
  const notes = layouts.map((layout) => notesOf(layout, options));
  const secret = options.protect ? options.protectPassword?.secret : undefined;
  let password: PasswordAttributes = '';
  const types = new Map<string, string>();
  const segment = (part: string, contentType: string, content: string | Uint8Array): Segment => {
    types.set(part, contentType);
    return { part, bytes: typeof content === 'string' ? encoder.encode(content) : content };
  };

  /** A part's relationships, and all parts that it leads to, each once. */
  const relationships = function* (
    from: string,
    list: readonly Relationship[],
    seen: Set<Part>,
  ): Generator<Segment> {
    if (list.length > 0)
      yield { part: relationshipsName(from), bytes: encoder.encode(relationshipsXml(from, list)) };
    for (const { target } of list) {
      if (!('content' in target) || seen.has(target)) continue;
      seen.add(target);
      yield segment(target.name, target.contentType, target.content);
      yield* relationships(target.name, target.relationships, seen);
    }
  };

  /** What a sheet of rows refers to. Ids are fixed, as the sheet names them before the parts are there. */
  const relationshipsOf = (
    { layout, position, lastRow, links }: ClosedSheet,
    number: number,
    drawing: Part | undefined,
  ): Relationship[] => {
    const own: Relationship[] = [];
    if (options.table) {
      const target = tablePart(layout, options, lastRow, number);
      own.push({ id: 'rIdTable', type: 'table', target });
    }
    if (drawing && position === 0) own.push({ id: 'rIdDrawing', type: 'drawing', target: drawing });
    if (notes[layout.table]!.length > 0) {
      const { headerRow, table } = layout;
      const parts = noteParts(notes[table]!, number, headerRow!, options.author);
      own.push({ id: 'rIdNotes', type: 'vmlDrawing', target: parts.drawing });
      own.push({ id: 'rIdComments', type: 'comments', target: parts.comments });
    }
    return links === null ? own : [...own, ...links.relationships()];
  };

  return {
    layouts,
    extras,
    needsRoom: options.images.length > 0 || secret !== undefined,
    async prepare(room) {
      await extras.loadImages(room.openFile);
      if (secret !== undefined)
        password = await hashPassword(
          room.secret(secret),
          JSON.stringify([context.startedAtMs, context.name, context.part]),
        );
    },
    begin() {
      const root: Relationship[] = [
        { id: 'rId1', type: 'officeDocument', target: { partName: 'xl/workbook.xml' } },
        { id: 'rId2', type: METADATA, target: { partName: 'docProps/core.xml' } },
        { id: 'rId3', type: 'extended-properties', target: { partName: 'docProps/app.xml' } },
      ];
      const app = `${OFFICE}officedocument.extended-properties+xml`;
      const custom = customXml(options);
      const ofCustom = `${OFFICE}officedocument.custom-properties+xml`;
      if (custom !== null)
        root.push({
          id: 'rId4',
          type: 'custom-properties',
          target: { partName: 'docProps/custom.xml' },
        });
      return [
        // First, so that programs that look at the first bytes know what it is.
        { part: '_rels/.rels', bytes: encoder.encode(relationshipsXml('', root)) },
        segment('docProps/app.xml', app, appXml(options)),
        segment('docProps/core.xml', `${OFFICE}package.core-properties+xml`, coreXml(context)),
        ...(custom === null ? [] : [segment('docProps/custom.xml', ofCustom, custom)]),
      ];
    },
    openSheet: (layout, position, ahead) => ({
      part: sheetPartName(layout, position),
      bytes: encoder.encode(
        sheetHead(
          layout,
          options,
          (ahead as Ahead | undefined)?.widths,
          layout.table === 0 && position === 0,
        ),
      ),
    }),
    closeSheet: (layout, position, lastRow, links) => ({
      bytes: encoder.encode(
        sheetTail(layout, options, lastRow, ruleStyles, {
          table: options.table ? 'rIdTable' : undefined,
          drawing: position === 0 && extras.drawsOn(layout.table) ? 'rIdDrawing' : undefined,
          notes: notes[layout.table]!.length > 0 ? 'rIdNotes' : undefined,
          links: links?.xml() ?? '',
          password,
        }),
      ),
    }),
    *end(sheets) {
      const names = createSheetNames();
      const written = sheets.map(({ layout, position, name, lastRow, points }): WrittenSheet => ({
        name: names.take(name),
        table: layout.table,
        position,
        schema: layout.schema,
        firstColumn: 1,
        headerRow: layout.headerRow,
        firstRow: layout.firstRow,
        lastRow,
        names: layout.columns.map((column) => column.name),
        points,
      }));
      const added = extras.finish(written, names, book);
      const seen = new Set<Part>();
      const listed: ListedSheet[] = [];
      const ofWorkbook: Relationship[] = [];
      const list = (
        target: Relationship['target'],
        type: string,
        sheet: Omit<ListedSheet, 'relationship'>,
      ): void => {
        const relationship = `rId${ofWorkbook.length + 1}`;
        ofWorkbook.push({ id: relationship, type, target });
        listed.push({ ...sheet, relationship });
      };
      for (const [i, sheet] of sheets.entries()) {
        const { layout, position, lastRow } = sheet;
        const part = sheetPartName(layout, position);
        types.set(part, `${SPREADSHEET}worksheet+xml`);
        const drawing = added.drawings.find(({ table }) => table === layout.table);
        yield* relationships(part, relationshipsOf(sheet, i + 1, drawing?.part), seen);
        const hasFilter = options.autoFilter && !options.table && layout.headerRow !== null;
        list({ partName: part }, 'worksheet', {
          name: written[i]!.name,
          filter: hasFilter ? sheetRange(layout, lastRow) : null,
          titleRow: options.repeatHeader ? layout.headerRow : null,
        });
      }
      for (const { name, part, type } of added.sheets)
        list(part, type, { name, filter: null, titleRow: null });
      const caches = added.pivotCaches.map(({ cacheId, part }) => {
        const relationship = `rIdCache${cacheId}`;
        ofWorkbook.push({ id: relationship, type: 'pivotCacheDefinition', target: part });
        return { cacheId, relationship };
      });
      ofWorkbook.push({ id: 'rIdStyles', type: 'styles', target: { partName: 'xl/styles.xml' } });
      yield segment('xl/styles.xml', `${SPREADSHEET}styles+xml`, book.xml());
      const main = workbookXml(listed, options, caches);
      yield segment('xl/workbook.xml', `${SPREADSHEET}sheet.main+xml`, main);
      yield* relationships('xl/workbook.xml', ofWorkbook, seen);
      yield { part: '[Content_Types].xml', bytes: encoder.encode(contentTypesXml(types)) };
    },
  };
}
