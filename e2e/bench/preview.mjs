// How long the page takes from an option's change to the new first bytes before the eyes, and whether typing ever waits.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const CHANGES = 60;
/** A change at rest: longer than the page waits before it rehearses, so that this is broken off each time. */
const REST_MS = 600;
const KEY_MS = 70;
const WIDE_COLUMNS = 20_000;

/** In the page: clicks and waits for the frame that shows what was expected. */
function inPage() {
  const region = () => document.querySelector('section[aria-label=Preview] [role=region]');
  globalThis.longest = 0;
  globalThis.longTasks = () => {
    const longest = globalThis.longest;
    globalThis.longest = 0;
    return longest;
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      globalThis.longest = Math.max(globalThis.longest, duration);
  }).observe({ type: 'longtask' });
  globalThis.shows = (text, startedAt) =>
    new Promise((resolve) => {
      const look = () => {
        if (!region()?.textContent.includes(text)) return;
        watcher.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - startedAt);
          port2.postMessage(null);
        });
      };
      const watcher = new MutationObserver(look);
      watcher.observe(document.querySelector('section[aria-label=Preview]'), {
        subtree: true,
        childList: true,
        characterData: true,
      });
      look();
    });
  globalThis.click = (name, text) => {
    const input = document.querySelector(`input[type=radio][aria-label="${name}"]`);
    const startedAt = performance.now();
    input.click();
    return globalThis.shows(text, startedAt);
  };
}

const at = (list, share) =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const ms = (value) => `${value.toFixed(0)} ms`;
const line = (title, times) =>
  `  ${title.padEnd(46)} median ${ms(at(times, 0.5))}, p95 ${ms(at(times, 0.95))}, worst ${ms(Math.max(...times))} of ${times.length}`;

/** The same piece of work again and again: how far others share the processor, and the times below are theirs too. */
function slack() {
  const times = [];
  for (let turn = 0; turn < 40; turn++) {
    const startedAt = performance.now();
    let x = 0;
    for (let i = 0; i < 2e7; i++) x = (Math.imul(x, 31) + i) | 0;
    if (x !== Infinity) times.push(performance.now() - startedAt);
  }
  return line(`a piece of work of ${ms(Math.min(...times))} on this machine`, times);
}

/** `openBrowser(url)` gives `{page, close}`. */
export async function measurePreview({ root, path, openBrowser }) {
  const server = spawn(process.execPath, [join(root, 'dist/node/serve.js'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await new Promise((resolve) =>
      server.stdout.on('data', (text) => {
        const found = /http:\S+/.exec(String(text));
        if (found) resolve(found[0]);
      }),
    );
    console.log('\nPreview: from a change to the frame with the new first bytes');
    console.log(slack());
    const { page, close } = await openBrowser(url);
    try {
      await page.evaluate(inPage);
      await measureOptions(page, path);
    } finally {
      await close();
    }
    const wide = await openBrowser(url);
    try {
      await wide.page.evaluate(inPage);
      await measureWide(wide.page);
    } finally {
      await wide.close();
    }
  } finally {
    server.kill();
  }
}

async function measureOptions(page, path) {
  await page.getByTestId('file').setInputFiles(path);
  await page.getByRole('button', { name: /^\d Options/ }).click();
  await page.getByRole('tab', { name: 'Output' }).click();
  await page.waitForFunction(() => globalThis.shows('id,session', 0).then(() => true));
  await page.waitForTimeout(3000);
  await page.evaluate(() => globalThis.longTasks());

  const names = [
    ['semicolon', 'id;session'],
    ['bar', 'id|session'],
    ['comma', 'id,session'],
  ];
  const box = page.getByRole('textbox', { name: /null/i }).first();
  for (const [title, rest] of [
    ['a change at rest', REST_MS],
    ['one change upon the other', 0],
  ]) {
    const times = [];
    for (let i = 0; i < CHANGES; i++) {
      // Another plan each time: one that was asked before is remembered.
      await box.fill(`${title} ${i}`);
      await page.waitForTimeout(rest);
      const change = names[i % names.length];
      times.push(await page.evaluate(([name, text]) => globalThis.click(name, text), change));
    }
    const longest = await page.evaluate(() => globalThis.longTasks());
    console.log(`${line(title, times)}, longest task of the page ${ms(longest)}`);
  }

  await box.focus();
  await page.evaluate(() => {
    globalThis.keys = [];
    addEventListener(
      'keydown',
      () => {
        const startedAt = performance.now();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => globalThis.keys.push(performance.now() - startedAt);
          port2.postMessage(null);
        });
      },
      true,
    );
  });
  const typed = 'missing value of this row'.repeat(2);
  for (const character of typed) {
    await page.keyboard.press(character === ' ' ? 'Space' : character);
    await page.waitForTimeout(KEY_MS);
  }
  const last = await page.evaluate((text) => globalThis.shows(text, performance.now()), typed);
  await page.waitForTimeout(300);
  const keys = await page.evaluate(() => globalThis.keys);
  console.log(line('a key typed to the frame that shows it', keys));
  console.log(`  the bytes follow the last key by ${ms(last + KEY_MS)} at most`);
  const longest = await page.evaluate(() => globalThis.longTasks());
  console.log(`  longest task of the page while typing ${ms(longest)}`);
}

async function measureWide(page) {
  const names = Array.from({ length: WIDE_COLUMNS }, (_, i) => `column_${i}`);
  const rows = Array.from({ length: 60 }, (_, r) => names.map((_, i) => (i * r) % 97).join(','));
  const startedAt = performance.now();
  await page.getByTestId('file').setInputFiles({
    name: 'wide.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${names.join(',')}\n${rows.join('\n')}\n`),
  });
  await page.getByRole('grid').waitFor({ timeout: 60_000 });
  const opened = performance.now() - startedAt;
  await page.waitForTimeout(3000);
  const opening = await page.evaluate(() => globalThis.longTasks());
  const scrolled = await page.evaluate(async () => {
    const grid = document.querySelector('[role=grid]');
    const times = [];
    for (let i = 0; i < 60; i++) {
      const startedAt = performance.now();
      grid.scrollLeft += grid.scrollWidth / 61;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      times.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return times;
  });
  const scrolling = await page.evaluate(() => globalThis.longTasks());
  console.log(
    `  ${WIDE_COLUMNS} columns: rows shown after ${ms(opened)}, longest task ${ms(opening)}`,
  );
  console.log(
    line(`${WIDE_COLUMNS} columns: a leap sideways`, scrolled),
    `, longest task ${ms(scrolling)}`,
  );
}
