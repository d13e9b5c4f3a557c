// What differs between databases in how a script is cut into words: escapes in texts, double quotes, comments.

export const DIALECT_NAMES = ['standard', 'mysql', 'clickhouse', 'snowflake', 'bigquery'] as const;

export type DialectName = (typeof DIALECT_NAMES)[number];

/** Escapes in texts: none, MySQL’s, those of C, the same without octal digits, and those of PostgreSQL’s `E'…'`, which are bytes. */
export type Escapes = 'none' | 'mysql' | 'c' | 'clickhouse' | 'bytes';

/** How the words of a script are read. */
export interface Dialect {
  name: DialectName;
  /** How backslashes are escapes in every text. */
  escapes: Escapes;
  /** A text may stand in double quotes, which are no name then. */
  quotesTexts: boolean;
  /** A `#` begins a comment. */
  hasHashes: boolean;
  /** Two dashes begin a comment only where a space follows. */
  dashesNeedSpace: boolean;
  /** `b'…'` are bytes and not bits. */
  hasByteTexts: boolean;
}

const STANDARD: Dialect = {
  name: 'standard',
  escapes: 'none',
  quotesTexts: false,
  hasHashes: false,
  dashesNeedSpace: false,
  hasByteTexts: false,
};

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  standard: STANDARD,
  mysql: {
    ...STANDARD,
    name: 'mysql',
    escapes: 'mysql',
    quotesTexts: true,
    hasHashes: true,
    dashesNeedSpace: true,
  },
  clickhouse: { ...STANDARD, name: 'clickhouse', escapes: 'clickhouse' },
  snowflake: { ...STANDARD, name: 'snowflake', escapes: 'c' },
  bigquery: {
    ...STANDARD,
    name: 'bigquery',
    escapes: 'c',
    quotesTexts: true,
    hasHashes: true,
    hasByteTexts: true,
  },
};

/** Signs of a dialect at the start of a script, the surest first. */
const SIGNS: readonly (readonly [DialectName, RegExp, string])[] = [
  ['standard', /CONCAT\(@@SESSION\.sql_mode, *'[^']*NO_BACKSLASH_ESCAPES/i, 'NO_BACKSLASH_ESCAPES'],
  ['standard', /^-- PostgreSQL database dump/m, 'PostgreSQL database dump'],
  ['standard', /^PRAGMA foreign_keys/m, 'PRAGMA'],
  ['mysql', /^(?:-- (?:MySQL|MariaDB) dump|\/\*M?!\d)/m, 'MySQL dump'],
  ['mysql', /^-- phpMyAdmin SQL Dump/m, 'phpMyAdmin SQL Dump'],
  ['clickhouse', /\bENGINE\s*=\s*\w*(?:MergeTree|Log)\b/, 'ENGINE = MergeTree'],
  ['clickhouse', /^ALTER TABLE \S+ UPDATE /m, 'ALTER TABLE … UPDATE'],
  ['mysql', /\)\s*ENGINE\s*=/i, 'ENGINE ='],
  ['mysql', /\bDEFAULT CHARSET\s*=/i, 'DEFAULT CHARSET='],
  ['mysql', /^SET (?:NAMES|SESSION sql_mode)\b/im, 'SET NAMES'],
  ['bigquery', /\bARRAY<STRUCT</, 'ARRAY<STRUCT<'],
  ['bigquery', /\bFROM_HEX\('|\b(?:BIG)?NUMERIC '-?\d/, 'FROM_HEX'],
  ['bigquery', /`\s+(?:INT64|FLOAT64|STRING|BYTES|BOOL)\b/, 'INT64, STRING'],
  ['snowflake', /\bSELECT\s[^;']*\bFROM VALUES\s*\(/i, 'FROM VALUES'],
  ['snowflake', /\bTIMESTAMP_(?:NTZ|LTZ|TZ)\b|\sVARIANT\b|\bPARSE_JSON\(/i, 'VARIANT'],
  ['mysql', /^(?:INSERT|REPLACE)(?: IGNORE)? INTO `|^CREATE TABLE (?:IF NOT EXISTS )?`/m, '`'],
];

/** The dialect of a script that begins so, and the words that speak for it; null where none do. */
export function dialectOf(head: string): { name: DialectName; sign: string } | null {
  // Of texts nothing is concluded: what stands at the start of a line or in a table’s definition is hardly one.
  for (const [name, pattern, sign] of SIGNS) if (pattern.test(head)) return { name, sign };
  return null;
}
