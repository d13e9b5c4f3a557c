// Looks at the start of a page and says how one of its tables reads: which one, its header, its columns and their types.
import { sizeText } from '../../contract/byte-size.ts';
import { applyEdits } from '../../contract/column-edits.ts';
import { createGuess } from '../../contract/column-guess.ts';
import { profilesOf } from '../../contract/column-profile.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import { settleGiven } from '../../contract/given-options.ts';
import { guessHeader, HEADER_EVIDENCE } from '../../contract/header-guess.ts';
import { nearestNames } from '../../contract/nearest-names.ts';
import type {
  InspectContext,
  SourceInspection,
  SourceTable,
} from '../../contract/source-plugin.ts';
import { refuseBinary } from '../../contract/text-window.ts';
import type { Field } from '../../table/data-type.ts';
import { headerNames, headerOf, numbersRows, titlesOf, type SampledRow } from './header.ts';
import { isNull } from './null-cells.ts';
import { htmlOptions, type HtmlOptions } from './options.ts';
import { isLeftOut, walkOptions } from './table-row.ts';
import { TableWalker } from './table-walker.ts';
import { EVIDENCE } from './texts.ts';

const encoder = new TextEncoder();

type Context = InspectContext<HtmlOptions>;

/** Cells of the sample that are looked at: those that reach over many columns can make far more than were written. */
const SAMPLED_CELLS = 200_000;
/** The tables that are named where a wanted one is missing. */
const KNOWN_NAMES = 10;
const PRESERVED =
  /\btd\b[^{}]*\{[^{}]*\bwhite-space\s*:\s*(?:pre|pre-wrap|break-spaces)\s*(?:[;}!]|$)/i;

/** Proposals for everything the user left open. Throws ExportError for empty or binary input and for what holds no table. */
export function inspectHtml(context: Context): SourceInspection<HtmlOptions> {
  const { sample, sizeBytes, name, profiles } = context;
  const { complete } = settleGiven(htmlOptions, context.given);
  if (sample.length === 0) throw new ExportError('read.empty', { name });
  refuseBinary(sample, name);
  const options = { ...complete };
  const evidence: SourceInspection['evidence'] = [];
  if (options.whitespace === 'auto') {
    options.whitespace = isPreserved(sample) ? 'keep' : 'collapse';
    if (options.whitespace === 'keep')
      evidence.push({ option: 'whitespace', sentence: EVIDENCE.preserved });
  }
  const { tables, table } = chooseTable(context, evidence);
  const { rows, rowCount, nullMarks, isEnded } = sampleRows(context, options, table);
  // More of the page is looked at where its start does not hold a whole row.
  if (rows.length === 0)
    throw isEnded
      ? new ExportError('read.html.no-rows', { name, table: shorten(table) })
      : tooLarge(context);
  if (options.emptyValues === 'auto') {
    options.emptyValues = nullMarks > 0 ? 'text' : 'null';
    if (nullMarks > 0)
      evidence.push({ option: 'emptyValues', sentence: EVIDENCE.marked(options.nullClass) });
  }
  const marked = options.header === 'absent' ? 0 : headerOf(rows, options.headerRows);
  if (options.skipColumns === null) {
    const first = numbersRows(rows, marked);
    options.skipColumns = first === null ? 0 : 1;
    if (first !== null)
      evidence.push({ option: 'skipColumns', sentence: EVIDENCE.numbered(first) });
  }
  const { skipColumns } = options;
  const width = Math.max(...rows.map((row) => row.values.length)) - skipColumns;
  if (width <= 0)
    throw new ExportError('config.wrong-option', {
      path: 'skipColumns',
      detail: HEADER_EVIDENCE.fewRecords(0),
    });
  const contentOf = (row: SampledRow, column: number): Uint8Array | null => {
    const value = row.values[column + skipColumns] ?? null;
    return isNull(value, options) ? null : encoder.encode(value!);
  };
  const guesses = Array.from({ length: width }, () => createGuess(profiles));
  const addRow = (row: SampledRow): void =>
    guesses.forEach((guess, column) => guess.add(contentOf(row, column)));
  let headerRows = marked;
  const titles = marked === 0 && options.header === 'auto' ? titlesOf(rows) : 0;
  rows.slice(Math.max(titles + 1, marked)).forEach(addRow);
  if (marked === 0 && options.header === 'auto') {
    const first = guesses.map((_, column) => contentOf(rows[titles]!, column));
    const found = guessHeader(first, guesses, rows.length - titles - 1);
    headerRows = found.isPresent ? titles + 1 : 0;
    evidence.push({ option: 'header', sentence: found.sentence });
  } else if (options.header === 'auto') {
    const isHead = rows[0]!.section === 'head';
    evidence.push({
      option: 'header',
      sentence: isHead
        ? EVIDENCE.head(marked)
        : titlesOf(rows) > 0
          ? EVIDENCE.belowTitle
          : EVIDENCE.headerCells(marked),
    });
  }
  if (headerRows === 0) rows.slice(0, titles + 1).forEach(addRow);
  const joined = headerNames(rows.slice(0, headerRows), width, skipColumns, options.headerJoin);
  const names =
    options.whitespace === 'keep' ? joined : joined.map((text) => text.replaceAll('\n', ' '));
  const fields = guesses.map((guess, column): Field => ({
    name: headerRows === 0 ? `column${column + 1}` : names[column]!,
    type: guess.type(),
    nullable: true,
    origin: 'inferred',
  }));
  applyEdits(fields, context.columns);
  const sampledRows = rows.length - headerRows;
  const isAll = isEnded && rows.length === rowCount;
  const estimated =
    sizeBytes === null ? null : Math.round((rowCount * sizeBytes) / Math.max(1, sample.length));
  return {
    options: {
      ...options,
      header: headerRows > 0 ? 'present' : 'absent',
      headerRows: headerRows > 0 ? headerRows : null,
    },
    evidence,
    schema: { fields },
    columns: profiles ? profilesOf(fields, (c, type) => guesses[c]!.profile(type)) : [],
    sampledRows,
    isWhole: isAll,
    estimatedRows: isEnded
      ? rowCount - headerRows
      : estimated && Math.max(sampledRows, estimated - headerRows),
    tables,
    table,
  };
}

/** Whether styles of the page keep white space in cells. */
function isPreserved(sample: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(sample);
  for (const [, styles] of text.matchAll(/<style[^<>]*>([^<]*)/gi))
    if (PRESERVED.test(styles!)) return true;
  return false;
}

function tooLarge({ limits }: Context): ExportError {
  return new ExportError('read.html.record-too-large', {
    line: 1,
    limit: sizeText(limits.recordBytes),
  });
}

/** The tables of the sample, and the wanted one of them: without a wish that with the most cells. */
function chooseTable(
  context: Context,
  evidence: SourceInspection['evidence'],
): { tables: SourceTable[]; table: string } {
  const { sample, isWhole, limits, name, table: wanted } = context;
  const tables: SourceTable[] = [];
  const cellsOf = new Map<string, number>();
  let isOver = false;
  const walker = new TableWalker(
    {
      begin({ name: found, isHidden }) {
        tables.push({ name: found, kind: 'table', rowCount: null, ...(isHidden && { isHidden }) });
        return false;
      },
      row() {},
      end({ name: found }, rows, cells) {
        const about = tables.find((table) => table.name === found)!;
        // Of what is cut off with the sample nobody knows how many rows it has.
        if (!isOver || isWhole) about.rowCount = rows;
        cellsOf.set(found, cells);
      },
    },
    {
      whitespace: 'collapse',
      mergedCells: 'first',
      nullClass: '',
      hidden: context.given.hidden ?? 'skip',
    },
    limits,
  );
  walker.write(sample);
  isOver = true;
  walker.end();
  const names = tables.map((table) => table.name);
  if (wanted !== undefined) {
    if (names.includes(wanted)) return { tables, table: wanted };
    if (!isWhole && sample.length < limits.recordBytes) throw tooLarge(context);
    throw new ExportError('read.unknown-table', {
      name,
      table: shorten(wanted),
      known: [...new Set([...nearestNames(wanted, names), ...names])]
        .slice(0, KNOWN_NAMES)
        .join(', '),
    });
  }
  const shown = tables.filter((table) => table.isHidden !== true);
  const candidates = shown.length > 0 ? shown : tables;
  if (candidates.length === 0) {
    if (!isWhole && sample.length < limits.recordBytes) throw tooLarge(context);
    throw new ExportError('read.no-tables', { name });
  }
  const most = Math.max(...candidates.map((table) => cellsOf.get(table.name)!));
  const table = candidates.find((found) => cellsOf.get(found.name) === most)!.name;
  evidence.push({
    option: 'table',
    sentence:
      tables.length === 1 ? EVIDENCE.onlyTable(table) : EVIDENCE.largest(table, tables.length),
  });
  return { tables, table };
}

/** The first rows of a table, those at its foot left out where they are no rows. */
function sampleRows(
  { sample, isWhole, limits }: Context,
  options: HtmlOptions,
  table: string,
): { rows: SampledRow[]; rowCount: number; nullMarks: number; isEnded: boolean } {
  const rows: SampledRow[] = [];
  let rowCount = 0;
  let cells = 0;
  let isEnded = false;
  let isOver = false;
  const walker = new TableWalker(
    {
      begin: ({ name }) => name === table,
      row(row) {
        if ((isOver && !isWhole) || isLeftOut(row, options)) return;
        rowCount++;
        cells += row.width;
        if (rows.length > 0 && cells > SAMPLED_CELLS) return;
        rows.push({
          section: row.section,
          values: [...row.values],
          isFromAbove: row.isFromAbove.slice(0, row.width),
          isHeader: row.isHeader,
          isFirstHeader: row.isFirstHeader,
          cellCount: row.cellCount,
        });
      },
      end({ name }) {
        if (name === table) isEnded = !isOver || isWhole;
      },
    },
    walkOptions(options),
    limits,
  );
  walker.write(sample);
  isOver = true;
  walker.end();
  return { rows, rowCount, nullMarks: walker.nullMarks, isEnded };
}
