// How a value stands in each kind of target, so that nothing in it means anything there.
import type { Target } from '../../contract/template-text.ts';
import type { DataType } from '../../table/data-type.ts';

/** What is known of a value beside its text. */
export interface Shape {
  /** Its column holds numbers, yes and no, JSON, or anything else. */
  kind: 'number' | 'bool' | 'json' | 'text';
}

export interface TargetRules {
  /** The value's text in the target. */
  write(text: string, shape: Shape): string;
  /** What stands for null where the template names nothing; missing = nothing. */
  none?: string;
}

export function shapeOf(type: DataType): Shape['kind'] {
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'decimal':
      return 'number';
    case 'bool':
      return 'bool';
    case 'json':
    case 'list':
    case 'struct':
    case 'map':
      return 'json';
    case 'dictionary':
      return shapeOf(type.value);
    default:
      return 'text';
  }
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

function json(text: string, { kind }: Shape): string {
  if (kind === 'number' && NUMBER.test(text)) return text;
  if (kind === 'bool' && (text === 'true' || text === 'false')) return text;
  // Line breaks of JSON stand between its parts only, where they mean nothing.
  if (kind === 'json' && isJson(text)) return text.replaceAll(/[\r\n]/g, '');
  return JSON.stringify(text);
}

/** A literal of SQL; `backslashes` have a meaning of their own in MySQL and MariaDB. */
function sql(text: string, { kind }: Shape, backslashes: boolean): string {
  if (kind === 'number' && NUMBER.test(text)) return text;
  if (kind === 'bool' && (text === 'true' || text === 'false')) return text.toUpperCase();
  const quoted = text.replaceAll("'", "''");
  return `'${backslashes ? quoted.replaceAll('\\', '\\\\') : quoted}'`;
}

const MARKUP = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  ['\r', '&#13;'],
]);

const html = (text: string): string =>
  text.replaceAll(/[&<>"'\r]/g, (character) => MARKUP.get(character)!).replaceAll('\0', '\ufffd');

/** XML 1.0 §2.2 has no others. */
// oxlint-disable-next-line no-control-regex -- these are the characters that XML lacks
export const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const LATEX = new Map([
  ['\\', '\\textbackslash{}'],
  ['~', '\\textasciitilde{}'],
  ['^', '\\textasciicircum{}'],
  ['<', '\\textless{}'],
  ['>', '\\textgreater{}'],
  ['|', '\\textbar{}'],
  ['"', '\\textquotedbl{}'],
]);

/** What each kind of text asks of the values in it. */
export const TARGETS: Readonly<Record<Target, TargetRules>> = {
  none: { write: (text) => text },
  csv: {
    // Whatever sign stands between the values of the template, and nothing at all, which would be null.
    write: (text) =>
      text === '' || /["\r\n,;\t|]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text,
  },
  json: { write: json, none: 'null' },
  html: { write: html },
  xml: { write: (text) => html(text.replaceAll(NO_XML, '\ufffd')) },
  sql: { write: (text, shape) => sql(text, shape, false), none: 'NULL' },
  mysql: { write: (text, shape) => sql(text, shape, true), none: 'NULL' },
  url: {
    write: (text) =>
      encodeURIComponent(text).replaceAll(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
  },
  markdown: {
    write: (text) =>
      text
        .replaceAll(/[\\`*_{}[\]<>()#+\-.!|~&$]/g, (character) => `\\${character}`)
        .replaceAll(/\r\n?|\n/g, '<br>')
        .replaceAll('\0', '\ufffd'),
  },
  latex: {
    write: (text) =>
      text.replaceAll(
        /[\\~^<>|"{}$&#_%]/g,
        (character) => LATEX.get(character) ?? `\\${character}`,
      ),
  },
};
