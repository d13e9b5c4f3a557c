// The list of steps on a fake engine: added, edited, switched, moved and removed, by mouse and by keyboard, and undone.
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { App } from '../../App.tsx';
import { createFakeClient, type FakeClient, type FakeScript } from '../../testing/fake-client.ts';
import '../../tokens.css';
import '../../base.css';

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

async function openData(script: FakeScript = {}): Promise<FakeClient> {
  const client = createFakeClient(script);
  root.render(<App client={client} />);
  await expect.element(page.getByRole('button', { name: 'Open file' })).toBeVisible();
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  const files = new DataTransfer();
  files.items.add(new File(['id,name\n1,\n2,""\n'], 'orders.csv'));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await page.getByRole('button', { name: /^\d Data/ }).click();
  return client;
}

const steps = (client: FakeClient) => {
  return expect.poll(() =>
    client.asked().datasets[0]!.steps.map(({ id, enabled, options }) => [id, enabled, options]),
  );
};
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function addStep(title: string): Promise<void> {
  await button('Add step').click();
  const menu = page.getByRole('group', { name: 'Add a step' });
  await menu.getByRole('button', { name: new RegExp(`^${title}`) }).click();
}

test('a sort is added, its keys edited, moved and removed', async () => {
  const client = await openData();
  await addStep('Sort');
  await steps(client).toEqual([['sort', true, {}]]);
  await expect.element(button('Sort: by nothing yet')).toHaveAttribute('aria-expanded', 'true');
  await expect.element(button('Sort: by nothing yet')).toHaveFocus();
  await button('Add key').click();
  await button('Add key').click();
  await userEvent.selectOptions(
    page.getByRole('combobox', { name: 'Order of key 2' }),
    'Descending',
  );
  await userEvent.selectOptions(
    page.getByRole('combobox', { name: 'Null in key 1' }),
    'Null first',
  );
  await steps(client).toEqual([
    [
      'sort',
      true,
      {
        by: [
          { column: { name: 'id' }, nulls: 'first' },
          { column: { name: 'name' }, order: 'descending' },
        ],
      },
    ],
  ]);
  await expect.element(button('Sort by id, name descending')).toBeVisible();
  page
    .getByRole('button', { name: /^Move key 1, id:/ })
    .element()
    .focus();
  await userEvent.keyboard(' {ArrowDown} ');
  await expect.element(button('Sort by name descending, id')).toBeVisible();
  await button('Remove: name').click();
  await expect.element(button('Sort by id')).toBeVisible();
});

/** What was asked before is not asked again, so that the order is looked up in the list. */
async function expectRows(...starts: string[]): Promise<void> {
  const rows = page.getByRole('list', { name: 'Recipe' }).getByRole('listitem');
  for (const [i, start] of starts.entries())
    await expect.element(rows.nth(i)).toHaveTextContent(new RegExp(`^${start}`));
}

const SORT = ['sort', true, {}];
const SHUFFLE = ['shuffle', true, { times: 3 }];

test('steps are switched off, moved, removed and brought back', async () => {
  const client = await openData();
  await addStep('Sort');
  await addStep('Shuffle');
  await userEvent.fill(page.getByRole('textbox', { name: 'Times' }), '3');
  await steps(client).toEqual([
    ['sort', true, {}],
    ['shuffle', true, { times: 3 }],
  ]);
  await expect.element(button('Shuffle: times 3')).toBeVisible();
  await button('Move Shuffle: times 3 up').click();
  await steps(client).toEqual([SHUFFLE, SORT]);
  page
    .getByRole('button', { name: /^Move Shuffle.*Space/ })
    .element()
    .focus();
  await userEvent.keyboard(' {ArrowDown} ');
  await expectRows('Sort', 'Shuffle');
  await page.getByRole('checkbox', { name: 'Use: Sort' }).click();
  await steps(client).toEqual([['sort', false, {}], SHUFFLE]);
  await expect.element(page.getByText('2 steps, 1 off')).toBeVisible();
  await button('Remove: Shuffle: times 3').click();
  await steps(client).toEqual([['sort', false, {}]]);
  await expect.element(button('Add step')).toHaveFocus();
  await button('Undo').click();
  await expectRows('Sort', 'Shuffle');
  await expect.element(page.getByText('2 steps, 1 off')).toBeVisible();
});

test('what has a part of its own is edited there and stands in the list', async () => {
  await openData();
  await addStep('Filter');
  await expect.element(button('Add condition')).toHaveFocus();
  await userEvent.fill(page.getByRole('textbox', { name: 'Filter as text' }), 'id > 1');

  await button('Filter: id > 1').click();
  await page.getByRole('checkbox', { name: 'Use: Filter: id > 1' }).click();
  await expect.element(page.getByText('1 step, 1 off')).toBeVisible();
  await expect.element(page.getByRole('textbox', { name: 'Filter as text' })).toHaveValue('id > 1');
  await button('Remove: Filter: id > 1').click();
  await expect.element(page.getByRole('textbox', { name: 'Filter as text' })).toHaveValue('');
  await addStep('Filter');
  await userEvent.fill(page.getByRole('textbox', { name: 'Filter as text' }), 'id > 1');
  await addStep('Distinct');
  await addStep('Filter');
  await expectRows('Filter: id > 1', 'Keep the first', 'Filter: none yet');
});

test('each step says its rows and its error', async () => {
  const line = { kind: 'sort', merged: 0, added: 0 };
  await openData({
    inspection: { isWhole: false, estimatedRows: 60_000 },
    preview: {
      isSampled: true,
      rowsRead: 1000,
      steps: [{ ...line, id: 'sort', in: 1000, out: 900, filtered: 90, rejected: 10 }],
      error: {
        code: 'config.unknown-column',
        parameters: {},
        sentence: 'There is no column x.',
        hint: 'There are a and b.',
        step: 'sort',
      },
    },
    error: { code: 'config.unknown-column', parameters: {}, sentence: '', hint: '' },
  });
  await addStep('Sort');
  const row = page.getByRole('listitem').filter({ hasText: 'Sort: by nothing yet' });
  await expect
    .element(row)
    .toHaveTextContent('1,000 → 900 rows, 10 rejected, counted over the first 1,000 rows');
  await expect.element(row).toHaveTextContent('There is no column x. There are a and b.');
});
