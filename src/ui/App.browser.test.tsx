// The page on a fake engine: opening, the four steps, undo, a run with progress and cancel, receipt and error.
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ExportError } from '../contract/errors.ts';
import { App } from './App.tsx';
import { createFakeClient, type FakeClient, type FakeScript } from './testing/fake-client.ts';
import './tokens.css';
import './base.css';

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

async function openOrders(script: FakeScript = {}) {
  const client = createFakeClient(script);
  root.render(<App client={client} />);
  await expect.element(page.getByRole('button', { name: 'Open file' })).toBeVisible();
  choose('orders.csv');
  await expect.element(page.getByRole('heading', { name: /Delivery/ })).toBeVisible();
  return client;
}

function choose(name: string): void {
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  const files = new DataTransfer();
  files.items.add(new File(['id,name\n1,\n2,""\n'], name));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

const step = (name: string) => page.getByRole('button', { name: new RegExp(`^\\d ${name}`) });
const option = (client: FakeClient, id: string) => {
  return expect.poll(() => client.asked().outputs[0]!.format.options[id]);
};

test('closed steps say their answers', async () => {
  await openOrders();
  await expect.element(step('Data')).toHaveTextContent('2 rows, 2 columns');
  await expect.element(step('Delivery')).toHaveTextContent('orders.csv into Downloads');
  await expect.element(page.getByText('null', { exact: true })).toBeVisible();
  await expect.element(page.getByText('empty', { exact: true })).toBeVisible();
});

test('an option changes the plan, says so, and goes back', async () => {
  const client = await openOrders();
  await step('Options').click();
  await page.getByRole('radio', { name: 'tab' }).click();
  await option(client, 'delimiter').toBe('\t');
  await expect.element(step('Options')).toHaveTextContent('Delimiter: tab');
  await page.getByRole('button', { name: 'Back to comma: Delimiter' }).click();
  await expect.element(step('Options')).not.toHaveTextContent('Delimiter: tab');
});

test('an own character and a wrong number', async () => {
  const client = await openOrders();
  await step('Options').click();
  await page.getByRole('radiogroup', { name: 'Delimiter' }).getByText('Other').click();
  await userEvent.fill(page.getByRole('textbox', { name: 'Delimiter, other' }), '~');
  await option(client, 'delimiter').toBe('~');
  await page.getByRole('button', { name: /^More/ }).click();
  const width = page.getByRole('textbox', { name: 'Width' });
  await userEvent.fill(width, '500');
  await expect.element(page.getByText('At most 200.')).toBeVisible();
  await option(client, 'width').toBeUndefined();
  await userEvent.fill(width, '100');
  await option(client, 'width').toBe(100);
});

test('a preset sets its options, and undo takes it back', async () => {
  const client = await openOrders();
  await step('Options').click();
  await page.getByRole('radio', { name: /Quoted/ }).click();
  await option(client, 'quotes').toBe('all');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.element(page.getByRole('radio', { name: /Quoted/ })).not.toBeChecked();
});

test('columns are left out, renamed and moved by keyboard; the filter shows where it is wrong', async () => {
  const client = await openOrders();
  await step('Data').click();
  await userEvent.fill(page.getByRole('textbox', { name: 'New name of name' }), 'Kunde');
  await page.getByRole('button', { name: 'Move name up' }).click();
  const steps = () => client.asked().datasets[0]!.steps;
  await expect
    .poll(() => steps().map((each) => each.options))
    .toEqual([
      {
        order: [{ name: 'name' }, { name: 'id' }],
        rename: [{ column: { name: 'name' }, name: 'Kunde' }],
      },
    ]);
  await page.getByRole('checkbox', { name: 'id goes out' }).click();
  await expect.poll(() => steps()[0]!.options.exclude).toEqual([{ name: 'id' }]);

  const filter = page.getByRole('textbox', { name: 'Filter as text' });
  await userEvent.fill(filter, "name = 'x' and");
  await expect.element(page.getByText(/cannot be read at position/).first()).toBeVisible();
  expect(steps().some((each) => each.kind === 'filter')).toBe(false);
  await userEvent.fill(filter, "name = 'x'");
  await expect
    .poll(() => steps()[0])
    .toMatchObject({ kind: 'filter', options: { where: "name = 'x'" } });
});

test('a run shows progress and ends in a receipt', async () => {
  const client = await openOrders();
  await page.getByRole('button', { name: /^Export/ }).click();
  await expect.element(page.getByRole('button', { name: 'Cancel' }).first()).toBeVisible();
  client.progress({ bytesIn: 10, rowsIn: 3, etaMs: 4000 });
  await expect.element(page.getByText('50 %', { exact: false }).first()).toBeVisible();
  client.finish();
  await expect.element(page.getByRole('heading', { name: 'orders.csv is done' })).toHaveFocus();
  await expect
    .element(page.getByRole('region', { name: 'Where the rows went' }))
    .toHaveTextContent('5rows in=2rows out+2filtered out+1rejected');
  await page.getByRole('button', { name: 'Back to the plan' }).click();
  await expect.element(step('Format')).toBeVisible();
});

test('cancel comes back to the plan and says that no file is left', async () => {
  const client = await openOrders();
  await page.getByRole('button', { name: /^Export/ }).click();
  await page.getByRole('button', { name: 'Cancel' }).first().click();
  await expect.element(page.getByText('Cancelled; no file was left behind')).toBeVisible();
  expect(client.runs).toHaveLength(1);
});

test('a failed run says what, where and what to do, with the code', async () => {
  const error = new ExportError('read.csv.unclosed-quote', { line: 7, column: 3 });
  const client = await openOrders({ error: error.toJSON() });
  await page.getByRole('button', { name: /^Export/ }).click();
  await expect.element(page.getByRole('button', { name: 'Cancel' }).first()).toBeVisible();
  client.finish();
  const alert = page.getByRole('alert');
  await expect.element(alert).toHaveTextContent('orders.csv, line 7, column 3');
  await expect.element(alert).toHaveTextContent('Close the quote');
  await expect.element(alert).toHaveTextContent('read.csv.unclosed-quote');
});

test('a condition begun over one source is not there over another', async () => {
  await openOrders();
  await step('Data').click();
  await page.getByRole('button', { name: 'Add condition' }).click();
  await expect.element(page.getByRole('group', { name: 'Condition on id' })).toBeVisible();
  choose('other.csv');
  await expect.element(page.getByRole('heading', { name: 'other', exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^orders\.csv/ }).click();
  await step('Data').click();
  await page.getByRole('button', { name: /^other\.csv/ }).click();
  await expect.element(page.getByRole('button', { name: 'Add condition' })).toBeVisible();
  await expect
    .element(page.getByRole('group', { name: 'Condition on id' }))
    .not.toBeInTheDocument();
});

test('another source is looked at from its first rows on', async () => {
  await openOrders({ preview: { rowsRead: 9, rowsOut: 9, isWhole: false } });
  const part = (name: string) => page.getByRole('radio', { name, exact: true });
  await page.getByText('Last', { exact: true }).click();
  await expect.element(part('Last')).toBeChecked();
  choose('other.csv');
  await expect.element(part('First')).toBeChecked();
  await page.getByText('Last', { exact: true }).click();
  await page.getByRole('button', { name: /^orders\.csv/ }).click();
  await expect.element(part('First')).toBeChecked();
});

test('what other formats take is rehearsed one after the other', async () => {
  const client = createFakeClient();
  const [csv, ...others] = (await client.catalogue()).formats;
  const more = ['ndjson', 'x', 'y', 'z'].map((id) => ({ ...others[0]!, id, title: `As ${id}` }));
  const all = { ...(await client.catalogue()), formats: [csv!, ...more] };
  client.catalogue = async () => all;
  const { rehearse } = client;
  const rehearsed: string[] = [];
  let underWay = 0;
  let most = 0;
  client.rehearse = async (...asked) => {
    rehearsed.push(asked[0].outputs[0]!.format.id);
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve, 30));
    underWay--;
    return rehearse(...asked);
  };
  root.render(<App client={client} />);
  await expect.element(page.getByRole('button', { name: 'Open file' })).toBeVisible();
  choose('orders.csv');
  await step('Format').click();
  await expect.poll(() => rehearsed).toEqual(['csv', 'ndjson', 'x', 'y', 'z']);
  expect(most).toBe(1);
});

test('where nothing is kept there are no pages of what is kept, nor keys to them', async () => {
  root.render(<App client={createFakeClient()} store={null} />);
  await expect.element(page.getByRole('button', { name: 'Open file' })).toBeVisible();
  choose('orders.csv');
  await expect.element(page.getByRole('heading', { name: /Delivery/ })).toBeVisible();
  expect(page.getByRole('navigation', { name: 'Pages' }).query()).toBeNull();
  await userEvent.keyboard('{Control>}k{/Control}');
  await page.getByRole('combobox').fill('templates');
  await expect.element(page.getByText('Nothing is called that.')).toBeVisible();
});

test('a source that is closed leaves focus on the one that is shown', async () => {
  await openOrders();
  choose('other.csv');
  await page.getByRole('button', { name: 'Close other.csv' }).click();
  await expect.element(page.getByRole('button', { name: /^orders\.csv/ })).toHaveFocus();
});

test('an export that is shown from another page brings the studio back', async () => {
  const client = await openOrders();
  await page.getByRole('button', { name: /^Export/ }).click();
  await expect.poll(() => client.runs.length).toBe(1);
  client.finish();
  await expect.element(page.getByRole('heading', { name: 'orders.csv is done' })).toBeVisible();
  await page.getByRole('button', { name: 'Templates', exact: true }).click();
  await expect.element(page.getByRole('main', { name: 'Templates' })).toBeVisible();
  await page.getByRole('button', { name: /^1.export$/ }).click();
  await page.getByRole('button', { name: 'Receipt of orders.csv' }).click();
  await expect.element(page.getByRole('heading', { name: 'orders.csv is done' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the plan' }).click();
  await expect.element(page.getByRole('button', { name: /^Export/ })).toHaveFocus();
});

test('a studio that is taken away cancels what it had under way', async () => {
  const client = await openOrders();
  await page.getByRole('button', { name: /^Export/ }).click();
  await expect.poll(() => client.runs.length).toBe(1);
  const leaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
  expect(leaving()).toBe(true);
  root.render(null);
  await expect.poll(leaving).toBe(false);
});
