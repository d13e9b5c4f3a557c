// The page for everyone: axe on every state in both themes, the keyboard alone, and no sideways scrolling at any width.
import type { Locator } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { expectGood, expectNoFindings } from './access.ts';
import {
  exportButton,
  holdWrites,
  openFile,
  step,
  storedFile,
  stubFilePicker,
  uglyCsv,
} from './studio.ts';

const STEPS = ['Format', 'Data', 'Options', 'Delivery'] as const;
const WIDTHS = [
  [1440, 900],
  [1024, 768],
  [390, 844],
  [320, 640],
] as const;

for (const [width, height] of WIDTHS) {
  test(`every state at ${width}`, async ({ page }) => {
    // Axe looks at some twenty states, twice each.
    test.setTimeout(240_000);
    const check = (state: string) => expectGood(page, state);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await stubFilePicker(page);
    await page.goto('./');
    await check('first screen');
    // More rows would be more of the same cells to look at.
    await openFile(page, 'orders_with_a_name_that_is_rather_long.csv', uglyCsv(24));
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
    await page.getByText('Bytes', { exact: true }).click();
    await check('bytes');
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

for (const [width, height] of [WIDTHS[0], WIDTHS[2]]) {
  test(`a column and the rules of a step opened at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto('./');
    await openFile(page, 'orders_with_a_name_that_is_rather_long.csv', uglyCsv(24));
    await step(page, 'Data').click();
    await page.getByRole('button', { name: /^How unit_price is read/ }).click();
    await expect(page.getByText('In the source')).toBeVisible();
    await expectGood(page, 'column opened');
    await page.getByRole('button', { name: 'Add step' }).click();
    await page.getByRole('button', { name: /^Validate/ }).click();
    await page.getByRole('button', { name: 'Add column', exact: true }).click();
    await expect(page.getByText(/of 24 rows breaks? it/)).toBeVisible();
    // Half beneath the header of the step a control is as small as what can be seen of it.
    await page
      .getByRole('button', { name: 'Add step' })
      .evaluate((button) => button.scrollIntoView({ block: 'center' }));
    await expectGood(page, 'rules');
  });
}

test('the options of every format, with the rare ones', async ({ page }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('./');
  await openFile(page, 'orders.csv', 'id,name\n1,a\n');
  const formats = page.getByRole('radiogroup', { name: 'Format', exact: true }).getByRole('radio');
  await step(page, 'Format').click();
  await expect(formats.first()).toBeVisible();
  const count = await formats.count();
  expect(count).toBeGreaterThan(1);
  for (let i = 0; i < count; i++) {
    await formats.nth(i).check();
    await step(page, 'Options').click();
    // What is rare stands beside what is not.
    await expect(page.locator('[data-option]').first()).toBeVisible();
    const more = page.getByRole('button', { name: /^More / });
    if ((await more.count()) > 0) await more.click();
    await expectGood(page, `options of format ${i + 1}`, '[data-region="plan"]');
    await step(page, 'Format').click();
  }
});

test('a whole export by keyboard alone', async ({ page }) => {
  // Asked for early: the browser must know that the chooser is awaited before it opens.
  const chooser = page.waitForEvent('filechooser');
  await stubFilePicker(page);
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Open file' })).toBeVisible();
  // The first region is the top bar.
  await page.keyboard.press('F6');
  await page.keyboard.press('F6');
  await expect(page.getByRole('button', { name: 'Open file' })).toBeFocused();
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

test('a run under way, with all its figures, at every width', async ({ page }) => {
  const free = await holdWrites(page, 1);
  await stubFilePicker(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./');
  await openFile(page, 'orders_with_a_name_that_is_rather_long.csv', uglyCsv(110_000));
  await exportButton(page).click();
  const heading = page.getByRole('heading', { name: 'orders_with_a_name_that_is_rather_long.csv' });
  await expect(heading).toBeFocused();
  const bar = page.getByRole('progressbar', { name: 'Share of the source read' });
  await expect
    .poll(() => bar.evaluate((each: HTMLProgressElement) => each.value))
    .toBeGreaterThan(0);
  const fact = (word: string | RegExp) =>
    page.locator('dl > div', { has: page.getByText(word, { exact: true }) }).locator('dd');
  const rows = page.locator('dl > div', { has: page.getByText(/^of ≈\s[\d,]+ rows$/) });
  await expect(rows.locator('dd')).toHaveText(/^\d{2,3},\d{3}$/);
  await expect(fact('written')).toHaveText(/^\d.*[kM]B$/);
  await expect(fact('rows a second')).toHaveText(/^[\d,]+$/);
  // How sure that is stands beside it where the run took long enough to tell.
  await expect(fact(/^left(, ±|$)/)).toHaveText(/\sm?s$|min/);
  for (const [width, height] of WIDTHS) {
    await page.setViewportSize({ width, height });
    await expectGood(page, `running at ${width}`);
  }
  await free();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
});

test('a run that waits for a slow disk can be cancelled', async ({ page }) => {
  await holdWrites(page, 0);
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'orders.csv', uglyCsv(60_000));
  await exportButton(page).click();
  await page.getByRole('button', { name: 'Cancel' }).first().click();
  await expect(page.getByText('Cancelled; no file was left behind')).toBeVisible();
  expect(await storedFile(page, 'orders.csv')).toBeNull();
});

test('colours that the system sets: what is chosen can still be seen', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('./');
  await openFile(page, 'orders.csv', uglyCsv(24));
  const lineOf = (locator: Locator) =>
    locator.evaluate((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return `${outlineStyle} ${outlineWidth}`;
    });
  expect(await lineOf(page.getByRole('tab', { name: 'Rows' }))).toBe('solid 2px');
  expect(await lineOf(page.getByRole('tab', { name: 'Output' }))).toMatch(/^none/);
  await step(page, 'Format').click();
  const format = (name: RegExp) =>
    page.locator('label', { has: page.getByRole('radio', { name }) });
  expect(await lineOf(format(/^CSV/))).toBe('solid 2px');
  expect(await lineOf(format(/NDJSON/))).toMatch(/^none/);
  await step(page, 'Options').click();
  const delimiters = page.getByRole('radiogroup', { name: 'Delimiter' });
  const delimiter = delimiters.getByRole('radio', { name: 'comma', exact: true });
  const labelOf = (name: string) =>
    delimiters.locator('label', { has: page.getByRole('radio', { name, exact: true }) });
  expect(await lineOf(labelOf('comma'))).toBe('solid 2px');
  await delimiter.focus();
  await page.keyboard.press('ArrowRight');
  await expect(delimiters.getByRole('radio', { name: 'semicolon', exact: true })).toBeFocused();
  expect(await lineOf(labelOf('semicolon'))).toBe('solid 2px');
  await expectNoFindings(page, 'forced colours');
});
