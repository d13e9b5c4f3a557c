// The `test` every spec uses: it fails on what a visitor would never see, such as a broken policy or a foreign request.
import { test as base, type BrowserContext, type Page } from '@playwright/test';

export { expect } from '@playwright/test';

/** What went wrong unseen, one sentence each, in the order it was noticed. */
export type Faults = string[];

/**
 * Workers as the build names them, without the network worker: to the browser, a script that a spec hands over comes from
 * nowhere, and what comes from nowhere may not speak to this machine.
 */
const workerScripts = /\/assets\/(?!network\.)[\w-]+\.browser-[\w-]+\.js$/;

const reportInWorker = `addEventListener('securitypolicyviolation', (event) =>
  console.error('policy: worker', event.effectiveDirective, event.blockedURI, event.sample));`;

/**
 * Collects violations of the policy (page and workers), uncaught errors, dialogs nobody asked for and requests to
 * other machines from everything this context opens from now on.
 */
export async function watchFaults(context: BrowserContext): Promise<Faults> {
  const faults: Faults = [];
  const watch = (page: Page) => {
    page.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') faults.push(`dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => undefined);
    });
    page.on('crash', () => faults.push('the page crashed'));
  };
  context.on('page', watch);
  for (const page of context.pages()) watch(page);
  context.on('weberror', (error) => faults.push(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    if (/^policy: |content security policy|trusted ?type|refused to/i.test(message.text())) {
      faults.push(message.text());
    }
  });
  context.on('request', (request) => {
    const { protocol, origin, hostname } = new URL(request.url());
    if (!/^(https?|wss?):$/.test(protocol)) return;
    // Specs may bring a server of their own, but a page speaks to the one it came from only.
    const isOwn = request.isNavigationRequest()
      ? hostname === '127.0.0.1'
      : origin === new URL(request.frame().url()).origin;
    if (!isOwn) faults.push(`request to another machine: ${request.url()}`);
  });
  // A violation inside a worker is an event of that worker alone, and no console line.
  await context.route(workerScripts, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${reportInWorker}${await response.text()}` });
  });
  await context.exposeBinding('reportFault', (_source, sentence: string) => faults.push(sentence));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      void (globalThis as unknown as { reportFault(sentence: string): Promise<void> }).reportFault(
        `policy: ${effectiveDirective} ${blockedURI} at ${sourceFile}:${lineNumber} ${sample}`,
      );
    });
  });
  return faults;
}

interface Fixtures {
  /** Faults so far. */
  faults: Faults;
  /** Faults that the spec provokes itself are named here, and only they are forgiven. */
  forgive: RegExp[];
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- the runner reads the names of fixtures from the pattern
  forgive: async ({}, provide) => provide([]),
  faults: [
    async ({ context, forgive }, provide) => {
      const faults = await watchFaults(context);
      await provide(faults);
      // A worker may still be starting when the spec is over.
      await context.unrouteAll({ behavior: 'ignoreErrors' });
      const left = faults.filter((fault) => !forgive.some((pattern) => pattern.test(fault)));
      if (left.length > 0) throw new Error(`Unseen by the visitor:\n${left.join('\n')}`);
    },
    { auto: true },
  ],
});
