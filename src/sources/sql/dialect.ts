// What differs between databases in how a script is cut into words: escapes in texts, double quotes, comments.

export const DIALECT_NAMES = [
  'standard',
  'mysql',
  'sqlserver',
  'clickhouse',
  'snowflake',
  'bigquery',
] as const;

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
  /** Names stand in square brackets, and arrays never. */
  hasBrackets: boolean;
}

const STANDARD: Dialect = {
  name: 'standard',
  escapes: 'none',
  quotesTexts: false,
  hasHashes: false,
  dashesNeedSpace: false,
  hasByteTexts: false,
  hasBrackets: false,
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
  sqlserver: { ...STANDARD, name: 'sqlserver', hasBrackets: true },
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
const SIGNS: readonly (readonly [DialectName, RegExp])[] = [
  ['standard', /CONCAT\(@@SESSION\.sql_mode, *'[^']*NO_BACKSLASH_ESCAPES/i],
  ['standard', /^-- PostgreSQL database dump/m],
  ['standard', /^PRAGMA foreign_keys/m],
  ['mysql', /^-- (?:MySQL|MariaDB) dump/m],
  ['mysql', /^\/\*M?!\d+/m],
  ['mysql', /^-- phpMyAdmin SQL Dump/m],
  [
    'sqlserver',
    /^(?:GO\r?$|SET (?:NOCOUNT|XACT_ABORT|ANSI_NULLS|QUOTED_IDENTIFIER|IDENTITY_INSERT)\b|IF OBJECT_ID\(N')/im,
  ],
  ['sqlserver', /^(?:INSERT(?: INTO)?|CREATE TABLE|MERGE INTO|UPDATE|USE) (?:\[[^\]\n]+\]\.)?\[/im],
  ['clickhouse', /\bENGINE\s*=\s*\w*(?:MergeTree|Log)\b/],
  ['clickhouse', /^ALTER TABLE \S+ UPDATE /m],
  ['mysql', /\)\s*ENGINE\s*=/i],
  ['mysql', /\bDEFAULT CHARSET\s*=/i],
  ['mysql', /^SET (?:NAMES|SESSION sql_mode)\b/im],
  ['bigquery', /\bARRAY<STRUCT</],
  ['bigquery', /\bFROM_HEX\('|\b(?:BIG)?NUMERIC '-?\d/],
  ['bigquery', /`\s+(?:INT64|FLOAT64|STRING|BYTES|BOOL)\b/],
  ['snowflake', /\bSELECT\s[^;']*\bFROM VALUES\s*\(/i],
  ['snowflake', /\bTIMESTAMP_(?:NTZ|LTZ|TZ)\b|\sVARIANT\b|\bPARSE_JSON\(/i],
  ['mysql', /^(?:INSERT|REPLACE)(?: IGNORE)? INTO `|^CREATE TABLE (?:IF NOT EXISTS )?`/m],
];

/** Characters of a sign that are shown. */
const SHOWN = 40;

/** The dialect of a script that begins so, and the words that speak for it; null where none do. */
export function dialectOf(head: string): { name: DialectName; sign: string } | null {
  // Of texts nothing is concluded: what stands at the start of a line or in a table’s definition is hardly one.
  for (const [name, pattern] of SIGNS) {
    const found = pattern.exec(head);
    if (found !== null) return { name, sign: found[0].trim().slice(0, SHOWN) };
  }
  return null;
}
