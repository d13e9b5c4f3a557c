// The studio opens under its own policy.
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
