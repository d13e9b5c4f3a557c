// Packed outputs, and such that only some may read, from the page: opened by the programs of others, and the secret nowhere but in them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from '../harness.ts';
import { expectGood } from './access.ts';
import { exportButton, openFile, step, storedFile, stubFilePicker } from './studio.ts';

const CSV = 'id,name\n007,"a, b"\n1.10,\n';
const SECRET = 'correct horse battery staple';

async function choose(page: Page, group: string, label: string): Promise<void> {
  await page
    .getByRole('radiogroup', { name: group })
    .or(page.getByRole('group', { name: group }))
    .getByText(label, { exact: true })
    .click();
}

async function exported(page: Page, name: string): Promise<Buffer> {
  await exportButton(page).click();
  await expect(page.getByRole('heading', { name: /is done/ })).toBeVisible();
  const bytes = await storedFile(page, name);
  expect(bytes).not.toBeNull();
  return bytes!;
}

/** Calls `look` with a folder that is there only so long. */
function inFolder<T>(look: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'opened-'));
  try {
    return look(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything the page keeps, as text. */
function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const found: unknown[] = [location.href, { ...localStorage }];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name!);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
      for (const store of database.objectStoreNames) {
        const request = database.transaction(store).objectStore(store).getAll();
        found.push(
          await new Promise((resolve) => (request.onsuccess = () => resolve(request.result))),
        );
      }
      database.close();
    }
    return JSON.stringify(found);
  });
}

test.beforeEach(async ({ page }) => {
  await stubFilePicker(page);
  await page.goto('./');
  await openFile(page, 'orders.csv', CSV);
  await step(page, 'Delivery').click();
});

test('a zip with a password is opened by 7z with it, and with no other', async ({ page }) => {
  await choose(page, 'Compression', 'ZIP');
  await page.getByLabel('Password').fill(SECRET);
  await expectGood(page, 'a password');
  const bytes = await exported(page, 'orders.zip');
  expect(await kept(page)).not.toContain(SECRET);
  inFolder((folder) => {
    const path = join(folder, 'orders.zip');
    writeFileSync(path, bytes);
    const read = (password: string) => spawnSync('7z', ['x', '-so', `-p${password}`, path]);
    expect(read('wrong').status).not.toBe(0);
    expect(String(read(SECRET).stdout)).toBe(CSV);
  });
});

const lacksAge =
  spawnSync('age', ['--version']).error !== undefined && process.env['CI'] !== 'true';

/** Calls the program age, typing a passphrase where it asks for one: it asks at a terminal alone. */
const AT_A_TERMINAL = `import os, pty, select, sys
pid, fd = pty.fork()
if pid == 0: os.execvp("age", ["age", *sys.argv[2:]])
seen, typed = b"", False
while select.select([fd], [], [], 30)[0]:
    try: piece = os.read(fd, 4096)
    except OSError: break
    if not piece: break
    seen += piece
    if not typed and b"passphrase" in seen:
        typed = True
        os.write(fd, sys.argv[1].encode() + b"\\n")
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.exit(seen.decode() if status else 0)`;

test('age asks who may read it, and its program opens the file with the passphrase', async ({
  page,
}) => {
  test.skip(lacksAge, 'age is not installed');
  await choose(page, 'Encryption', 'age');
  await expect(
    page.getByText('The encryption names nobody who may read the file.').first(),
  ).toBeVisible();
  await page.getByLabel('Passphrase').fill(SECRET);
  await expect(page.getByText('The encryption names nobody who may read the file.')).toHaveCount(0);
  await expectGood(page, 'a passphrase');
  const bytes = await exported(page, 'orders.csv.age');
  expect(await kept(page)).not.toContain(SECRET);
  inFolder((folder) => {
    const [path, opened] = [join(folder, 'orders.csv.age'), join(folder, 'orders.csv')];
    writeFileSync(path, bytes);
    const open = (passphrase: string) =>
      spawnSync('python3', ['-c', AT_A_TERMINAL, passphrase, '-d', '-o', opened, path]);
    expect(String(open('wrong').stderr)).toContain('incorrect passphrase');
    expect(String(open(SECRET).stderr)).toBe('');
    expect(readFileSync(opened, 'utf8')).toBe(CSV);
  });
});

test('age encrypts a packed file to a public key, and its program opens it with the private one', async ({
  page,
}) => {
  test.skip(lacksAge, 'age is not installed');
  const keys = [0, 1].map(() => String(spawnSync('age-keygen').stdout));
  const recipient = /age1\w+/.exec(keys[0]!)![0];
  await choose(page, 'Compression', 'gzip');
  await choose(page, 'Encryption', 'age');
  await page.getByRole('textbox', { name: 'Recipients, another' }).fill(recipient);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: `Change ${recipient}` })).toBeVisible();
  const input = await exported(page, 'orders.csv.gz.age');
  inFolder((folder) => {
    const [own, other] = keys.map((key, i) => {
      const path = join(folder, `key${i}`);
      writeFileSync(path, key);
      return spawnSync('age', ['-d', '-i', path], { input });
    });
    expect(other!.status).not.toBe(0);
    expect(String(spawnSync('gzip', ['-dc'], { input: own!.stdout }).stdout)).toBe(CSV);
  });
});

/** What each kind of packing is opened with; Node's Brotli is that of its makers. */
const OPENERS: [title: string, name: string, open: (bytes: Buffer) => string][] = [
  ['gzip', 'orders.csv.gz', (input) => String(spawnSync('gzip', ['-dc'], { input }).stdout)],
  ['Zstandard', 'orders.csv.zst', (input) => String(spawnSync('zstd', ['-dc'], { input }).stdout)],
  ['Brotli', 'orders.csv.br', (bytes) => String(brotliDecompressSync(bytes))],
  [
    'ZIP',
    'orders.zip',
    (bytes) =>
      inFolder((folder) => {
        const path = join(folder, 'orders.zip');
        writeFileSync(path, bytes);
        return String(spawnSync('unzip', ['-p', path, 'orders.csv']).stdout);
      }),
  ],
];

for (const [title, name, open] of OPENERS)
  test(`${title} is made in the page and opened by others`, async ({ page }) => {
    await choose(page, 'Compression', title);
    expect(open(await exported(page, name))).toBe(CSV);
  });
