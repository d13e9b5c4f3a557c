// Holds what is read here against what DuckDB reads, value by value, for tests.
import type { DuckDBConnection, Json } from '@duckdb/node-api';
import type { DataType, Schema } from '../../table/data-type.ts';

/** All rows of a query as DuckDB says them. */
export async function duckRows(connection: DuckDBConnection, sql: string): Promise<Json[][]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowsJson();
}

/** Where two tables differ, at most five places. */
export function differences(
  schema: Schema,
  ours: readonly (readonly (string | null)[])[],
  theirs: readonly (readonly Json[])[],
): string[] {
  const found: string[] = [];
  if (ours.length !== theirs.length) found.push(`${ours.length} rows, DuckDB has ${theirs.length}`);
  for (const [r, row] of ours.entries())
    for (const [c, cell] of row.entries()) {
      const theirCell = theirs[r]?.[c];
      const { name, type } = schema.fields[c]!;
      if (found.length < 5 && theirCell !== undefined && !isSameCell(type, cell, theirCell))
        found.push(`row ${r} of ${name}: ${cell}, DuckDB has ${JSON.stringify(theirCell)}`);
    }
  return found;
}

function isSameCell(type: DataType, ours: string | null, theirs: Json): boolean {
  if (ours === null || theirs === null) return ours === theirs;
  switch (type.kind) {
    case 'list':
    case 'struct':
    case 'map':
      return isSameValue(type, parseExact(ours), theirs);
    default:
      return isSameText(type, ours, theirs);
  }
}

/** JSON with its numbers as texts, so that none loses digits. */
function parseExact(text: string): Json {
  return JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, (token) =>
      token.startsWith('"') ? token : `"${token}"`,
    ),
  ) as Json;
}

function isSameValue(type: DataType, ours: Json, theirs: Json): boolean {
  if (ours === null || theirs === null) return ours === theirs;
  switch (type.kind) {
    case 'list': {
      const [left, right] = [ours as Json[], theirs as Json[]];
      return (
        left.length === right.length &&
        left.every((item, i) => isSameValue(type.item, item, right[i]!))
      );
    }
    case 'map': {
      const [left, right] = [ours as [Json, Json][], theirs as { key: Json; value: Json }[]];
      return (
        left.length === right.length &&
        left.every(
          ([key, value], i) =>
            isSameValue(type.key, key, right[i]!.key) &&
            isSameValue(type.value, value, right[i]!.value),
        )
      );
    }
    case 'struct': {
      const [left, right] = [Object.values(ours), Object.values(theirs)] as [Json[], Json[]];
      return (
        left.length === right.length &&
        type.fields.every((field, i) => isSameValue(field.type, left[i]!, right[i]!))
      );
    }
    default:
      return isSameText(type, String(ours as string | boolean), theirs);
  }
}

function isSameText(type: DataType, ours: string, theirs: Json): boolean {
  const text = String(theirs as string | number | boolean);
  switch (type.kind) {
    case 'float': {
      // DuckDB's JSON knows no -0.
      const round = type.bits === 32 ? Math.fround : Number;
      const [left, right] = [round(Number(ours)), round(Number(text))];
      return left === right || (Number.isNaN(left) && Number.isNaN(right));
    }
    case 'binary':
      return ours === blobText(text);
    case 'timestamp':
    case 'time':
      return instant(ours) === instant(text);
    case 'json':
      return JSON.stringify(JSON.parse(ours)) === JSON.stringify(JSON.parse(text));
    default:
      return ours === text;
  }
}

/** DuckDB writes bytes that are not printable as \xHH. */
function blobText(text: string): string {
  const bytes = text.replace(/\\x([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return btoa(bytes);
}

const instant = (text: string): string =>
  text
    .replace('T', ' ')
    .replace(/^\+0*/, '')
    .replace(/(Z|\+00(:00)?)$/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
