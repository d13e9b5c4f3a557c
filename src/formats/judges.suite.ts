// Readers that we did not write, one per format: what they find in an output, for the shared suite.
import { SaxesParser } from 'saxes';
import { expect } from 'vitest';
import type { FormatCard } from '../contract/format-plugin.ts';
import type { Judge, Options } from './judge.suite.ts';
import { jsonJudge, ndjsonJudge } from './json-judges.suite.ts';
import { csvJudge } from './csv/judge.suite.ts';
import { avroJudge } from './avro/judge.suite.ts';
import { htmlJudge } from './html/judge.suite.ts';
import { markdownJudge } from './markdown/judge.suite.ts';
import { loadWorkbook, rowsOf } from './excel/workbook-reader.suite.ts';
import { arrowJudge } from './arrow/judge.suite.ts';
import { parquetJudge } from './parquet/judge.suite.ts';
import { sqliteJudge } from './sqlite/judge.suite.ts';
import { textJudge } from './text/judge.suite.ts';
import { sqlJudge } from './sql/judge.suite.ts';
import { nameOfXml } from './xml/names.ts';

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

/** A record's values in the order of the names; null where it has none. */
function cellsOf(record: Element, options: Options, names: readonly string[]): unknown[] {
  const values = [
    ...Array.from(
      record.attributes,
      ([name, value]) => [nameOfXml(name), textOfXml(value)] as const,
    ),
    ...record.children.map((element) => {
      const { attributes, children, text } = element;
      const name =
        options.columnsAs === 'fields'
          ? textOfXml(attributes.get('name')!)
          : nameOfXml(element.name);
      const value = attributes.get('xsi:nil') === 'true' ? null : textOfXml(text);
      return [name, children.length > 0 ? children.map((child) => child.text) : value] as const;
    }),
  ];
  const left = [...values];
  const row = names.map((name) => {
    const at = left.findIndex(([found]) => found === name);
    return at < 0 ? null : left.splice(at, 1)[0]![1];
  });
  // What belongs to no column is no cell.
  expect(left).toEqual([]);
  return row;
}

const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  [
    'excel',
    {
      // As dates of Excel they are judged in tests of their own.
      exact: { dates: 'text' },
      // It takes empty text for an empty cell.
      ofCell: (cell) => cell || null,
      ofValue: (text) => text || null,
      runs: 40,
      cutRuns: 100,
      async read(_text, options, names, bytes) {
        const found = rowsOf(await loadWorkbook(bytes), names.length, options.headers !== false);
        return { names: found.names, rows: found.rows };
      },
    },
  ],
  ['csv', csvJudge],
  ['ndjson', ndjsonJudge],
  ['json', jsonJudge],
  [
    'xml',
    {
      // Nested values are compared as the JSON they are.
      exact: { nested: 'json' },
      ofCell: (cell) => cell,
      ofValue: (text) => text,
      read(text, options, names) {
        const written =
          options.nameHandling === 'replace'
            ? names.map((name) => name.replace(/\W/g, '_'))
            : names;
        return {
          names: written,
          rows: readXml(text).children.map((record) => cellsOf(record, options, written)),
        };
      },
    },
  ],
  ['html', htmlJudge],
  ['markdown', markdownJudge],
  ['text', textJudge],
  ['avro', avroJudge],
  ['sqlite', sqliteJudge],
  ['parquet', parquetJudge],
  ['arrow', arrowJudge],
  ['sql', sqlJudge],
]);

/** A format without a judge fails the suite. */
export function judgeOf(id: string): Judge {
  const judge = JUDGES.get(id);
  if (judge === undefined) throw new Error(`no reader judges the format ${id}`);
  return judge;
}

const isSkipped = ({ missing }: Judge): boolean =>
  missing !== undefined && process.env.CI !== 'true';

/** The formats whose reader is here, by their ids; in CI all of them. */
export function judged(formats: readonly FormatCard[]): [string, FormatCard][] {
  return formats.filter(({ id }) => !isSkipped(judgeOf(id))).map((card) => [card.id, card]);
}

/** The others, with what they need. */
export function unjudged(formats: readonly FormatCard[]): [string, string][] {
  return formats.flatMap(({ id }) => {
    const judge = judgeOf(id);
    return isSkipped(judge) ? [[id, judge.missing!]] : [];
  });
}
