// Random records written as XML in many spellings come back value for value, however the bytes are cut.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { SchemaGrowth } from '../../contract/misfit.ts';
import { createRandom } from '../../table/random.ts';
import { utf8 } from '../testing.ts';
import { readRecords } from './testing.ts';

type Random = (n: number) => number;

const randomOf = (seed: number): Random => {
  const random = createRandom(seed);
  return (n) => Math.floor(random() * n);
};

const ALPHABET = [...'ab z19,"\'\n\t<>&];é漢😀-=#@.'];

function textOf(pick: Random): string {
  return Array.from({ length: pick(9) }, () => ALPHABET[pick(ALPHABET.length)]!).join('');
}

/** The text in one of its many spellings. */
function spell(text: string, pick: Random, isValue: boolean): string {
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const mustEscape = '<&'.includes(character) || (isValue && '"\n\t'.includes(character));
    const way = pick(mustEscape || character === '>' ? 3 : 12);
    const names = new Map([
      ['<', 'lt'],
      ['&', 'amp'],
      ['>', 'gt'],
      ['"', 'quot'],
      ["'", 'apos'],
    ]);
    if (way === 0) out += `&#${code};`;
    else if (way === 1) out += `&#x${'0'.repeat(pick(3))}${code.toString(16)};`;
    else if (mustEscape || character === '>') {
      const name = names.get(character);
      out += name === undefined ? `&#${code};` : `&${name};`;
    } else if (way === 2 && !isValue) out += `<![CDATA[${character}]]>`;
    else if (way === 3 && !isValue) out += `<!-- - -->${character}<?p ?>`;
    else if (character === '\n' && way < 6)
      out += way === 4 || text.includes('\n\n') ? '\r\n' : '\r';
    else out += character;
  }
  return out;
}

interface Made {
  text: string;
  cells: Map<string, string | null>[];
}

/** Records of optional attributes, texts, nested elements and lists. */
function makeDocument(pick: Random): Made {
  const cells: Map<string, string | null>[] = [];
  const gap = (): string => ['', '\n  ', ' ', '<!-- x -->', '<?y z?>'][pick(5)]!;
  let body = '';
  const rowCount = 2 + pick(5);
  for (let row = 0; row < rowCount; row++) {
    const record = new Map<string, string | null>();
    cells.push(record);
    let attributes = '';
    if (pick(2) === 0) {
      const value = textOf(pick);
      record.set('@id', value);
      attributes = ` id="${spell(value, pick, true)}"`;
    }
    let content = gap();
    const leaf = (name: string, path: string): void => {
      const value = textOf(pick);
      record.set(path, value);
      content +=
        value === '' && pick(2) === 0
          ? `<${name}/>`
          : `<${name}>${spell(value, pick, false)}</${name}>`;
      content += gap();
    };
    if (pick(3) > 0) leaf('p:name', 'name');
    if (pick(3) > 0) leaf('été', 'été');
    if (pick(2) > 0) {
      content += '<in >';
      leaf('x', 'in.x');
      if (pick(2) > 0) leaf('y', 'in.y');
      content += '</in\n>';
    }
    const items = Array.from({ length: row === 0 ? 2 : pick(4) }, () => textOf(pick));
    for (const item of items) content += `<tag>${spell(item, pick, false)}</tag>${gap()}`;
    if (items.length > 0) record.set('tag', JSON.stringify(items));
    if (pick(6) === 0) {
      record.set('gone', null);
      content += '<gone xsi:nil="true"/>';
    }
    body += `<rec${attributes}>${content}</rec>${gap()}`;
  }
  return {
    text: `<?xml version="1.0"?><root xmlns:p="urn:p" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><head/>${gap()}${body}</root>${gap()}`,
    cells,
  };
}

const QUESTION = { given: { path: '/root/rec', emptyValues: 'text' as const } };

describe('random records', { timeout: 60_000 }, () => {
  it('come back value for value, however they are cut', async () => {
    for (let seed = 0; seed < 300; seed++) {
      const pick = randomOf(seed);
      const { text, cells } = makeDocument(pick);
      const whole = await readRecords(text, QUESTION);
      const expected = cells.map((record) => whole.names.map((name) => record.get(name) ?? null));
      expect(whole.rows).toEqual(expected);
      const names = new Set(cells.flatMap((record) => [...record.keys()]));
      expect(new Set(whole.names)).toEqual(names);
      const cut = await readRecords(text, {
        ...QUESTION,
        chunkSize: 1 + pick(9),
        limits: { recordBytes: 2_000 },
      });
      expect(cut.rows).toEqual(expected);
      expect(whole.losses).toEqual([]);
    }
  });

  it('grow a schema that the sample was too short for into one that reads them', async () => {
    let grown = 0;
    for (let seed = 0; seed < 200; seed++) {
      const { text, cells } = makeDocument(randomOf(seed));
      const sampleSize = utf8(text.slice(0, text.indexOf('</rec>') + 6)).length;
      const read = await readRecords(text, { ...QUESTION, sampleSize }).catch((thrown: unknown) => {
        expect(thrown).toBeInstanceOf(SchemaGrowth);
        grown++;
        return readRecords(text, {
          ...QUESTION,
          sampleSize,
          schema: (thrown as SchemaGrowth).schema,
        });
      });
      for (const [r, record] of cells.entries())
        for (const [c, name] of read.names.entries())
          expect(read.rows[r]![c]).toBe(record.get(name) ?? null);
    }
    expect(grown).toBeGreaterThan(50);
  });
});

const JUDGE = `
import json, sys
import xml.etree.ElementTree as E
out = []
for text in json.load(sys.stdin):
    try:
        root = E.fromstring(text.encode('utf-8'))
    except E.ParseError:
        out.append(None)
        continue
    rows = []
    for rec in root.findall('rec'):
        rows.append([rec.get('id'), [t.text or '' for t in rec.findall('tag')], [e.text or '' for e in rec.findall('in/x')]])
    out.append(rows)
json.dump(out, sys.stdout)
`;

const python = spawnSync('python3', ['-c', 'import xml.etree.ElementTree']);

describe.skipIf(python.status !== 0)('as ElementTree reads them', () => {
  it('random records', async () => {
    const texts = Array.from({ length: 200 }, (_, seed) => makeDocument(randomOf(seed)).text);
    const judged = spawnSync('python3', ['-c', JUDGE], {
      input: JSON.stringify(texts),
      maxBuffer: 1 << 28,
    });
    const all = JSON.parse(judged.stdout.toString()) as [string | null, string[], string[]][][];
    for (const [i, text] of texts.entries()) {
      const { names, rows } = await readRecords(text, QUESTION);
      const cell = (row: (string | null)[], name: string): string | null =>
        row[names.indexOf(name)] ?? null;
      const found = rows.map((row) => [
        cell(row, '@id'),
        JSON.parse(cell(row, 'tag') ?? '[]'),
        cell(row, 'in.x') === null ? [] : [cell(row, 'in.x')],
      ]);
      expect(found).toEqual(all[i]);
    }
  });
});
