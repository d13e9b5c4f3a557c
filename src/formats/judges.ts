// Readers that we did not write, one per format: what they find in an output, for the shared suite.
import Papa from 'papaparse';
import { SaxesParser } from 'saxes';
import { expect } from 'vitest';
import { uniqueNames } from '../table/write-json.ts';
import { nameOfXml } from './xml/names.ts';

export type Cell = string | null;
type Options = Record<string, unknown>;

/** What stands in an output. */
export interface Found {
  names: string[];
  rows: unknown[][];
}

export interface Judge {
  /** Reads an output of columns with these names. */
  read(text: string, options: Options, names: string[]): Found;
  /** Options under which the format promises the same text back. */
  exact: Options;
  /** What the reader should find for a text or null. */
  ofCell(cell: Cell): unknown;
  /** What it should find for a typed value, given its plain text and its JSON. */
  ofValue(text: string, json: string): unknown;
  /** Names that come back; the default is those that were given. */
  ofNames?(names: readonly string[]): string[];
}

function readRecords(records: unknown[], options: Options, names: string[]): Found {
  if (options.shape === 'arrays') {
    const [head, ...rows] = records as unknown[][];
    return { names: head as string[], rows };
  }
  const keys = uniqueNames(names);
  const rows = records.map((record) => {
    const values = new Map(Object.entries(record as object));
    return keys.map((key) => values.get(key) ?? null);
  });
  return { names, rows };
}

const asJson = {
  exact: {},
  ofCell: (cell: Cell) => cell,
  ofValue: (_text: string, json: string) => JSON.parse(json) as unknown,
};

/** An element as a reader sees it. */
export interface Element {
  name: string;
  attributes: Map<string, string>;
  children: Element[];
  text: string;
}

/** The root of a document, strictly read; namespaces are resolved to local names. */
export function readXml(text: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [{ name: '', attributes: new Map(), children: [], text: '' }];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.values(tag.attributes).map(
      ({ name, value }) => [name, value] as const,
    );
    const element = { name: tag.local, attributes: new Map(attributes), children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const add = (piece: string): void => {
    open.at(-1)!.text += piece;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  return open[0]!.children[0]!;
}

/** Control characters and the like, as the option `illegalCharacters: escape` writes them. */
export function textOfXml(text: string): string {
  return text.replaceAll(/_x([\dA-Fa-f]{4}|[\dA-Fa-f]{6})_/g, (_all, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  );
}

const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  [
    'csv',
    {
      exact: { formulaGuard: false },
      ofCell: (cell) => cell ?? '',
      ofValue: (text) => text,
      read(text, options) {
        const newline = options.lineTerminator === 'crlf' ? '\r\n' : '\n';
        expect(text === '' || text.endsWith(newline)).toBe(true);
        const { data } = Papa.parse<string[]>(text.slice(0, text.length - newline.length), {
          delimiter: (options.delimiter as string | undefined) ?? ',',
          quoteChar: (options.quoteChar as string | undefined) ?? '"',
          newline,
        });
        const [names, ...rows] = data;
        return { names: names!, rows };
      },
    },
  ],
  [
    'ndjson',
    {
      ...asJson,
      read(text, options, names) {
        const lines = text.split('\n');
        expect(lines.pop()).toBe('');
        return readRecords(
          lines.map((line) => JSON.parse(line) as unknown),
          options,
          names,
        );
      },
    },
  ],
  [
    'json',
    {
      ...asJson,
      read(text, options, names) {
        const document = JSON.parse(text) as Record<string, unknown[]> | unknown[];
        const key = (options.rootKey as string | undefined) ?? 'records';
        return readRecords(Array.isArray(document) ? document : document[key]!, options, names);
      },
    },
  ],
  [
    'xml',
    {
      // Nested values are compared as the JSON they are.
      exact: { nested: 'json' },
      ofCell: (cell) => cell,
      ofValue: (text) => text,
      read(text, _options, names) {
        const root = readXml(text);
        const rows = root.children.map((record) => {
          const values = record.children.map(
            (element) => [nameOfXml(element.name), textOfXml(element.text)] as const,
          );
          let next = 0;
          const row = names.map((name) => {
            if (values[next]?.[0] !== name) return null;
            next += 1;
            return values[next - 1]![1];
          });
          // Elements that belong to no column, or stand in another order, are no cells.
          expect(next).toBe(values.length);
          return row;
        });
        return { names, rows };
      },
    },
  ],
]);

/** A format without a judge fails the suite. */
export function judgeOf(id: string): Judge {
  const judge = JUDGES.get(id);
  if (judge === undefined) throw new Error(`no reader judges the format ${id}`);
  return judge;
}
