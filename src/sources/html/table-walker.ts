// Walks over the tables of a page, nested ones too: names them, and lays the rows of those that are wanted into a grid.
import { sizeText } from '../../contract/byte-size.ts';
import type { Limits } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import { createOwnNames } from '../../contract/own-names.ts';
import { CellText } from './cell-text.ts';
import { Grid } from './grid.ts';
import { PageLexer, type PageEvents, type TagAttributes } from './page-lexer.ts';
import type { Section, TableRow, WalkOptions } from './table-row.ts';
import { tableName } from './texts.ts';

export interface TableHead {
  /** No other table of the page has it. */
  name: string;
  isHidden: boolean;
}

export interface TableSink {
  /** A table with a row; whether its rows are wanted. */
  begin(table: TableHead): boolean;
  /** A row of a table that is wanted. */
  row(row: TableRow): void;
  /** The end of a table: how many rows and cells it had. */
  end(table: TableHead, rows: number, cells: number): void;
}

interface OpenTable extends TableHead {
  nth: number;
  id: string;
  heading: string;
  caption: CellText | null;
  isNamed: boolean;
  isWanted: boolean;
  section: Section;
  isInCaption: boolean;
  isInRow: boolean;
  isInCell: boolean;
  rows: number;
  cells: number;
}

const MOST_NAME = 200;
/** Elements before and after which a line ends. */
const BLOCKS = new Set(
  'address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p section summary ul'.split(
    ' ',
  ),
);
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** Their content is never seen as text. */
const UNSEEN = new Set(
  'script style template noscript title svg object iframe audio video canvas datalist noembed noframes'.split(
    ' ',
  ),
);
const VOID = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
/** Where a hidden element that is not closed ends all the same. */
const OF_TABLES = new Set(['td', 'th', 'tr', 'tbody', 'thead', 'tfoot', 'table']);
const NOT_SHOWN = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*collapse)/i;

export class TableWalker implements PageEvents {
  readonly #sink: TableSink;
  readonly #options: WalkOptions;
  readonly #limits: Limits;
  readonly #lexer: PageLexer;
  readonly #tables: OpenTable[] = [];
  /** Wanted tables that are open, each with what its rows are laid into. */
  readonly #grids: Grid[] = [];
  readonly #ownName = createOwnNames();
  readonly #heading = new CellText('collapse');
  #isInHeading = false;
  #lastHeading = '';
  #tableCount = 0;
  /** The element whose content is passed over, and how many of its name are open in it. */
  #skipped = '';
  #skippedDepth = 0;
  #tablesInSkipped = 0;
  wantsText = false;
  /** Cells so far whose class says that they are null. */
  nullMarks = 0;

  constructor(sink: TableSink, options: WalkOptions, limits: Limits) {
    this.#sink = sink;
    this.#options = options;
    this.#limits = limits;
    this.#lexer = new PageLexer(this);
  }

  write(bytes: Uint8Array): void {
    this.#lexer.write(bytes);
  }

  /** The page is over: what is still open ends here. */
  end(): void {
    this.#lexer.end();
    this.#stopSkipping();
    while (this.#tables.length > 0) this.#endTable();
  }

  open(name: string, attributes: TagAttributes, isSelfClosing: boolean): void {
    if (this.#skipped !== '') {
      if (name === 'table') this.#tablesInSkipped++;
      else this.#stopAt(name);
      if (name === this.#skipped) this.#skippedDepth++;
      if (this.#skipped !== '') return;
    }
    const table = this.#tables.at(-1);
    switch (name) {
      case 'td':
      case 'th':
        if (table !== undefined) this.#startCell(table, name, attributes);
        return;
      case 'tr':
        if (table === undefined) return;
        this.#endRow(table);
        this.#startRow(table, this.#isHidden(attributes));
        return;
      case 'br':
        this.#textOf(table)?.break();
        if (this.#isInHeading) this.#heading.break();
        return;
      case 'table':
        this.#startTable(attributes);
        return;
      case 'thead':
      case 'tbody':
      case 'tfoot':
        if (table !== undefined) this.#startSection(table, name);
        return;
      case 'caption':
        if (table === undefined || table.isNamed) return;
        table.isInCaption = true;
        table.caption ??= new CellText('collapse');
        this.#settle();
        return;
      case 'pre':
        this.#textOf(table)?.pre(true);
        return;
    }
    if (HEADINGS.has(name)) {
      this.#isInHeading = true;
      this.#heading.clear();
      this.#settle();
    }
    if (BLOCKS.has(name)) this.#textOf(table)?.part();
    if (VOID.has(name) || isSelfClosing) return;
    const isSkipped =
      name === 'template' ||
      ((this.#tables.at(-1)?.isInCell === true || this.#isInHeading) &&
        (UNSEEN.has(name) || this.#isHidden(attributes)));
    if (isSkipped) {
      this.#skipped = name;
      this.#skippedDepth = 1;
      this.#settle();
    }
  }

  close(name: string): void {
    if (this.#skipped !== '') {
      if (name === 'table' && this.#tablesInSkipped > 0) this.#tablesInSkipped--;
      else this.#stopAt(name);
      if (name === this.#skipped && --this.#skippedDepth === 0) {
        this.#stopSkipping();
        return;
      }
      if (this.#skipped !== '') return;
    }
    const table = this.#tables.at(-1);
    switch (name) {
      case 'td':
      case 'th':
        if (table !== undefined) this.#endCell(table);
        return;
      case 'tr':
        if (table !== undefined) this.#endRow(table);
        return;
      case 'table':
        if (table !== undefined) this.#endTable();
        return;
      case 'thead':
      case 'tbody':
      case 'tfoot':
        if (table !== undefined) this.#startSection(table, 'tbody');
        return;
      case 'caption':
        if (table !== undefined) table.isInCaption = false;
        this.#settle();
        return;
      case 'pre':
        this.#textOf(table)?.pre(false);
        return;
    }
    if (HEADINGS.has(name)) this.#endHeading();
    if (BLOCKS.has(name)) this.#textOf(table)?.part();
  }

  text(text: string): void {
    const table = this.#tables.at(-1);
    if (this.#isInHeading && this.#heading.length < MOST_NAME) this.#heading.add(text);
    if (table === undefined) return;
    if (table.isInCaption) {
      if (table.caption!.length < MOST_NAME) table.caption!.add(text);
      return;
    }
    const cell = this.#textOf(table);
    if (cell === null) return;
    cell.add(text);
    const grid = this.#grids.at(-1)!;
    if (cell.length + grid.textLength > this.#limits.recordBytes) throw this.#tooLarge(grid.line);
  }

  #tooLarge(line: number): ExportError {
    const limit = sizeText(this.#limits.recordBytes);
    return new ExportError('read.html.record-too-large', { line, limit });
  }

  /** Cells that reach over others may stand for more than any page has. */
  #refuseFlood({ spread, line }: Grid): void {
    const { unpackRatio, recordBytes } = this.#limits;
    if (spread > recordBytes && spread > this.#lexer.length * unpackRatio)
      throw new ExportError('read.html.spans-too-large', { line, limit: unpackRatio });
  }

  #isHidden({ hidden, style }: TagAttributes): boolean {
    if (this.#options.hidden === 'include') return false;
    return hidden !== null || (style !== null && NOT_SHOWN.test(style));
  }

  /** An element that is passed over and never closed ends with its cell. */
  #stopAt(name: string): void {
    if (this.#tablesInSkipped === 0 && this.#skipped !== 'template' && OF_TABLES.has(name))
      this.#stopSkipping();
  }

  /** The text of the cell that is open; null where nobody looks at it. */
  #textOf(table: OpenTable | undefined): CellText | null {
    return table?.isInCell === true && table.isWanted ? this.#grids.at(-1)!.text : null;
  }

  /** Says whether texts are wanted now. */
  #settle(): void {
    const table = this.#tables.at(-1);
    this.wantsText =
      this.#skipped === '' &&
      (this.#isInHeading || table?.isInCaption === true || this.#textOf(table) !== null);
  }

  #stopSkipping(): void {
    this.#skipped = '';
    this.#skippedDepth = 0;
    this.#tablesInSkipped = 0;
    this.#settle();
  }

  #endHeading(): void {
    if (!this.#isInHeading) return;
    this.#isInHeading = false;
    const heading = nameOf(this.#heading);
    if (heading !== '') this.#lastHeading = heading;
    this.#settle();
  }

  #startTable(attributes: TagAttributes): void {
    const outer = this.#tables.at(-1);
    if (outer !== undefined) {
      // A table that stands in another one, but in none of its cells, ends it.
      if (!outer.isInCell) this.#endTable();
      else this.#textOf(outer)?.part();
    }
    if (this.#tables.length >= this.#limits.depth)
      throw new ExportError('read.html.too-deep', {
        line: this.#lexer.line(),
        limit: this.#limits.depth,
      });
    this.#endHeading();
    this.#tables.push({
      nth: ++this.#tableCount,
      name: '',
      id: (attributes.id ?? '').trim().slice(0, MOST_NAME),
      heading: this.#lastHeading,
      caption: null,
      isHidden: this.#isHidden(attributes),
      isNamed: false,
      isWanted: false,
      section: 'body',
      isInCaption: false,
      isInRow: false,
      isInCell: false,
      rows: 0,
      cells: 0,
    });
    this.#settle();
  }

  /** Called before the first row: whatever names the table has been read then. */
  #nameTable(table: OpenTable): void {
    table.isNamed = true;
    table.isInCaption = false;
    const caption = table.caption === null ? '' : nameOf(table.caption);
    const base = caption || table.id || table.heading || tableName(table.nth);
    table.name = this.#ownName(base);
    table.isWanted = this.#sink.begin(table);
    if (table.isWanted) this.#grids.push(new Grid(this.#options));
  }

  #startSection(table: OpenTable, name: 'thead' | 'tbody' | 'tfoot'): void {
    this.#endRow(table);
    table.isInCaption = false;
    table.section = name === 'thead' ? 'head' : name === 'tfoot' ? 'foot' : 'body';
    // Cells reach down no further than their part of the table.
    if (table.isWanted) this.#grids.at(-1)!.endSection();
    this.#settle();
  }

  #startRow(table: OpenTable, isHidden: boolean): void {
    if (!table.isNamed) this.#nameTable(table);
    table.isInRow = true;
    if (table.isWanted) this.#grids.at(-1)!.startRow(this.#lexer.line(), isHidden);
    this.#settle();
  }

  #startCell(table: OpenTable, name: string, attributes: TagAttributes): void {
    if (table.isInCell) this.#endCell(table);
    if (!table.isInRow) this.#startRow(table, false);
    // What is not shown makes no table worth proposing.
    if (!this.#isHidden(attributes)) table.cells++;
    table.isInCell = true;
    if (table.isWanted) {
      const grid = this.#grids.at(-1)!;
      const { nullClass } = this.#options;
      const isNull =
        nullClass !== '' &&
        attributes.class !== null &&
        attributes.class.includes(nullClass) &&
        attributes.class.split(/\s+/).includes(nullClass);
      if (isNull) this.nullMarks++;
      grid.startCell(
        name === 'th',
        isNull,
        this.#isHidden(attributes),
        spanOf(attributes.colspan, 1, 1_000),
        attributes.rowspan?.trim() === '0' ? Infinity : spanOf(attributes.rowspan, 1, 65_534),
      );
      if (grid.width > this.#limits.columns)
        throw new ExportError('read.html.too-many-columns', {
          line: grid.line,
          limit: this.#limits.columns,
        });
    }
    this.#settle();
  }

  #endCell(table: OpenTable): void {
    if (!table.isInCell) return;
    if (table.isWanted) {
      const grid = this.#grids.at(-1)!;
      grid.endCell();
      if (grid.textLength > this.#limits.recordBytes) throw this.#tooLarge(grid.line);
      this.#refuseFlood(grid);
    }
    table.isInCell = false;
    this.#settle();
  }

  #endRow(table: OpenTable): void {
    this.#endCell(table);
    if (!table.isInRow) return;
    table.isInRow = false;
    if (!table.isWanted) {
      table.rows++;
      return;
    }
    const grid = this.#grids.at(-1)!;
    grid.endRow();
    this.#refuseFlood(grid);
    if (grid.textLength > this.#limits.recordBytes) throw this.#tooLarge(grid.line);
    // A row without cells is none: a browser shows nothing of it.
    if (grid.cellCount === 0) return;
    table.rows++;
    grid.section = table.section;
    this.#sink.row(grid);
  }

  #endTable(): void {
    const table = this.#tables.at(-1)!;
    this.#endRow(table);
    if (table.isNamed) this.#sink.end(table, table.rows, table.cells);
    if (table.isWanted) this.#grids.pop();
    this.#tables.pop();
    this.#textOf(this.#tables.at(-1))?.part();
    this.#settle();
  }
}

function nameOf(text: CellText): string {
  return text.take().replaceAll(/\s+/g, ' ').trim().slice(0, MOST_NAME);
}

function spanOf(text: string | null, least: number, most: number): number {
  if (text === null) return least;
  const number = Number.parseInt(text, 10);
  return number >= least ? Math.min(number, most) : least;
}
