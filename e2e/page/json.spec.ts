// JSON in the page: dropped and pasted documents and lines are read as what they are, and shown with their nested values.
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { openFile } from './studio.ts';

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);
}

test('a pasted document shows the records inside of it', async ({ page }) => {
  await page.goto('./');
  await paste(
    page,
    '{"ok":true,"data":{"items":[{"id":7,"name":"Zoë"},{"id":8,"tags":["a","b"]}]}}',
  );
  await expect(page.getByRole('button', { name: /^pasted\.json/ })).toBeVisible();
  const rows = page.getByRole('region', { name: /preview/i });
  await expect(rows.getByText('Zoë')).toBeVisible();
  await expect(rows.getByText('["a","b"]')).toBeVisible();
});

test('a dropped file of lines is read line by line', async ({ page }) => {
  await page.goto('./');
  await openFile(page, 'log.ndjson', '{"level":"info","ms":12}\n{"level":"error","ms":250}\n');
  const rows = page.getByRole('region', { name: /preview/i });
  await expect(rows.getByText('error')).toBeVisible();
  await expect(rows.getByText('250')).toBeVisible();
});
