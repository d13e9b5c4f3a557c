// What every state of the page has to pass: axe in both themes, and no sideways scrolling.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '../harness.ts';

export async function expectNoFindings(
  page: Page,
  state: string,
  rules?: string[],
  within?: string,
): Promise<void> {
  // The other mode opens a page of its own each time, for frames of other origins: there are none.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (within !== undefined) axe.include(within);
  if (rules) axe.withRules(rules);
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  const { violations } = await axe.analyze();
  const found = violations.flatMap((violation) =>
    violation.nodes.map((node) => `${state}: ${violation.id} ${node.html}`),
  );
  expect(found).toEqual([]);
}

/** One state in both themes, of which only the colours differ; `within`: where alone it differs from states looked at before. */
export async function expectGood(page: Page, state: string, within?: string): Promise<void> {
  await expectNoSidewaysScroll(page, state);
  await expectNoFindings(page, `${state}, light`, undefined, within);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoFindings(page, `${state}, dark`, ['color-contrast'], within);
  await page.emulateMedia({ colorScheme: 'light' });
}

export async function expectNoSidewaysScroll(page: Page, state: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, state).toBe(0);
}
