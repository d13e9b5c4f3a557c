// Looks at the start of a script and says how it reads: dialect, tables, and the columns and types of one of them.
import { profilesOf } from '../../contract/column-profile.ts';
import { sizeText } from '../../contract/byte-size.ts';
import { applyEdits } from '../../contract/column-edits.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import { settleGiven } from '../../contract/given-options.ts';
import { nearestNames } from '../../contract/nearest-names.ts';
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import { refuseBinary } from '../../contract/text-window.ts';
import type { Field } from '../../table/data-type.ts';
import { cellBytes } from './cells.ts';
import { ColumnValues, declaredType } from './column-type.ts';
import type { DeclaredColumn } from './create-table.ts';
import { DIALECTS, dialectOf, type DialectName } from './dialect.ts';
import { Lexer, MORE, SyntaxFault } from './lexer.ts';
import { sqlOptions, type SqlScriptOptions } from './options.ts';
import { placesOf } from './places.ts';
import { ScriptReader } from './script.ts';
import { EVIDENCE } from './texts.ts';
import { KIND, type Kind } from './value-kinds.ts';

/** Characters looked at for the dialect. */
const DIALECT_BYTES = 64 * 1024;
/** Rows whose values are looked at for types. */
const TYPED_ROWS = 20_000;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What is known of a table. */
interface Found {
  name: string;
  declared: readonly DeclaredColumn[] | null;
  /** Names in the order in which statements name them; null while none does. */
  names: string[] | null;
  width: number;
  inserted: number;
  updated: number;
  /** Where its first row begins, and its last ends. */
  from: number;
  to: number;
}

interface Walk {
  tables: Map<string, Found>;
  /** Behind what was read. */
  to: number;
  /** A table whose columns are named behind the rows that the sample ends in. */
  unnamed: string | null;
}

function createReader(
  sample: Uint8Array,
  isWhole: boolean,
  dialect: DialectName,
  wants: (table: string) => boolean,
): ScriptReader {
  const lexer = new Lexer(DIALECTS[dialect]);
  lexer.bytes = sample;
  lexer.end = sample.length;
  lexer.isEnd = isWhole;
  return new ScriptReader(lexer, { wants, updates: true, creates: true });
}

/** The error that a user meets for what is no SQL. */
export function syntaxError(fault: SyntaxFault, reader: ScriptReader, name: string): ExportError {
  const line = reader.lineOf(fault.at);
  return new ExportError('read.sql.syntax', { name, line, detail: fault.message });
}

/** Every table that the sample names, with its rows counted. */
function walk(reader: ScriptReader, name: string): Walk {
  const tables = new Map<string, Found>();
  const tableOf = (table: string): Found => {
    let found = tables.get(table);
    if (found === undefined) {
      found = {
        name: table,
        declared: null,
        names: null,
        width: 0,
        inserted: 0,
        updated: 0,
        from: -1,
        to: 0,
      };
      tables.set(table, found);
    }
    return found;
  };
  let last: readonly string[] | null = null;
  try {
    for (;;) {
      const event = reader.next();
      if (event === 'end') break;
      const found = tableOf(reader.table);
      if (event === 'create') found.declared = reader.declared;
      else if (event === 'row' || event === 'names') {
        if (reader.columns !== null && reader.columns !== last) {
          last = reader.columns;
          found.names ??= [];
          for (const column of last) if (!found.names.includes(column)) found.names.push(column);
        }
        if (event === 'names') continue;
        found.width = Math.max(found.width, reader.count);
        if (reader.isUpdate) found.updated++;
        else found.inserted++;
        if (found.from < 0) found.from = reader.rowAt;
        found.to = reader.rowEnd;
      }
    }
  } catch (thrown) {
    if (thrown instanceof SyntaxFault) throw syntaxError(thrown, reader, name);
    if (thrown !== MORE) throw thrown;
  }
  return { tables, to: reader.at, unnamed: reader.awaitsNames ? reader.table : null };
}

/** Columns that CREATE TABLE gives a table: under its own name, or one that differs in letters’ case or lacks the schema. */
function declaredOf(
  { declared, name }: Found,
  tables: ReadonlyMap<string, Found>,
): readonly DeclaredColumn[] {
  if (declared !== null) return declared;
  const bare = (text: string): string => text.slice(text.lastIndexOf('.') + 1).toLowerCase();
  for (const other of tables.values())
    if (other.declared !== null && other.name.toLowerCase() === name.toLowerCase())
      return other.declared;
  for (const other of tables.values())
    if (other.declared !== null && bare(other.name) === bare(name)) return other.declared;
  return [];
}

/** Tables that hold something to read: their rows, or at least their columns. Schemas before names are one table’s. */
function listed(tables: ReadonlyMap<string, Found>): Found[] {
  const all = [...tables.values()];
  const withRows = all.filter(({ inserted, updated }) => inserted + updated > 0);
  const bare = (text: string): string => text.slice(text.lastIndexOf('.') + 1).toLowerCase();
  return all.filter(
    (found) =>
      found.inserted + found.updated > 0 ||
      (found.declared !== null &&
        found.declared.length > 0 &&
        !withRows.some(({ name }) => bare(name) === bare(found.name))),
  );
}

export function inspectSql(
  context: InspectContext<SqlScriptOptions>,
): SourceInspection<SqlScriptOptions> {
  const { sample, isWhole, sizeBytes, name, limits } = context;
  const { complete } = settleGiven(sqlOptions, context.given);
  if (sample.length === 0) throw new ExportError('read.empty', { name });
  refuseBinary(sample, name);
  const evidence: SourceInspection['evidence'] = [];
  let { dialect } = complete;
  if (dialect === 'auto') {
    const found = dialectOf(decoder.decode(sample.subarray(0, DIALECT_BYTES)));
    dialect = found?.name ?? 'standard';
    const sentence = found === null ? EVIDENCE.noDialect : EVIDENCE.dialect(found.sign);
    evidence.push({ option: 'dialect', sentence });
  }
  const { tables, to, unnamed } = walk(
    createReader(sample, isWhole, dialect, () => true),
    name,
  );
  const known = listed(tables);
  const found =
    context.table === undefined
      ? (known.find(({ inserted, updated }) => inserted + updated > 0) ?? known[0])
      : (known.find((table) => table.name === context.table) ??
        known.find((table) => table.name.toLowerCase() === context.table!.toLowerCase()));
  const isNamed = isWhole || found?.name !== unnamed || sample.length >= limits.recordBytes;
  if (found === undefined || !isNamed) {
    if (!isWhole)
      throw new ExportError('read.sql.beyond-sample', {
        name,
        size: sizeText(sample.length),
        what: context.table === undefined ? 'a table' : `a table “${shorten(context.table)}”`,
      });
    if (context.table === undefined) throw new ExportError('read.no-tables', { name });
    const names = known.map((table) => table.name);
    throw new ExportError('read.unknown-table', {
      name,
      table: shorten(context.table),
      known: [...new Set([...nearestNames(context.table, names), ...names])]
        .slice(0, 10)
        .map((each) => shorten(each, 40))
        .join(', '),
    });
  }
  if (context.table === undefined)
    evidence.push({
      option: 'table',
      sentence:
        known.length === 1 && isWhole
          ? EVIDENCE.onlyTable(found.name)
          : isWhole
            ? EVIDENCE.firstTable(found.name, known.length)
            : EVIDENCE.firstTables(found.name),
    });
  let { statements } = complete;
  if (statements === 'auto') {
    statements = found.inserted === 0 && found.updated > 0 ? 'updates' : 'inserts';
    if (statements === 'updates')
      evidence.push({ option: 'statements', sentence: EVIDENCE.updates(found.updated) });
  }
  const rows = statements === 'updates' ? found.updated : found.inserted;
  const declared = declaredOf(found, tables);
  const names =
    declared.length > 0 ? declared.map((column) => column.name) : [...(found.names ?? [])];
  if (declared.length > 0)
    for (const column of found.names ?? [])
      if (!names.some((each) => each.toLowerCase() === column.toLowerCase())) names.push(column);
  // Without a name anywhere, and in rows that are wider than CREATE TABLE says, columns have their numbers.
  if (names.length === 0) for (let c = 0; c < found.width; c++) names.push(`column${c + 1}`);
  if (names.length === 0) throw new ExportError('read.no-tables', { name });
  if (names.length > limits.columns)
    throw new ExportError('read.sql.too-many-columns', {
      found: names.length,
      limit: limits.columns,
    });
  const types = names.map((_, c) =>
    declared[c] === undefined ? null : declaredType(declared[c].type),
  );
  const values = types.map((type) => new ColumnValues(type, context.profiles));
  const fill = { dialect, statements, table: found.name };
  if (rows > 0) fillValues(context, fill, names, values);
  const fields = names.map((column, c): Field => ({
    name: column,
    type: values[c]!.type(),
    nullable: true,
    origin: 'inferred',
  }));
  applyEdits(fields, context.columns);
  const rest =
    sizeBytes === null || rows === 0 || known.length > 1
      ? null
      : Math.round(rows + ((sizeBytes - to) * rows) / Math.max(1, found.to - found.from));
  return {
    options: { ...complete, dialect, statements },
    evidence,
    schema: { fields },
    columns: context.profiles ? profilesOf(fields, (c, type) => values[c]!.profile(type)) : [],
    sampledRows: rows,
    isWhole,
    estimatedRows: isWhole ? rows : rest,
    tables: known.map((table) => ({
      name: table.name,
      kind: 'table',
      rowCount: isWhole ? (table.inserted > 0 ? table.inserted : table.updated) : null,
    })),
    table: found.name,
  };
}

/** Hands the values of one table's rows to what guesses its types. */
function fillValues(
  { sample, isWhole }: InspectContext<SqlScriptOptions>,
  { dialect, statements, table }: { dialect: DialectName; statements: string; table: string },
  names: readonly string[],
  values: readonly ColumnValues[],
): void {
  const reader = createReader(sample, isWhole, dialect, (name) => name === table);
  let last: readonly string[] | null | undefined;
  let places: readonly number[] = [];
  let rows = 0;
  try {
    while (rows < TYPED_ROWS) {
      const event = reader.next();
      if (event === 'end') break;
      if (event !== 'row' || reader.isUpdate !== (statements === 'updates')) continue;
      if (reader.columns !== last) {
        last = reader.columns;
        places = placesOf(last, names);
      }
      if (last === null && reader.count > names.length) reader.dropDefaults(names.length);
      const { kinds, starts, ends, inScratch, count, value, lexer } = reader;
      if (count !== (last?.length ?? names.length)) continue;
      rows++;
      for (let i = 0; i < count; i++) {
        const column = values[places[i]!];
        const kind = kinds[i] as Kind;
        if (column === undefined || kind === KIND.unknown) continue;
        if (kind === KIND.null) column.add(kind, null);
        else {
          const bytes = inScratch[i] === 1 ? value.scratch.bytes : lexer.bytes;
          column.add(kind, cellBytes(kind, bytes, starts[i]!, ends[i]!, column.lookedFor));
        }
      }
    }
  } catch (thrown) {
    if (thrown !== MORE) throw thrown;
  }
}
