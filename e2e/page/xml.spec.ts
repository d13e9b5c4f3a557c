// XML in the page: a dropped document is read as its repeated elements, and one that is not well-formed says where.
import { expect, test } from '../harness.ts';
import { openFile } from './studio.ts';

const CATALOG = `<?xml version="1.0"?>
<catalog>
  <book id="7"><title>War &amp; Peace</title><author><last>Tolstoï</last></author><tag>a</tag><tag>b</tag></book>
  <book id="8"><title>Ulysses</title><author><last>Joyce</last></author></book>
</catalog>
`;

test('a dropped document shows its records', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'books.xml', CATALOG);
  const rows = page.getByRole('region', { name: /preview/i });
  await expect(rows.getByText('War & Peace')).toBeVisible();
  await expect(rows.getByText('Tolstoï')).toBeVisible();
  await expect(rows.getByText('author.last')).toBeVisible();
  await expect(rows.getByText('["a","b"]')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('xml.png') });
});

test('a document that is not well-formed says where', async ({ page }) => {
  await page.goto('./');
  const buffer = Buffer.from(
    '<catalog>\n  <book>a</book>\n  <book>b</bok>\n</catalog>\n'.replace(
      'a</book>',
      '&nope;</book>',
    ),
  );
  await page.getByTestId('file').setInputFiles({ name: 'bad.xml', mimeType: 'text/xml', buffer });
  await expect(page.getByText(/Line 2, column 9 is not well-formed XML/).first()).toBeVisible();
});

test('a pasted document is XML', async ({ page }) => {
  await page.goto('./');
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, '<r><i><n>Zoë</n></i><i><n>Ann</n></i></r>');
  await expect(page.getByRole('button', { name: /^pasted\.xml/ })).toBeVisible();
  const rows = page.getByRole('region', { name: /preview/i });
  await expect(rows.getByText('Zoë')).toBeVisible();
});
