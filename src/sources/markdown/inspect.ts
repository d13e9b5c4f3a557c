// Looks at the start of a document and says how one of its tables reads: which one, its columns and their types.
import { sizeText } from '../../contract/byte-size.ts';
import { applyEdits } from '../../contract/column-edits.ts';
import { createGuess } from '../../contract/column-guess.ts';
import { profilesOf } from '../../contract/column-profile.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import { settleGiven } from '../../contract/given-options.ts';
import { nearestNames } from '../../contract/nearest-names.ts';
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import { refuseBinary } from '../../contract/text-window.ts';
import type { Field } from '../../table/data-type.ts';
import { CellValues } from './cell-values.ts';
import { LineCells } from './cells.ts';
import { markdownOptions, type MarkdownOptions } from './options.ts';
import { TableFinder } from './table-finder.ts';
import { EVIDENCE } from './texts.ts';

type Context = InspectContext<MarkdownOptions>;

/** The tables that are named where a wanted one is missing. */
const KNOWN_NAMES = 10;

const LF = 10;
const CR = 13;

/** A table of the sample, with the byte offsets of its rows. */
interface SampledTable {
  name: string;
  names: string[];
  line: number;
  starts: number[];
  ends: number[];
  /** Something stands behind it, or the sample is all there is. */
  isEnded: boolean;
}

/** Proposals for everything the user left open. Throws ExportError for empty or binary input and for what holds no table. */
export function inspectMarkdown(context: Context): SourceInspection<MarkdownOptions> {
  const { sample, sizeBytes, name, profiles, limits } = context;
  const { complete: options } = settleGiven(markdownOptions, context.given);
  if (sample.length === 0) throw new ExportError('read.empty', { name });
  refuseBinary(sample, name);
  const tables = tablesIn(context);
  const evidence: SourceInspection['evidence'] = [];
  const table = chooseTable(context, tables, evidence);
  const { skipColumns } = options;
  const width = table.names.length - skipColumns;
  if (width < 1)
    throw new ExportError('config.wrong-option', {
      path: 'skipColumns',
      detail: EVIDENCE.columns(table.names.length),
    });
  if (width > limits.columns)
    throw new ExportError('read.markdown.too-many-columns', {
      line: table.line,
      found: width,
      limit: limits.columns,
    });
  const guesses = Array.from({ length: width }, () => createGuess(profiles));
  const cells = new LineCells();
  const values = new CellValues(options);
  for (const [r, start] of table.starts.entries()) {
    cells.cut(sample, start, table.ends[r]!);
    guesses.forEach((guess, column) => {
      const c = column + skipColumns;
      const isNull = c >= cells.count || values.take(sample, cells.starts[c]!, cells.ends[c]!);
      guess.add(isNull ? null : values.bytes.subarray(values.start, values.end));
    });
  }
  const isNamed = table.names.some((text) => text !== '');
  const fields = guesses.map((guess, column): Field => ({
    name: isNamed ? table.names[column + skipColumns]! : `column${column + 1}`,
    type: guess.type(),
    nullable: true,
    origin: 'inferred',
  }));
  applyEdits(fields, context.columns);
  const rows = table.starts.length;
  const bytes = rows === 0 ? 0 : table.ends.at(-1)! - table.starts[0]!;
  const rest = sizeBytes === null || rows === 0 ? null : (sizeBytes - table.starts[0]!) / bytes;
  return {
    options,
    evidence,
    schema: { fields },
    columns: profiles ? profilesOf(fields, (c, type) => guesses[c]!.profile(type)) : [],
    sampledRows: rows,
    isWhole: table.isEnded,
    estimatedRows: table.isEnded ? rows : rest === null ? null : Math.round(rows * rest),
    tables: tables.map(({ name: found, starts, isEnded }) => ({
      name: found,
      kind: 'table',
      rowCount: isEnded ? starts.length : null,
    })),
    table: table.name,
  };
}

/** All tables of the sample, whose last line may be cut off. */
function tablesIn({ sample, isWhole }: Context): SampledTable[] {
  const finder = new TableFinder();
  const tables: SampledTable[] = [];
  let open: SampledTable | null = null;
  let line = 0;
  for (let from = 0; from < sample.length;) {
    const feed = sample.indexOf(LF, from);
    if (feed < 0 && !isWhole) break;
    const next = feed < 0 ? sample.length : feed + 1;
    let to = feed < 0 ? sample.length : feed;
    if (to > from && sample[to - 1] === CR) to--;
    line++;
    const kind = finder.take(sample, from, to);
    if (kind !== 'row' && open !== null) {
      open.isEnded = true;
      open = null;
    }
    if (kind === 'start') {
      const { name, names } = finder;
      open = { name, names, line, starts: [], ends: [], isEnded: false };
      tables.push(open);
    } else if (kind === 'row') {
      open!.starts.push(from);
      open!.ends.push(to);
    }
    from = next;
  }
  if (open !== null) open.isEnded = isWhole;
  return tables;
}

/** The wanted table; without a wish that with the most cells. */
function chooseTable(
  { sample, isWhole, limits, name, table: wanted }: Context,
  tables: readonly SampledTable[],
  evidence: SourceInspection['evidence'],
): SampledTable {
  const found =
    wanted === undefined ? largest(tables) : tables.find((table) => table.name === wanted);
  if (found === undefined) {
    // Further down there may be one.
    if (!isWhole && sample.length < limits.recordBytes)
      throw new ExportError('read.markdown.record-too-large', {
        line: 1,
        limit: sizeText(limits.recordBytes),
      });
    if (wanted === undefined) throw new ExportError('read.no-tables', { name });
    const names = tables.map((table) => table.name);
    throw new ExportError('read.unknown-table', {
      name,
      table: shorten(wanted),
      known: [...new Set([...nearestNames(wanted, names), ...names])]
        .slice(0, KNOWN_NAMES)
        .join(', '),
    });
  }
  if (wanted === undefined) {
    const sentence =
      tables.length === 1
        ? EVIDENCE.onlyTable(found.name)
        : EVIDENCE.largest(found.name, tables.length);
    evidence.push({ option: 'table', sentence });
  }
  return found;
}

function largest(tables: readonly SampledTable[]): SampledTable | undefined {
  const cellsOf = ({ names, starts }: SampledTable): number => names.length * (starts.length + 1);
  const most = Math.max(...tables.map(cellsOf));
  return tables.find((table) => cellsOf(table) === most);
}
