// The page of history on a real store: outcomes, unknown numbers, the detail, forgetting and bringing back, and what is kept.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ExportError } from '../../contract/errors.ts';
import type { ExportHistoryEntry, ExportStore } from '../../contract/store.ts';
import {
  accessibilityProblems,
  clearStage,
  openTestStore,
  show,
  testEntry,
  UNKNOWN,
} from '../testing/store-stage.suite.tsx';
import { HistoryPage } from './HistoryPage.tsx';

let store: ExportStore;
let again: ExportHistoryEntry[];
let asTemplate: ExportHistoryEntry[];

beforeEach(async () => {
  await page.viewport(1440, 900);
  store = await openTestStore();
  again = [];
  asTemplate = [];
});
afterEach(clearStage);

/** An entry that cannot be saved as a template. */
let refusedId = '';
const render = (): void =>
  show(
    store,
    <HistoryPage
      store={store}
      onRunAgain={(entry) => again.push(entry)}
      onSaveTemplate={async (entry) => {
        if (entry.id === refusedId) throw new ExportError('storage.full');
        asTemplate.push(entry);
      }}
    />,
  );
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const row = (name: RegExp) => page.getByRole('row', { name });
const minutesAgo = (minutes: number): string =>
  new Date(Date.now() - minutes * 60_000).toISOString();

async function fill(): Promise<void> {
  const error = new ExportError('read.csv.unclosed-quote', { line: 7, column: 3 }).toJSON();
  await store.history.put(
    testEntry('a', {
      losses: [
        { code: 'csv.formula-guarded', sentence: 'It was guarded.', column: 'note', count: 2 },
      ],
      startedAt: minutesAgo(1),
    }),
  );
  await store.history.put(
    testEntry('b', {
      ...UNKNOWN,
      outcome: 'failed',
      name: 'broken',
      error,
      startedAt: minutesAgo(2),
    }),
  );
  await store.history.put(
    testEntry('c', { ...UNKNOWN, outcome: 'cancelled', name: 'stopped', startedAt: minutesAgo(3) }),
  );
  await store.history.put(
    testEntry('d', {
      ...UNKNOWN,
      outcome: 'interrupted',
      name: 'left',
      endedAt: null,
      durationMs: null,
      config: null,
      startedAt: minutesAgo(4),
    }),
  );
  await store.history.put(
    testEntry('e', {
      ...UNKNOWN,
      outcome: 'running',
      name: 'going on',
      endedAt: null,
      durationMs: null,
      startedAt: minutesAgo(5),
    }),
  );
}

test('empty, it says what will be here', async () => {
  render();
  await expect.element(page.getByRole('heading', { name: 'No exports yet' })).toBeVisible();
  await expect.element(button('Forget all')).toBeDisabled();
  expect(await accessibilityProblems()).toEqual([]);
});

test('each outcome is told apart, and what is unknown is a dash', async () => {
  await fill();
  render();
  await expect
    .element(row(/orders_a\.csv/))
    .toHaveTextContent(/Done.*412,903.*18\.4.MB.*322,581.*3\.1.s/);
  for (const [name, outcome] of [
    ['broken', 'Failed'],
    ['stopped', 'Cancelled'],
    ['Interrupted left', 'Interrupted'],
    ['going on', 'Under way'],
  ] as const) {
    const cells = [...row(new RegExp(name)).element().querySelectorAll('td')].map(
      (cell) => cell.textContent,
    );
    expect(cells[0]).toContain(outcome);
    expect(cells.slice(2, 5)).toEqual(['–', '–', '–']);
  }
  expect(await accessibilityProblems()).toEqual([]);

  await page.getByRole('radiogroup').getByText('Failed 1').click();
  await expect.element(row(/broken/)).toBeVisible();
  expect(document.querySelectorAll('tbody tr')).toHaveLength(1);
  await userEvent.fill(page.getByRole('searchbox'), 'nothing like it');
  await button('Show all').click();
  await userEvent.fill(page.getByRole('searchbox'), '5f5f5f');
  await expect.poll(() => document.querySelectorAll('tbody tr').length).toBe(1);
});

test('the detail holds equation, files, checksum, losses and plan, and leads on', async () => {
  await fill();
  render();
  await button('orders_a.csv').click();
  const detail = page.getByRole('main');
  await expect
    .element(detail)
    .toHaveTextContent('1,000,000rows in=412,903rows out+587,094filtered out+3rejected');
  await expect.element(detail).toHaveTextContent('5f'.repeat(32));
  await expect.element(detail).toHaveTextContent('It was guarded. Column note.');
  await page.getByText('The plan as JSON').click();
  await expect.element(page.getByText('"version": 1')).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);
  await button('Run again').click();
  await button('Save as template').click();
  expect(again).toEqual([await store.history.get('a')]);
  expect(asTemplate).toEqual(again);

  await button('broken').click();
  await expect.element(page.getByText('read.csv.unclosed-quote')).toBeVisible();
  await button('left').click();
  await expect.element(page.getByText('What was to run was no plan.')).toBeVisible();
  expect(document.body.textContent).not.toContain('Run again');
  await button('going on').click();
  await expect.element(button('Run again')).toBeDisabled();
  expect(await accessibilityProblems()).toEqual([]);
});

test('what cannot be saved as a template says why', async () => {
  await fill();
  refusedId = 'a';
  render();
  await button('orders_a.csv').click();
  await button('Save as template').click();
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(new ExportError('storage.full').message);
  refusedId = '';
});

test('one and all are forgotten and brought back', async () => {
  await fill();
  render();
  await button('orders_a.csv').click();
  await button('Forget').click();
  await expect.element(page.getByText('Forgot “orders”.')).toBeVisible();
  await expect.element(button('Bring back')).toHaveFocus();
  expect(await store.history.get('a')).toBeNull();
  await button('Bring back').click();
  await expect.element(button('orders_a.csv')).toBeVisible();
  await button('Forget all').click();
  await expect.element(page.getByText(/Forgot 4.exports\./)).toBeVisible();
  expect((await store.history.list()).map((each) => each.id)).toEqual(['e']);
  expect(await accessibilityProblems()).toEqual([]);
  await button('Bring back').click();
  await expect.poll(async () => (await store.history.list()).length).toBe(5);
});

test('how much is kept is set, and a wrong number is not taken', async () => {
  await fill();
  render();
  const most = page.getByRole('textbox', { name: 'Exports kept at most' });
  await expect.element(most).toHaveValue('200');
  await userEvent.fill(most, '0');
  await userEvent.tab();
  await expect.element(page.getByText('A whole number from 1 to 5,000.')).toBeVisible();
  expect(await accessibilityProblems()).toEqual([]);
  expect((await store.history.retention()).maxEntries).toBe(200);
  await userEvent.fill(most, '2');
  await userEvent.keyboard('{Enter}');
  await expect
    .poll(async () => (await store.history.list()).map((each) => each.id))
    .toEqual(['a', 'b', 'e']);
  await expect.poll(() => document.querySelectorAll('tbody tr').length).toBe(3);
});

test('an export that ends elsewhere shows its end', async () => {
  await fill();
  render();
  await expect.element(row(/going on/)).toHaveTextContent('Under way');
  await store.history.put(testEntry('e', { startedAt: minutesAgo(5) }));
  await expect.element(row(/orders_e\.csv/)).toHaveTextContent('Done');
});

test('on a narrow page the list and the export take turns, and nothing hangs over', async () => {
  await page.viewport(390, 800);
  await fill();
  render();
  await button('orders_a.csv').click();
  await expect.element(button('Run again')).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  expect(await accessibilityProblems()).toEqual([]);
  await button('All exports').click();
  await expect.element(button('broken')).toBeVisible();
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
});
