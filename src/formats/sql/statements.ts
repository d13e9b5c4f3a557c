// What stands around the rows: the head, middle and end of each statement that writes some, by mode.
import type { SqlDialect } from './dialect.ts';
import { dialectOf, type SqlColumn } from './layout.ts';
import type { SqlOptions } from './options.ts';

/** What stands before a value in its row. */
export interface RowPart {
  column: SqlColumn;
  lead: string;
  /** In place of lead and value where the value is null. */
  ifNull?: string;
}

/** The statements that write the rows of a table. */
export interface Frame {
  head: string;
  /** Between two rows of a statement. */
  between: string;
  end: string;
  parts: RowPart[];
  /** Of a statement. */
  rowCount: number;
}

/** What ends a statement. */
export function terminatorOf({ dialect, terminator }: SqlOptions): string {
  if (terminator === 'batch' && dialect === 'sqlserver') return ';\nGO\n';
  return terminator === 'batch' && dialect === 'oracle' ? '\n/\n' : ';\n';
}

const list = (texts: readonly string[]): string => texts.join(', ');
const identifiers = (columns: readonly SqlColumn[]): string =>
  list(columns.map(({ identifier }) => identifier));

/** Values one after the other. */
function valueParts(columns: readonly SqlColumn[]): RowPart[] {
  return columns.map((column, i) => ({ column, lead: i === 0 ? '' : ', ' }));
}

function rowCountOf(options: SqlOptions, dialect: SqlDialect, columnCount: number): number {
  return Math.min(options.rowsPerStatement ?? dialect.rows.usual, dialect.rows.most(columnCount));
}

/** Snowflake's columns of VALUES as those of the table: their types are said, as rows share one type, and JSON is read. */
function selected({ form, type }: SqlColumn, i: number): string {
  const column = `column${i + 1}`;
  return form.as === 'json' && type === 'VARIANT' ? `PARSE_JSON(${column})` : `${column}::${type}`;
}

function insertFrame(
  into: string,
  table: string,
  columns: readonly SqlColumn[],
  tail: string,
  options: SqlOptions,
): Frame {
  const dialect = dialectOf(options);
  const end = terminatorOf(options);
  const names = `${table} (${identifiers(columns)})`;
  const parts = valueParts(columns);
  if (options.dialect === 'oracle' && options.multiRow !== 'values') {
    if (options.multiRow === 'none') {
      const head = `INSERT INTO ${names} VALUES (`;
      return { head, between: '', end: `)${end}`, parts, rowCount: 1 };
    }
    const each = `  INTO ${names} VALUES (`;
    return {
      head: `INSERT ALL\n${each}`,
      between: `)\n${each}`,
      end: `)\nSELECT 1 FROM dual${end}`,
      parts,
      rowCount: rowCountOf(options, dialect, columns.length),
    };
  }
  const source =
    options.dialect === 'snowflake'
      ? `SELECT ${list(columns.map(selected))} FROM VALUES`
      : 'VALUES';
  return {
    head: `${into} INTO ${names} ${source}\n(`,
    between: '),\n(',
    end: `)${tail}${end}`,
    parts,
    // The limit of INSERT ALL is no other form's.
    rowCount: rowCountOf(options, dialect, 1),
  };
}

/** ON CONFLICT or ON DUPLICATE KEY. */
function upsertTail(columns: readonly SqlColumn[], dialect: SqlDialect): string {
  const keys = columns.filter(({ isKey }) => isKey);
  const others = columns.filter(({ isKey }) => !isKey);
  if (dialect.upsert === 'duplicate') {
    const changed = others.length > 0 ? others : keys;
    const sets = changed.map(({ identifier }) => `${identifier} = VALUES(${identifier})`);
    return `\nON DUPLICATE KEY UPDATE ${list(sets)}`;
  }
  const conflict = `\nON CONFLICT (${identifiers(keys)}) DO`;
  if (others.length === 0) return `${conflict} NOTHING`;
  const sets = others.map(({ identifier }) => `${identifier} = excluded.${identifier}`);
  return `${conflict} UPDATE SET ${list(sets)}`;
}

/** The rows of MERGE as a table `s`: what stands before, between and behind them. */
function mergeSource(
  columns: readonly SqlColumn[],
  options: SqlOptions,
): Pick<Frame, 'head' | 'between' | 'end' | 'parts' | 'rowCount'> {
  const dialect = dialectOf(options);
  const rowCount = rowCountOf(options, dialect, 1);
  const parts = valueParts(columns);
  const names = identifiers(columns);
  switch (options.dialect) {
    case 'oracle':
      return {
        head: 'USING (SELECT ',
        between: '',
        end: ' FROM dual) s',
        parts: columns.map((column, i) => ({
          column,
          lead: i === 0 ? '' : `, `,
        })),
        rowCount: 1,
      };
    case 'sqlserver':
      return {
        head: 'USING (VALUES\n(',
        between: '),\n(',
        end: `)) AS s (${names})`,
        parts,
        rowCount,
      };
    case 'bigquery': {
      const fields = columns.map(
        ({ identifier, type }) => `${identifier} ${type.replace(/\(.*\)/, '')}`,
      );
      // A single value in parentheses is no row.
      const row = columns.length === 1 ? 'STRUCT(' : '(';
      return {
        head: `USING UNNEST(ARRAY<STRUCT<${list(fields)}>>[\n${row}`,
        between: `),\n${row}`,
        end: ')]) AS s',
        parts,
        rowCount,
      };
    }
    case 'snowflake': {
      const named = columns.map((column, i) => `${selected(column, i)} AS ${column.identifier}`);
      return {
        head: `USING (SELECT ${list(named)} FROM VALUES\n(`,
        between: '),\n(',
        end: ')) AS s',
        parts,
        rowCount,
      };
    }
    default: {
      // Among VALUES a text in quotes is text, and would not become a date by itself.
      const casts = columns.map(
        ({ identifier, type }) => `CAST(${identifier} AS ${type}) AS ${identifier}`,
      );
      return {
        head: `USING (SELECT ${list(casts)} FROM (VALUES\n(`,
        between: '),\n(',
        end: `)) AS v (${names})) AS s`,
        parts,
        rowCount,
      };
    }
  }
}

function mergeFrame(table: string, columns: readonly SqlColumn[], options: SqlOptions): Frame {
  const source = mergeSource(columns, options);
  const isOracle = options.dialect === 'oracle';
  const target = isOracle ? `${table} t` : `${table} AS t`;
  const locked = options.dialect === 'sqlserver' ? `${table} WITH (HOLDLOCK) AS t` : target;
  const keys = columns.filter(({ isKey }) => isKey);
  const others = columns.filter(({ isKey }) => !isKey);
  const of = (alias: string) => (column: SqlColumn) => `${alias}.${column.identifier}`;
  const matches = keys.map((key) => `${of('t')(key)} = ${of('s')(key)}`).join(' AND ');
  const hasAlias = isOracle || options.dialect === 'snowflake';
  const sets = others.map(
    (column) => `${hasAlias ? of('t')(column) : column.identifier} = ${of('s')(column)}`,
  );
  const update = others.length > 0 ? `\nWHEN MATCHED THEN UPDATE SET ${list(sets)}` : '';
  const insert = `\nWHEN NOT MATCHED THEN INSERT (${identifiers(columns)}) VALUES (${list(columns.map(of('s')))})`;
  return {
    ...source,
    head: `MERGE INTO ${locked} ${source.head}`,
    end: `${source.end}\nON (${matches})${update}${insert}${terminatorOf(options)}`,
    // Oracle's columns are named in the row itself.
    parts: isOracle
      ? source.parts.map((part, i) => ({
          ...part,
          lead: i === 0 ? '' : ` AS ${columns[i - 1]!.identifier}, `,
        }))
      : source.parts,
    ...(isOracle && {
      end: ` AS ${columns.at(-1)!.identifier}${source.end} ON (${matches})${update}${insert}${terminatorOf(options)}`,
    }),
  };
}

function updateFrame(table: string, columns: readonly SqlColumn[], options: SqlOptions): Frame {
  const keys = columns.filter(({ isKey }) => isKey);
  const others = columns.filter(({ isKey }) => !isKey);
  return {
    head:
      options.dialect === 'clickhouse' ? `ALTER TABLE ${table} UPDATE ` : `UPDATE ${table} SET `,
    between: '',
    end: terminatorOf(options),
    parts: [
      ...others.map((column, i) => ({
        column,
        lead: `${i === 0 ? '' : ', '}${column.identifier} = `,
      })),
      ...keys.map((column, i) => {
        const word = i === 0 ? ' WHERE ' : ' AND ';
        return {
          column,
          lead: `${word}${column.identifier} = `,
          ifNull: `${word}${column.identifier} IS NULL`,
        };
      }),
    ],
    rowCount: 1,
  };
}

/** How the rows of a table are written in these options' mode. */
export function frameOf(table: string, columns: readonly SqlColumn[], options: SqlOptions): Frame {
  const dialect = dialectOf(options);
  switch (options.mode) {
    case 'copy':
      return {
        head: `COPY ${table} (${identifiers(columns)}) FROM stdin;\n`,
        between: '\n',
        end: '\n\\.\n',
        parts: columns.map((column, i) => ({ column, lead: i === 0 ? '' : '\t' })),
        rowCount: Number.MAX_SAFE_INTEGER,
      };
    case 'update':
      return updateFrame(table, columns, options);
    case 'merge':
      return mergeFrame(table, columns, options);
    case 'replace':
      return insertFrame(dialect.replace ?? 'INSERT', table, columns, '', options);
    case 'upsert':
      return dialect.upsert === 'merge'
        ? mergeFrame(table, columns, options)
        : insertFrame('INSERT', table, columns, upsertTail(columns, dialect), options);
    default:
      return insertFrame('INSERT', table, columns, '', options);
  }
}
