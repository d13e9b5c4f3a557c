// End-to-end tests: the real server with its real headers on the real build, in an installed Chromium.
import { defineConfig, devices } from '@playwright/test';
import { chromiumLaunchOptions } from './chromium.mjs';

// Runner and workers each read this file: the first to do so settles the port for all.
process.env.E2E_PORT ??= String(20_000 + (process.pid % 20_000));
const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}/`;

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results/e2e',
  fullyParallel: true,
  workers: process.env.CI ? 1 : '50%',
  // A machine with other work to do may be late once; the end of the log names what passed only the second time.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: {
    // Long enough for a machine with other work to do.
    timeout: 15_000,
    toHaveScreenshot: {
      pathTemplate: '{testDir}/gallery/{arg}{ext}',
      animations: 'disabled',
      caret: 'hide',
      maxDiffPixelRatio: 0.01,
    },
  },
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    acceptDownloads: true,
    launchOptions: chromiumLaunchOptions(),
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `node src/node/build.mjs --if-stale && node dist/node/serve.js --port ${process.env.E2E_PORT}`,
    cwd: '..',
    url: baseURL,
    timeout: 120_000,
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
