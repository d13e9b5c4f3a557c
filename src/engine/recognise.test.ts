// What bytes are read as where nobody says it: broken JSON and web pages are told, rather than become a table of texts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createConfig, type SourceConfig } from '../contract/config.ts';
import { expectReadable, memoryTarget, testEngine, textOf } from './engine.suite.ts';

const engine = testEngine();

async function run(name: string, content: string | Uint8Array, source: Partial<SourceConfig> = {}) {
  const target = memoryTarget();
  const config = createConfig({
    source: { kind: 'auto', from: { binding: 'input' }, ...source },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
  });
  const { report } = await engine.run(config, {
    bytes: { input: new File([content as BlobPart], name) },
    targets: { output: target },
  });
  if (report.error !== null) expectReadable(report.error);
  const kind = report.sources[0]?.kind;
  return { error: report.error, kind, text: textOf([...target.files.values()][0]) };
}

const folder = new URL('../../../shared/corpora/json-test-suite/test_parsing/', import.meta.url);
const isThere = existsSync(folder);
if (!isThere && process.env.CI) throw new Error(`missing corpus: ${folder.pathname}`);

describe.skipIf(!isThere)('JSONTestSuite, of a kind that nobody says', { timeout: 60_000 }, () => {
  const files = isThere ? readdirSync(folder) : [];
  const contentOf = (name: string) => readFileSync(new URL(encodeURIComponent(name), folder));

  it('is refused where it is no JSON, with the place', async () => {
    const wrong = files.filter((name) => name.startsWith('n_'));
    expect(wrong.length).toBeGreaterThan(180);
    for (const name of wrong) {
      const { error } = await run(name, contentOf(name));
      expect(error, name).not.toBeNull();
      // One holds a NUL among few letters, which is rather half a character of UTF-16.
      expect(error!.code, name).toMatch(/^read\.(empty|charset\.invalid|json\.(syntax|too-deep))$/);
      if (error!.code.startsWith('read.json'))
        expect(error!.sentence, name).toMatch(/[Ll]ine \d+, column \d+/);
    }
  });

  it('is read where it is JSON', async () => {
    const right = files.filter((name) => name.startsWith('y_'));
    expect(right.length).toBeGreaterThan(90);
    for (const name of right) {
      const { error, kind } = await run(name, contentOf(name));
      expect([name, error, kind]).toEqual([name, null, 'json']);
    }
  });
});

describe('broken JSON', () => {
  const deep = '['.repeat(1100) + ']'.repeat(1100);

  it.each([
    ['x.json', '[1,]', 'read.json.syntax'],
    ['x.json', 'not json at all', 'read.json.syntax'],
    ['x.json', 'a,b\n1,2\n', 'read.json.syntax'],
    ['x.ndjson', '{bad}\n{"a":1}\n', 'read.json.syntax'],
    ['x.jsonl', 'bad\n{"a":1}\n', 'read.json.syntax'],
    ['x.geojson', '{"type":}', 'read.json.syntax'],
    ['x.json', deep, 'read.json.too-deep'],
    ['stdin', '[1,]', 'read.json.syntax'],
    ['stdin', ' {bad}', 'read.json.syntax'],
    ['stdin', '[{"a":1}] more', 'read.json.syntax'],
    ['stdin', deep, 'read.json.too-deep'],
    ['x.csv', '[{"a":1},{"a":2', 'read.json.syntax'],
  ])('in %s is told: %#', async (name, content, code) => {
    const { error } = await run(name, content);
    expect(error).toMatchObject({ code });
    expect(error!.sentence).toMatch(/[Ll]ine 1, column \d+/);
  });

  it.each([
    ['x.csv', '[a],b\n1,2\n'],
    ['x.txt', '{x};y\n1;2\n'],
    ['x.tsv', '[1]\t[2]\n3\t4\n'],
    ['x.csv', '[1],[2]\n1,2\n'],
  ])('is none in %s, whose name says otherwise: %#', async (name, content) => {
    const { error, kind } = await run(name, content);
    expect(error).toBeNull();
    expect(kind).toBe('csv');
  });

  it('is read as said where it is said', async () => {
    expect((await run('x.json', 'a,b\n1,2\n', { kind: 'csv' })).text).toBe('a,b\n1,2\n');
  });
});

describe('a web page', () => {
  const page =
    '<!-- saved -->\n<!DOCTYPE html>\n<html><head><title>Sign\n in &amp; go</title></head></html>\n';

  it.each(['login.json', 'page.csv', 'data', 'x.ndjson', 'x.txt', 'page.html'])(
    'called %s is told, with its title',
    async (name) => {
      const { error } = await run(name, page);
      expect(error).toMatchObject({ code: 'read.web-page' });
      expect(error!.sentence).toBe(`${name} is a web page (“Sign in & go”), not data.`);
    },
  );

  it('is told in UTF-16, and without a title', async () => {
    const text = '<html lang="en">\n<body>Not found</body></html>';
    const { error } = await run('a.csv', new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')));
    expect(error!.sentence).toBe('a.csv is a web page, not data.');
  });

  it('is read as said where it is said, and as XML where it is called so', async () => {
    expect((await run('page.csv', page, { kind: 'csv' })).error).toBeNull();
    const xhtml = '<html><body><p>a</p><p>b</p></body></html>';
    expect(await run('page.xml', xhtml)).toMatchObject({ error: null, kind: 'xml' });
  });

  it('with a table is read as such, whatever programs call it, but for names of other data', async () => {
    const table = page.replace('</html>', '<table><tr><th>n<th>t<tr><td>1<td>a</table></html>');
    for (const name of ['page.html', 'report.xls', 'data', 'page.aspx'])
      expect(await run(name, table)).toMatchObject({
        error: null,
        kind: 'html',
        text: 'n,t\n1,a\n',
      });
    for (const name of ['login.json', 'page.csv', 'x.ndjson', 'x.txt'])
      expect((await run(name, table)).error).toMatchObject({ code: 'read.web-page' });
    const signIn = table.replace('<table>', '<input name=p type="password"><table>');
    expect((await run('data', signIn)).error).toMatchObject({ code: 'read.web-page' });
    const fragment = '<table><tr><th>n</th></tr><tr><td>1</td></tr></table>';
    expect(await run('data', fragment)).toMatchObject({ error: null, kind: 'html' });
    expect(await run('data.xml', fragment)).toMatchObject({ error: null, kind: 'xml' });
  });

  it('says its charset', async () => {
    const latin = '<html><head><meta charset="iso-8859-2"></head><table><tr><td>\xb1</table>';
    const { text } = await run('a.html', new Uint8Array(Buffer.from(latin, 'latin1')));
    expect(text).toBe('ą\n');
  });

  it('is not what only speaks of one', async () => {
    const text = 'tag,use\n<html>,root\n';
    expect((await run('tags.csv', text)).text).toBe(text);
  });
});
