// Public CSV collections that nobody here wrote: every good file gives its cells, every bad one is refused.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ColumnEdit } from '../../contract/config.ts';
import type { CsvOptions } from './options.ts';
import { readCells } from './testing.ts';

const corpora = new URL('../../../../shared/corpora/', import.meta.url);
const isMissing = !existsSync(corpora);

/** The collections store line feeds only; files named crlf are meant with CR LF. */
function load(folder: string, name: string): string {
  const text = readFileSync(new URL(`${folder}/${name}.csv`, corpora), 'utf8');
  return name.includes('crlf') ? text.replaceAll(/\r?\n/g, '\r\n') : text;
}

function expected(folder: string, name: string): unknown[] {
  const text = readFileSync(new URL(`${folder}/${name}.json`, corpora), 'utf8');
  return JSON.parse(text) as unknown[];
}

const namesIn = (folder: string): string[] =>
  isMissing ? [] : readdirSync(new URL(folder, corpora)).map((file) => file.replace(/\.csv$/, ''));

const asText = (rows: (string | null)[][]): string[][] =>
  rows.map((row) => row.map((c) => c ?? ''));

it.skipIf(isMissing)('the collections are there', () => {
  expect(namesIn('csv-spectrum/csvs').length).toBeGreaterThanOrEqual(11);
  expect(namesIn('csv-test-data/csv').length).toBeGreaterThanOrEqual(25);
});

describe.skipIf(isMissing)('csv-spectrum', () => {
  it.each(namesIn('csv-spectrum/csvs'))('%s', async (name) => {
    const records = expected('csv-spectrum/json', name) as Record<string, string>[];
    for (const chunkSizes of [[1], [7], [1_000_000]]) {
      const { names, rows } = await readCells(load('csv-spectrum/csvs', name), { chunkSizes });
      expect(names).toEqual(Object.keys(records[0]!));
      expect(asText(rows)).toEqual(records.map((record) => Object.values(record)));
    }
  });
});

const STRICT: Partial<CsvOptions> = { quoteRules: 'strict', delimiter: ',', quote: '"' };

describe.skipIf(isMissing)('csv-test-data', () => {
  const all = namesIn('csv-test-data/csv');

  it.each(all.filter((name) => !name.startsWith('bad-')))('%s', async (name) => {
    const records = expected('csv-test-data/json', name);
    const isNamed = name.startsWith('header-');
    const header = isNamed ? 'present' : 'absent';
    const text = load('csv-test-data/csv', name);
    const { names, rows } = await readCells(text, { given: { ...STRICT, header } });
    if (isNamed) {
      expect(names).toEqual(['foo', 'bar', 'baz']);
      const objects = asText(rows).map((row) =>
        Object.fromEntries(row.map((c, i) => [names[i], c])),
      );
      expect(objects).toEqual(records);
    } else expect(asText(rows)).toEqual(records);
  });

  const bad = all.filter((name) => name.startsWith('bad-'));
  /** The collection's bad headers are bad against the names its reader expects: foo, bar, baz. */
  const wanted: ColumnEdit[] = ['foo', 'bar', 'baz'].map((name) => ({ column: { name } }));
  const codes: Record<string, string> = {
    'bad-header-less-fields': 'read.csv.ragged-row',
    'bad-header-more-fields': 'read.csv.ragged-row',
    'bad-header-no-header': 'read.empty',
    'bad-header-wrong-header': 'config.unknown-column',
    'bad-missing-quote': 'read.csv.unclosed-quote',
    'bad-quotes-with-unescaped-quote': 'read.csv.stray-quote',
    'bad-unescaped-quote': 'read.csv.stray-quote',
  };

  it.each(bad)('%s is refused', async (name) => {
    const read = readCells(load('csv-test-data/csv', name), {
      given: { ...STRICT, header: 'present' },
      columns: wanted,
    });
    await expect(read).rejects.toMatchObject({ code: codes[name] });
  });
});
