// The studio opens under its own policy.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './harness.ts';

test('the page opens with its name and a place to drop a file', async ({ page }) => {
  await page.goto('./');
  await expect(page).toHaveTitle(/Export Studio/);
  await expect(page.getByRole('heading').first()).toBeVisible();
});

test('the built files are what the server sends, with their headers', async ({ page }) => {
  const response = await page.goto('./');
  const headers = response?.headers() ?? {};
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(await page.evaluate(() => [isSecureContext, crossOriginIsolated])).toEqual([true, true]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the first screen is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('./');
    await expect(page.getByRole('heading').first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}
