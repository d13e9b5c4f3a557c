// Every screen as it was last looked at and signed; a change of more than a hundredth of it has to be looked at again.
// `npx playwright test --config e2e/playwright.config.ts e2e/gallery --update-snapshots` takes new ones.
import { spawnSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { exportButton, openFile, step, stubFilePicker, uglyCsv } from './../page/studio.ts';

/** The pictures were taken with these fonts, and with others each letter would differ. */
const FONTS = ['Liberation Sans', 'DejaVu Sans Mono', 'Noto Color Emoji', 'WenQuanYi Zen Hei'];
const hasFonts = FONTS.every((font) =>
  spawnSync('fc-match', ['--format=%{family}', font]).stdout?.toString().includes(font),
);
test.skip(!hasFonts && process.env.CI !== 'true', `the pictures need ${FONTS.join(', ')}`);

const NAME = 'orders_with_a_name_that_is_rather_long.csv';

const SCREENS = [
  { width: 1440, height: 900, scheme: 'light' },
  { width: 1440, height: 900, scheme: 'dark' },
  { width: 1024, height: 768, scheme: 'light' },
  { width: 390, height: 844, scheme: 'light' },
  { width: 390, height: 844, scheme: 'dark' },
] as const;

/** Puts the same text wherever a time, a rate or an id of this very run stands. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => {
    const patterns: [RegExp, string][] = [
      [/\d[\d,.]*\s(ms|s)(?![\w/])/g, '38 ms'],
      [/exp_\d+_\w+/g, 'exp_20261102_abcdefgh'],
      [/\d+ \w+ \d{4} at \d\d:\d\d(:\d\d)?/g, '2 November 2026 at 09:14:00'],
      [/^(Today |Yesterday )?\d\d:\d\d$/g, '09:14'],
      [/^[\d,]+\srows and .*\sa second$/g, '1,000 rows and 1 MB a second'],
    ];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.closest('[role=grid], pre, code')) continue;
      const before = node.textContent ?? '';
      const after = patterns.reduce((text, [from, to]) => text.replace(from, to), before);
      if (after !== before) node.textContent = after;
    }
  });
}

/** The prices of the formats come one after another: waits until no more come. */
async function pricesStand(page: Page): Promise<void> {
  for (let before = -1; ;) {
    const left = await page.getByText('–', { exact: true }).count();
    if (left === before) return;
    before = left;
    await page.waitForTimeout(3000);
  }
}

for (const { width, height, scheme } of SCREENS) {
  test(`the studio at ${width}, ${scheme}`, async ({ page }) => {
    test.slow();
    const shot = async (state: string): Promise<void> => {
      await page.waitForLoadState('networkidle');
      // What is late (figures of a rehearsal) would come over the settled text.
      await page.waitForTimeout(600);
      await settle(page);
      await expect(page).toHaveScreenshot(`${state}-${width}-${scheme}.png`);
    };
    const isNarrow = width < 721;
    const showPane = async (pane: 'Plan' | 'Preview'): Promise<void> => {
      if (isNarrow)
        await page
          .getByRole('button', { name: new RegExp(`^${pane}`) })
          .first()
          .click();
    };
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await stubFilePicker(page);
    await page.goto('./');
    await expect(page.getByRole('button', { name: 'Open file' })).toBeVisible();
    await shot('first');

    await openFile(page, NAME, uglyCsv(400));
    const rows = page.getByRole('region', { name: 'Where the rows go' });
    await expect(rows).toContainText('400');
    await expect(rows).not.toContainText('≈');
    await shot('plan');
    for (const name of ['Format', 'Data', 'Options', 'Delivery'] as const) {
      await step(page, name).click();
      if (name === 'Format') await pricesStand(page);
      await shot(`step-${name.toLowerCase()}`);
      await step(page, name).click();
    }
    await showPane('Preview');
    for (const tab of ['Rows', 'Output', 'Schema', 'Losses']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      await page.mouse.move(0, 0);
      await shot(`preview-${tab.toLowerCase()}`);
    }
    await showPane('Plan');
    await exportButton(page).click();
    await expect(page.getByRole('heading', { name: /is done$/ })).toBeVisible();
    await shot('receipt');
    for (const name of ['History', 'Templates']) {
      await page.getByRole('button', { name, exact: true }).first().click();
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
      await shot(name.toLowerCase());
    }
  });
}
