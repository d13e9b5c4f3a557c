// The harness sees what it is there to see.
import { expect, test } from './harness.ts';

test.beforeEach(async ({ page }) => {
  // A plain page of the same server under the same policy, whatever the studio does.
  await page.goto('./missing');
});

test('a text given to a sink breaks Trusted Types', async ({ page, faults, forgive }) => {
  forgive.push(/Trusted/i, /trusted-types/);
  await page
    .evaluate(() => {
      document.body.innerHTML = '<b>text</b>';
    })
    .catch(() => undefined);
  await expect.poll(() => faults.join('\n')).toContain('require-trusted-types-for');
});

test('a script in the document breaks the policy', async ({ page, faults, forgive }) => {
  forgive.push(/script-src/, /content security policy/i);
  await page.route('**/planted.html', async (route) => {
    const response = await route.fetch({ url: new URL('./missing', page.url()).href });
    await route.fulfill({
      status: 200,
      headers: { ...response.headers(), 'content-type': 'text/html' },
      body: '<script>document.title = "ran"</script>',
    });
  });
  await page.goto('./planted.html');
  expect(await page.title()).toBe('');
  await expect.poll(() => faults.join('\n')).toContain('policy: script-src');
});

test('a request to another machine is noticed and stopped', async ({ page, faults, forgive }) => {
  forgive.push(/192\.0\.2\.1/, /content security policy/i);
  const reached = await page.evaluate(() =>
    fetch('http://192.0.2.1/').then(
      () => true,
      () => false,
    ),
  );
  expect(reached).toBe(false);
  await expect.poll(() => faults.join('\n')).toContain('connect-src');
});

test('an error nobody caught is noticed', async ({ page, faults, forgive }) => {
  forgive.push(/planted/);
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted');
    });
  });
  await expect.poll(() => faults).toContain('uncaught: planted');
});

test('a worker of the studio is held to the same policy', async ({ page, faults, forgive }) => {
  forgive.push(/192\.0\.2\.1/);
  const started = page.waitForEvent('worker', { timeout: 10_000 });
  await page.goto('./');
  // The first question about a file starts the engine.
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') });
  const worker = await started;
  const reached = await worker.evaluate(() =>
    fetch('http://192.0.2.1/').then(
      () => true,
      () => false,
    ),
  );
  expect(reached).toBe(false);
  await expect.poll(() => faults.join('\n')).toContain('policy: worker connect-src');
});
