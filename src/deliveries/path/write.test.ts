// The path delivery when the file system fails at any call, and what the shared suite does not know of paths.
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
  chmod,
  stat,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExportError } from '../../contract/errors.ts';
import type { DeliveryWriter } from '../../contract/delivery-plugin.ts';
import { numberedName } from '../file-names.ts';
import { codeOf, joinBytes, sampleBytes } from '../delivery.suite.ts';
import { removeLeftovers } from './leftovers.ts';
import { open } from './write.ts';

/** Which call of the file system fails next, counted from 0, and how; null = none. */
const fault = vi.hoisted(() => ({
  at: Infinity,
  count: 0,
  errno: 'EIO',
  only: null as string | null,
}));

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<Record<string, unknown>>();
  const counted =
    (name: string, work: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]): Promise<unknown> => {
      const isHit = fault.only === null ? fault.count++ === fault.at : fault.only === name;
      if (isHit) throw Object.assign(new Error(`${fault.errno}: ${name}`), { code: fault.errno });
      const result = await work(...args);
      if (name !== 'open') return result;
      const handle = result as Record<string, (...args: unknown[]) => unknown>;
      for (const call of ['write', 'sync', 'chmod'])
        handle[call] = counted(call, handle[call]!.bind(handle));
      return handle;
    };
  const mocked = { ...real };
  for (const name of ['open', 'link', 'rename', 'unlink', 'lstat', 'stat'])
    mocked[name] = counted(name, real[name] as () => unknown);
  return mocked;
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'path-'));
});
afterEach(async () => {
  fault.at = Infinity;
  fault.only = null;
  await rm(folder, { recursive: true, force: true });
});

function opened(
  path: string,
  ifExists: 'fail' | 'replace' | 'rename' = 'fail',
): Promise<DeliveryWriter> {
  return open({
    options: { path },
    ifExists,
    target: undefined,
    mediaType: 'text/csv',
    jobId: 'job/../1',
    signal: new AbortController().signal,
  });
}

async function deliver(delivery: DeliveryWriter, names: string[], text: string): Promise<void> {
  for (const name of names) {
    const writer = await delivery.openFile(name);
    await writer.write(new TextEncoder().encode(`${text} ${name}`));
    await writer.close();
  }
  await delivery.commit();
}

const listed = async (): Promise<string[]> => (await readdir(folder)).toSorted();
const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

describe.each(['fail', 'replace', 'rename'] as const)(
  'with any one call failing, under %s',
  (ifExists) => {
    it.each([['one.csv'], ['a.csv', 'b.csv', 'c.csv']])(
      'keeps all old or all new: %s …',
      async (...names) => {
        let failures = 0;
        for (let at = 0; ; at++) {
          await rm(folder, { recursive: true, force: true });
          await mkdir(folder);
          if (ifExists === 'replace')
            for (const name of names) await writeFile(join(folder, name), `old ${name}`);
          const before = await listed();
          fault.count = 0;
          fault.at = at;
          let delivery: DeliveryWriter | undefined;
          let failed: unknown;
          try {
            delivery = await opened(folder, ifExists);
            await deliver(delivery, names, 'new');
          } catch (thrown) {
            failed = thrown;
          }
          const wasHit = fault.count > at;
          fault.at = Infinity;
          if (failed === undefined) {
            // A call whose failure does no harm, or no call at all.
            for (const name of names) expect(await text(name)).toBe(`new ${name}`);
            const visible = (await listed()).filter((name) => !name.startsWith('.'));
            expect(visible).toEqual(names.toSorted());
            if (!wasHit) break;
            continue;
          }
          failures++;
          expect(failed).toBeInstanceOf(ExportError);
          await delivery?.abort();
          expect(await listed(), `call ${at}`).toEqual(before);
          const [only] = names;
          for (const name of before) {
            // The last step for a single file is the folder's sync: by then the whole new file is there.
            const found = await text(name);
            if (names.length === 1) expect([`old ${only}`, `new ${only}`]).toContain(found);
            else expect(found).toBe(`old ${name}`);
          }
        }
        expect(failures).toBeGreaterThan(5);
      },
    );
  },
);

it.each(['fail', 'replace'] as const)(
  'leaves no folder of its own behind when any one call fails, under %s',
  async (ifExists) => {
    const names = ['k=1/a.csv', 'k=1/m=2/a.csv', 'k=2/a.csv'];
    const tree = async (): Promise<string[]> =>
      (await readdir(folder, { recursive: true })).toSorted();
    let failures = 0;
    for (let at = 0; ; at++) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(join(folder, 'k=1'), { recursive: true });
      if (ifExists === 'replace') await writeFile(join(folder, names[0]!), 'old');
      const before = await tree();
      fault.count = 0;
      fault.at = at;
      let delivery: DeliveryWriter | undefined;
      let failed: unknown;
      try {
        delivery = await opened(folder, ifExists);
        await deliver(delivery, names, 'new');
      } catch (thrown) {
        failed = thrown;
      }
      const wasHit = fault.count > at;
      fault.at = Infinity;
      if (failed === undefined) {
        for (const name of names) expect(await text(name)).toBe(`new ${name}`);
        if (!wasHit) break;
        continue;
      }
      failures++;
      await delivery?.abort();
      expect(await tree(), `call ${at}`).toEqual(before);
      if (ifExists === 'replace') expect(await text(names[0]!)).toBe('old');
    }
    expect(failures).toBeGreaterThan(10);
  },
);

it('does not follow a link out of the folder', async () => {
  await mkdir(join(folder, 'out'));
  await mkdir(join(folder, 'elsewhere'));
  await symlink(join(folder, 'elsewhere'), join(folder, 'out', 'k=1'));
  const delivery = await opened(join(folder, 'out'));
  expect(await codeOf(delivery.openFile('k=1/a.csv'))).toBe('deliver.failed');
  await delivery.abort();
  expect(await readdir(join(folder, 'elsewhere'))).toEqual([]);
});

it.each([
  ['ENOSPC', 'deliver.no-space'],
  ['EDQUOT', 'deliver.no-space'],
  ['EIO', 'deliver.failed'],
])('says %s in words', async (errno, code) => {
  const delivery = await opened(folder);
  const writer = await delivery.openFile('a.csv');
  fault.only = 'write';
  fault.errno = errno;
  expect(await codeOf(writer.write(sampleBytes(5_000_000)))).toBe(code);
  fault.only = null;
  await delivery.abort();
  expect(await listed()).toEqual([]);
});

it.each(['EACCES', 'EPERM', 'EROFS'])('takes %s for a missing permission', async (errno) => {
  const delivery = await opened(folder);
  fault.only = 'open';
  fault.errno = errno;
  expect(await codeOf(delivery.openFile('a.csv'))).toBe('deliver.denied');
});

it('publishes without hard links too, and still never over a file', async () => {
  const delivery = await opened(folder);
  const writer = await delivery.openFile('a.csv');
  await writer.write(new TextEncoder().encode('new'));
  await writer.close();
  fault.only = 'link';
  fault.errno = 'EOPNOTSUPP';
  const second = await opened(folder);
  await (await second.openFile('a.csv')).close();
  await delivery.commit();
  expect(await codeOf(second.commit())).toBe('deliver.exists');
  await second.abort();
  expect(await text('a.csv')).toBe('new');
});

it('lets one of two runs have a name, and the other the next', async () => {
  const first = await opened(folder, 'rename');
  const second = await opened(folder, 'rename');
  const writers = [await first.openFile('a.csv'), await second.openFile('a.csv')];
  for (const [i, writer] of writers.entries()) {
    await writer.write(new TextEncoder().encode(`run ${i}`));
    await writer.close();
  }
  await first.commit();
  await second.commit();
  expect(writers.map((writer) => writer.name)).toEqual(['a.csv', 'a (2).csv']);
  expect(await text('a.csv')).toBe('run 0');
  expect(await text('a (2).csv')).toBe('run 1');
});

it('never publishes over a file that came meanwhile', async () => {
  const delivery = await opened(folder);
  const writer = await delivery.openFile('a.csv');
  await writer.close();
  await writeFile(join(folder, 'a.csv'), 'theirs');
  expect(await codeOf(delivery.commit())).toBe('deliver.exists');
  await delivery.abort();
  expect(await text('a.csv')).toBe('theirs');
  expect(await listed()).toEqual(['a.csv']);
});

it('replaces the file behind a symbolic link, and keeps who may read it', async () => {
  await mkdir(join(folder, 'real'));
  const target = join(folder, 'real', 'a.csv');
  await writeFile(target, 'old');
  await chmod(target, 0o644);
  await symlink(target, join(folder, 'link.csv'));
  await deliver(await opened(join(folder, 'link.csv'), 'replace'), ['x'], 'new');
  expect((await lstat(join(folder, 'link.csv'))).isSymbolicLink()).toBe(true);
  expect(await readFile(target, 'utf8')).toBe('new x');
  expect((await stat(target)).mode & 0o777).toBe(0o644);
});

it('makes a folder for a path that ends with /, and takes it away with an abort', async () => {
  const path = join(folder, 'x', 'y');
  const given = await opened(`${path}/`);
  await (await given.openFile('a.csv')).write(sampleBytes(3));
  await given.abort();
  expect(await listed()).toEqual([]);
  await deliver(await opened(`${path}/`), ['a.csv'], 'new');
  expect(await readdir(path)).toEqual(['a.csv']);
});

it('takes a file path as it is, for one file', async () => {
  const delivery = await opened(join(folder, 'out: 1.csv'));
  const writer = await delivery.openFile('ignored.csv');
  expect(writer.path).toBe(join(folder, 'out: 1.csv'));
  await writer.close();
  expect(await codeOf(delivery.openFile('second.csv'))).toBe('deliver.one-file-only');
  await delivery.abort();
});

it.each(['missing/out.csv', 'in-the-way'])('refuses %s', async (path) => {
  await mkdir(join(folder, 'in-the-way'));
  await mkdir(join(folder, 'in-the-way', 'a.csv'));
  const given = opened(join(folder, path)).then((delivery) => delivery.openFile('a.csv'));
  expect(['deliver.failed', 'deliver.exists']).toContain(await codeOf(given));
});

it('refuses a device and a name of 5,000 characters', async () => {
  expect(await codeOf(opened('/dev/null'))).toBe('deliver.failed');
  const delivery = await opened(folder);
  const code = await codeOf(
    delivery.openFile(`${'n'.repeat(5000)}.csv`).then(() => delivery.commit()),
  );
  expect(code).toBe('deliver.failed');
  await delivery.abort();
});

it('clears up after a job that died, and after no other', async () => {
  const dead = await opened(folder);
  await (await dead.openFile('a.csv')).write(sampleBytes(10));
  await writeFile(join(folder, '.job-2-1.part'), 'theirs');
  await removeLeftovers(join(folder, 'a.csv'), 'job/../1');
  expect(await listed()).toEqual(['.job-2-1.part']);
  await removeLeftovers(folder, 'job-2');
  expect(await listed()).toEqual([]);
  await dead.abort();
});

it('reads back what lies on the disk, not what was written', async () => {
  const delivery = await opened(folder);
  const writer = await delivery.openFile('a.csv');
  await writer.write(sampleBytes(10));
  await writer.close();
  const [temporary] = await listed();
  await writeFile(join(folder, temporary!), 'damaged');
  const stored = await joinBytes(delivery.readBack('a.csv')!);
  expect(new TextDecoder().decode(stored)).toBe('damaged');
  await delivery.abort();
});

it.each([
  ['a.csv', 'a (2).csv'],
  ['a.csv.gz', 'a (2).csv.gz'],
  ['a', 'a (2)'],
  ['2026.01.02', '2026.01.02 (2)'],
  ['.csv', '.csv (2)'],
])('numbers %s', (name, numbered) => {
  expect(numberedName(name, 2)).toBe(numbered);
});
