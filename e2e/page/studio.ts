// What the page's specs share: opening a file, the four steps, and a file picker that behaves as the browser's own does.
import type { Locator, Page } from '@playwright/test';
import { expect } from '../harness.ts';

/** Opens a file as if chosen with the picker, and waits until its first rows are shown. */
export async function openFile(page: Page, name: string, content: string | Buffer): Promise<void> {
  const buffer = typeof content === 'string' ? Buffer.from(content) : content;
  await page.getByTestId('file').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await expect(step(page, 'Delivery')).toBeVisible();
}

/** The header of a step, closed or open. */
export function step(page: Page, name: 'Format' | 'Data' | 'Options' | 'Delivery'): Locator {
  return page.getByRole('button', { name: new RegExp(`^\\d ${name}`) });
}

export function exportButton(page: Page): Locator {
  return page.getByRole('button', { name: /^Export/ });
}

/**
 * Puts a picker in the place of `showSaveFilePicker`: it gives a handle to a file in private storage and, as the real one
 * does, empties the file at once. Asks for a click, as the real one does too. A file is then where exports went last.
 */
export async function stubFilePicker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const picked: string[] = [];
    try {
      if (localStorage.getItem('export-studio.delivery') === null)
        localStorage.setItem('export-studio.delivery', 'file');
    } catch {
      // A blank page has no storage.
    }
    Object.assign(globalThis, {
      picked,
      async showSaveFilePicker(options: { suggestedName?: string } = {}) {
        if (!navigator.userActivation.isActive)
          throw new DOMException('Must be handling a user gesture', 'SecurityError');
        const name = options.suggestedName ?? 'untitled';
        picked.push(name);
        const folder = await navigator.storage.getDirectory();
        const handle = await folder.getFileHandle(name, { create: true });
        const writable = await handle.createWritable();
        await writable.close();
        return handle;
      },
    });
  });
}

/**
 * Lets every run write `pieceCount` pieces (of 4 MiB) to its file and then wait, as for a slow disk, until the function that
 * comes back is called: from then on none waits, however late it starts. To be called before the page is opened.
 */
export async function holdWrites(page: Page, pieceCount: number): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    // A blank page has no locks.
    if (window !== top || !('locks' in navigator)) return;
    void navigator.locks.request(
      'held writes',
      () => new Promise<void>((freeWrites) => Object.assign(globalThis, { freeWrites })),
    );
  });
  const hold = `{
    const { write } = FileSystemWritableFileStream.prototype;
    let left = ${pieceCount};
    FileSystemWritableFileStream.prototype.write = async function (...piece) {
      if (left-- <= 0) await navigator.locks.request('held writes', { mode: 'shared' }, () => {});
      return write.apply(this, piece);
    };
  }`;
  await page.route(/\/assets\/[\w-]+\.browser-[\w-]+\.js$/, async (route) => {
    try {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${hold}${await response.text()}` });
    } catch (thrown) {
      // A worker may still be starting when the spec is over.
      if (!page.isClosed() && !/disposed|closed/.test(String(thrown))) throw thrown;
    }
  });
  return () => page.evaluate(() => (globalThis as unknown as { freeWrites(): void }).freeWrites());
}

/** Names the picker was asked with. */
export function pickedNames(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { picked: string[] }).picked);
}

/** Bytes of a file in private storage; null when there is none. */
export async function storedFile(page: Page, name: string): Promise<Buffer | null> {
  const url = await page.evaluate(async (fileName) => {
    const folder = await navigator.storage.getDirectory();
    try {
      const file = await (await folder.getFileHandle(fileName)).getFile();
      // As a list of numbers a few megabytes would take many seconds to come here.
      return await new Promise<string>((resolve, reject) => {
        const reader = new FileReader();
        reader.addEventListener('load', () => resolve(reader.result as string));
        reader.addEventListener('error', () => reject(reader.error!));
        reader.readAsDataURL(file);
      });
    } catch {
      return null;
    }
  }, name);
  return url === null ? null : Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

/** Data that a layout has to bear: long names, nulls, empty text, white space, right to left, CJK, emoji, formulas. */
export function uglyCsv(rowCount: number): string {
  const header =
    'order_no,created_at,Kunde_oder_Firma_laut_Rechnung_mit_sehr_langem_Namen,country,status,quantity,unit_price,note,is_paid,__proto__,country,';
  const customers = [
    'Müller & Söhne, GmbH',
    'مؤسسة النور التجارية',
    '=HYPERLINK("http://x")',
    '株式会社 山田製作所',
    '  Smith, John ',
    'אברהם כהן בע״מ',
    '👩‍👩‍👧‍👦 Família 🎁',
    'N/A',
  ];
  const lines = [header];
  for (let i = 0; i < rowCount; i++) {
    const customer =
      i % 9 === 8 ? (i % 2 ? '""' : '') : `"${customers[i % 8]!.replaceAll('"', '""')}"`;
    lines.push(
      [
        String(1412903 - i).padStart(10, '0'),
        `2026-03-${String(1 + (i % 28)).padStart(2, '0')} 21:5${i % 10}:40`,
        customer,
        ['DE', 'FR', 'EG'][i % 3],
        ['paid', 'new', 'failed'][i % 3],
        i % 7,
        (i * 1.25).toFixed(2),
        i % 5 === 0 ? '"line one\nline two"' : i % 3 ? '' : 'plain\ttab',
        i % 2 ? 'true' : 'false',
        `x${i}`,
        `second ${i}`,
        i,
      ].join(','),
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}
