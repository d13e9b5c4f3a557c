// The page for everyone: axe on every state in both themes, the keyboard alone, and no sideways scrolling at any width.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { exportButton, openFile, step, stubFilePicker, uglyCsv } from './studio.ts';

async function expectNoFindings(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.flatMap((violation) =>
    violation.nodes.map((node) => `${state}: ${violation.id} ${node.html}`),
  );
  expect(found).toEqual([]);
}

async function expectNoSidewaysScroll(page: Page, state: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, state).toBe(0);
}

const STEPS = ['Format', 'Data', 'Options', 'Delivery'] as const;
const WIDTHS = [
  [1440, 900],
  [1024, 768],
  [390, 844],
  [320, 640],
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of WIDTHS) {
    test(`every state at ${width}, ${colorScheme}`, async ({ page }, testInfo) => {
      const check = async (state: string) => {
        await expectNoSidewaysScroll(page, state);
        await expectNoFindings(page, state);
        await testInfo.attach(state, {
          body: await page.screenshot(),
          contentType: 'image/png',
        });
      };
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await stubFilePicker(page);
      await page.goto('./');
      await check('first screen');
      await openFile(page, 'orders_with_a_name_that_is_rather_long.csv', uglyCsv(500));
      await expect(step(page, 'Data')).toContainText('12 columns');
      await check('plan');
      for (const name of STEPS) {
        await step(page, name).click();
        await check(`step ${name}`);
      }
      await page.keyboard.press('Escape');
      if (width <= 720) await page.getByRole('button', { name: 'Preview' }).click();
      await check('rows');
      await page.getByRole('tab', { name: 'Output' }).click();
      await check('output');
      await page.getByText('Hex', { exact: true }).click();
      await check('hex');
      await page.getByRole('tab', { name: 'Schema' }).click();
      await check('schema');
      if (width <= 720) await page.getByRole('button', { name: 'Plan', exact: true }).click();
      await page.getByRole('button', { name: 'How it is read' }).click();
      await check('source options');
      await page.getByRole('button', { name: 'How it is read' }).click();
      await exportButton(page).click();
      await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
      await check('receipt');
      await openFile(page, 'broken.csv', 'a,b\n1,"2\n');
      await expect(page.getByRole('button', { name: 'Show the problem' })).toBeVisible();
      await check('problem');
    });
  }
}

test('a whole export by keyboard alone', async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Open file' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Open file' })).toBeFocused();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (
    await chooser
  ).setFiles({
    name: 'orders.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('id,name,note\n1,a,x\n2,b,y\n'),
  });
  await step(page, 'Data').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Move name:/ }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await expect(page.getByRole('row').filter({ hasText: 'name' }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(step(page, 'Data')).toBeFocused();
  await expect(step(page, 'Data')).toHaveAttribute('aria-expanded', 'false');
  await page.getByRole('tab', { name: 'Rows' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Output' })).toBeFocused();
  await expect(page.getByRole('region', { name: 'First bytes of the export' })).toContainText(
    'name,id,note',
  );
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'orders.csv is done' })).toBeFocused();
});

test('a failed run and its way back', async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  const rows = Array.from({ length: 300_000 }, (_, i) => `${i},text ${i}`).join('\n');
  await openFile(page, 'late.csv', `a,b\n${rows}\n1,"open\n`);
  await exportButton(page).click();
  await expect(page.getByRole('alert')).toContainText('never closes', { timeout: 20_000 });
  await expectNoFindings(page, 'failed');
  await page.getByRole('button', { name: 'Back to the plan' }).first().click();
  await expect(step(page, 'Format')).toBeVisible();
});
