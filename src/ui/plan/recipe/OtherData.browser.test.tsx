// Union and join on a fake engine: other data chosen, exchanged and taken away, in the page and in a host's dialog.
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { App } from '../../App.tsx';
import { ExportDialog } from '../../ExportDialog.tsx';
import { createFakeClient, type FakeClient } from '../../testing/fake-client.ts';
import '../../tokens.css';
import '../../base.css';

let root: Root;
let client: FakeClient;

beforeEach(async () => {
  await page.viewport(1440, 900);
  client = createFakeClient();
  const container = document.createElement('div');
  document.body.append(container);
  root = createRoot(container);
});

afterEach(() => {
  root.unmount();
  document.body.replaceChildren();
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const otherData = (name: string | RegExp = 'Other data') =>
  page.getByRole('combobox', { name, exact: true });
const sources = () => client.asked().sources.map(({ id, from }) => [id, from]);
const options = () => client.asked().datasets[0]!.steps[0]?.options;
const OWN = ['source', { binding: 'source' }];

async function openFiles(...names: string[]): Promise<void> {
  root.render(<App client={client} store={null} />);
  await expect.element(page.getByRole('button', { name: 'Open file' })).toBeVisible();
  const input = document.querySelector<HTMLInputElement>('[data-testid=file]')!;
  const files = new DataTransfer();
  for (const name of names) files.items.add(new File(['id,name\n1,\n2,""\n'], name));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await page.getByRole('button', { name: /^\d Data/ }).click();
}

async function addStep(title: string): Promise<void> {
  await button('Add step').click();
  const menu = page.getByRole('group', { name: 'Add a step' });
  await menu.getByRole('button', { name: new RegExp(`^${title}`) }).click();
}

test('other data of a join are chosen, exchanged, taken away with the step, and brought back', async () => {
  await openFiles('orders.csv', 'customers.csv', 'more customers.csv');
  await addStep('Join');
  await expect.element(button('Join: no other data yet')).toBeVisible();
  await expect.element(otherData()).toHaveTextContent('orders.csv (these rows)');
  await userEvent.selectOptions(otherData(), 'customers.csv');
  const on = [{ left: { name: 'id' }, right: { name: 'id' } }];
  await expect.poll(options).toEqual({ with: 'customers', on, suffix: '_customers' });
  expect(sources()).toEqual([OWN, ['customers', { binding: 'other:customers' }]]);
  await expect
    .element(page.getByText(/name is on both sides: it comes as name_customers/))
    .toBeVisible();

  await userEvent.selectOptions(
    page.getByRole('combobox', { name: 'Column of pair 1 in customers' }),
    'name',
  );
  await userEvent.selectOptions(otherData(), 'more customers.csv');
  const other = [{ left: { name: 'id' }, right: { name: 'name' } }];
  await expect
    .poll(options)
    .toEqual({ with: 'more_customers', on: other, suffix: '_more_customers' });
  expect(sources()).toEqual([OWN, ['more_customers', { binding: 'other:more_customers' }]]);
  await page.getByText('anti', { exact: true }).click();
  await expect.element(button('Keep rows that more_customers lacks by id = name')).toBeVisible();
  await expect.element(page.getByText('Columns to take')).not.toBeInTheDocument();

  await button('Remove: Keep rows that more_customers lacks by id = name').click();
  await expect.element(page.getByText('Rows go out as they come')).toBeVisible();
  // What was asked before is not asked again, unless something about it is new.
  await addStep('Sort');
  await expect.poll(sources).toEqual([OWN]);
  await button('Undo').click();
  await button('Undo').click();
  await expect.element(button('Keep rows that more_customers lacks by id = name')).toBeVisible();
  await expect.element(otherData()).not.toBeInTheDocument();
  await button('Keep rows that more_customers lacks by id = name').click();
  await expect.element(otherData()).toHaveDisplayValue('more customers.csv');
});

test('what closes in the rail is still read where it was taken', async () => {
  await openFiles('orders.csv', 'customers.csv');
  await addStep('Union');
  await userEvent.selectOptions(otherData(), 'customers.csv');
  await expect.poll(options).toEqual({ with: ['customers'] });
  await button('Close customers.csv').click();
  await expect.element(otherData()).toHaveTextContent('customers.csv');
  await expect.element(otherData()).toHaveDisplayValue('customers.csv');
  await button('Add other data').click();
  await userEvent.selectOptions(otherData('Other data 2'), 'orders.csv (these rows)');
  await expect.poll(options).toEqual({ with: ['customers', 'orders'] });
  await button('Remove: customers').click();
  await expect.poll(options).toEqual({ with: ['orders'] });
  expect(sources()).toEqual([OWN, ['orders', { binding: 'other:orders' }]]);
});

test('in a dialog the other data sets of the host are other data, and no file can be opened', async () => {
  const host = [
    { name: 'orders', rows: [{ id: 1, name: 'a' }] },
    { name: 'customers', rows: [{ id: 1, name: 'b' }] },
  ];
  root.render(
    <ExportDialog client={client} sources={host} store={null} isOpen onClose={() => {}} />,
  );
  await page.getByRole('button', { name: /^\d Data/ }).click();
  await addStep('Join');
  await expect.element(page.getByText('Another data set that is open here.')).toBeVisible();
  await userEvent.selectOptions(otherData(), 'customers');
  await expect.poll(options).toMatchObject({ with: 'customers' });
  expect(client.asked().sources).toMatchObject([
    { kind: 'rows', from: { binding: 'source' } },
    { kind: 'rows', from: { binding: 'other:customers' } },
  ]);
  await expect.element(button('Open file')).not.toBeInTheDocument();
});
