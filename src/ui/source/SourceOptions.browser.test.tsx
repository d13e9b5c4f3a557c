// How a source is read, on a fake engine: its tables, other charsets and a repair, and several files as one.
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { App } from '../App.tsx';
import { createFakeClient, type FakeScript } from '../testing/fake-client.ts';
import '../tokens.css';
import '../base.css';

let root: Root;

beforeEach(async () => {
  await page.viewport(1440, 900);
  const container = document.createElement('div');
  document.body.append(container);
  root = createRoot(container);
});

afterEach(() => {
  root.unmount();
  document.body.replaceChildren();
});

async function openSource(script: FakeScript, names = ['orders.csv']) {
  const client = createFakeClient(script);
  root.render(<App client={client} />);
  await expect.element(page.getByRole('button', { name: 'Open file' })).toBeVisible();
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  const files = new DataTransfer();
  for (const name of names) files.items.add(new File(['id,name\n1,\n2,""\n'], name));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await page.getByRole('button', { name: 'How it is read' }).click();
  return () => client.asked().sources[0]!;
}

test('a table is chosen among those of the source, and the finding comes back', async () => {
  const source = await openSource({
    inspection: {
      tables: [
        { name: 'orders', kind: 'sheet', rowCount: 2 },
        { name: 'notes', kind: 'sheet', rowCount: null, isHidden: true },
      ],
      table: 'orders',
    },
  });
  const sheet = page.getByRole('combobox', { name: 'Sheet' });
  await expect.element(sheet).toHaveValue('orders');
  await userEvent.selectOptions(sheet, 'notes, hidden');
  await expect.poll(() => source().table).toBe('notes');
  await page.getByRole('button', { name: 'Back to what is found: Sheet' }).click();
  await expect.poll(() => source().table).toBeUndefined();
});

test('a text decoded wrongly once is noticed, and what reads it is one click', async () => {
  const source = await openSource({
    inspection: {
      charsetAlternatives: [{ id: 'windows-1252', example: 'Größe' }],
      mojibake: {
        charset: 'utf-8',
        sentence: 'It looks decoded wrongly once.',
        example: { before: 'GrÃ¶ÃŸe', after: 'Größe' },
      },
    },
  });
  await expect.element(page.getByText('It looks decoded wrongly once.')).toBeVisible();
  await expect.element(page.getByText('GrÃ¶ÃŸe → Größe')).toBeVisible();
  await page.getByRole('button', { name: 'Read as Windows-1252' }).click();
  await expect.poll(() => source().charset?.id).toBe('windows-1252');
  await page.getByRole('button', { name: 'Read as UTF-8' }).click();
  await expect.poll(() => source().charset?.id).toBe('utf-8');
});

test('files become one source with a rule for their columns, and apart again', async () => {
  const source = await openSource({}, ['a.csv', 'b.csv', 'b.csv']);
  await page.getByRole('button', { name: 'Read all 3 as one source' }).click();
  await page.getByRole('button', { name: 'How it is read' }).click();
  await expect.poll(() => source().files).toEqual({ columns: 'union' });
  const names = page.getByRole('list', { name: 'Files' });
  await expect.element(names).toHaveTextContent('a.csvb.csvb (2).csv');
  await userEvent.selectOptions(
    page.getByRole('combobox', { name: 'Columns of the files' }),
    'Must be the same',
  );
  await userEvent.fill(page.getByRole('textbox', { name: /Column with the file/ }), 'file');
  await expect.poll(() => source().files).toEqual({ columns: 'same', nameColumn: 'file' });
  await page.getByRole('button', { name: 'Read them apart' }).click();
  await expect
    .element(page.getByRole('button', { name: 'Read all 3 as one source' }))
    .toBeVisible();
  await expect.poll(() => source().files).toBeUndefined();
});
