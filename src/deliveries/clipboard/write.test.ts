// What the clipboard holds: the text, a table that is read as HTML, and how much of both.
import { describe, expect, it } from 'vitest';
import type { DeliveryHandover } from '../../contract/delivery-plugin.ts';
import { batchOf, schemaOf, type Value } from '../../table/builders.ts';
import { INT64, UTF8 } from '../../table/data-type.ts';
import { MOST_ROWS } from './html-table.ts';
import { CLIPBOARD_OPTIONS } from './options.ts';
import { open } from './write.ts';

const schema = schemaOf([
  ['id', INT64],
  ['a <b>', UTF8],
]);

async function deliver(values: Record<string, unknown>, ...tables: Value[][][]) {
  const writer = await open({
    options: CLIPBOARD_OPTIONS.parse(values).value!,
    ifExists: 'replace',
    target: undefined,
    mediaType: 'text/csv',
    jobId: 'job',
    signal: new AbortController().signal,
  });
  const losses = tables.flatMap((rows, table) => writer.seeRows!(batchOf(schema, rows), table));
  const file = await writer.openFile('a.csv');
  await file.write(new TextEncoder().encode('\ufeffid,é\n'));
  await file.close();
  const handover = (await writer.commit()) as DeliveryHandover & { kind: 'clipboard' };
  return { ...handover, losses };
}

describe('the table', () => {
  it('holds the rows as cells, nothing as markup', async () => {
    const rows: Value[][] = [
      [7n, '007'],
      [null, 'x & "y"\r\n<script>'],
      [1n, null],
    ];
    const { text, html, mediaType } = await deliver({}, rows);
    expect([text, mediaType]).toEqual(['id,é\n', 'text/csv']);
    expect(html).toBe(
      '<meta charset="utf-8"><table><thead><tr><th>id</th><th>a &lt;b&gt;</th></tr></thead><tbody>' +
        `<tr><td>7</td><td>007</td></tr>` +
        `<tr><td></td><td>x &amp; &quot;y&quot;\r\n&lt;script&gt;</td></tr>` +
        `<tr><td>1</td><td></td></tr></tbody></table>`,
    );
  });

  it('guards against formulas, and counts them', async () => {
    const rows: Value[][] = [
      [-7n, '=1+1'],
      [1n, '-5'],
      [1n, '@x'],
    ];
    const { html, losses } = await deliver({}, rows);
    expect(html).toContain('>&#39;=1+1<');
    expect(html).toContain('<td>-7</td>');
    expect(html).toContain('>-5<');
    expect(losses).toMatchObject([
      { code: 'clipboard.formula-guarded', count: 2, example: '=1+1' },
    ]);
    const exact = await deliver({ formulaGuard: false }, rows);
    expect(exact.html).toContain('>=1+1<');
    expect(exact.losses).toEqual([]);
  });

  it('ends where it is large enough, and that is counted', async () => {
    const many = Array.from({ length: 6_000 }, (_, i): Value[] => [BigInt(i), 'x']);
    const { html, losses } = await deliver({}, many, many);
    expect(html!.match(/<tr>/g)).toHaveLength(MOST_ROWS + 2);
    expect(html!.match(/<table>/g)).toHaveLength(2);
    expect(losses).toMatchObject([{ code: 'clipboard.table-cut', count: 2_000 }]);
    const wide = Array.from({ length: 100 }, (): Value[] => [1n, 'x'.repeat(100_000)]);
    const cut = await deliver({}, wide);
    expect(cut.html!.length).toBeLessThan(5_000_000);
    expect(cut.losses[0]!.count).toBe(58);
  });

  it('is not there without rows, nor where nobody wants it', async () => {
    expect(await deliver({})).not.toHaveProperty('html');
    expect(await deliver({ table: false }, [[1n, 'x']])).not.toHaveProperty('html');
  });
});

describe('the text', () => {
  it('has tabs where asked for, all rows of it', async () => {
    const rows: Value[][] = [
      [1n, 'a\tb "c"'],
      [2n, '"q"'],
      [null, 'x\ny'],
    ];
    const { text, mediaType } = await deliver({ text: 'tabs' }, rows, [[3n, 'z']]);
    expect(mediaType).toBe('text/tab-separated-values');
    expect(text).toBe('id\ta <b>\n1\t"a\tb ""c"""\n2\t"""q"""\n\t"x\ny"\n\nid\ta <b>\n3\tz\n');
    const large = [[1n, 'x'.repeat(17_000_000)]];
    await expect(deliver({ text: 'tabs' }, large)).rejects.toMatchObject({
      code: 'deliver.too-large',
    });
  });
});
