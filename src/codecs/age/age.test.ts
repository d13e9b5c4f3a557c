// age: what the program age opens with the right key or passphrase, and nobody with another.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { afterAll, describe, expect, it } from 'vitest';
import {
  collect,
  inChunks,
  tableBytes,
  testJobs,
  testPackContext,
} from '../../contract/deflate-jobs.suite.ts';
import { ageCodec } from './codec.ts';
import type { AgeOptions } from './options.ts';
import { transform } from './transform.ts';

const folder = mkdtempSync(join(tmpdir(), 'age-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const encrypt = (bytes: Uint8Array, options: AgeOptions, chunk = 70_000): Promise<Uint8Array> =>
  collect(transform(inChunks(bytes, chunk), testPackContext(options, testJobs(1))));

const absent = spawnSync('age', ['--version']).error !== undefined && process.env['CI'] !== 'true';

describe.skipIf(absent)('the program age', () => {
  it('opens it with a key of any recipient, and with no other', async () => {
    const keys = await Promise.all([0, 1, 2].map(() => generateIdentity()));
    const files = keys.map((key, i) => {
      const file = join(folder, `key${i}`);
      writeFileSync(file, `${key}\n`);
      return file;
    });
    const recipients = await Promise.all(keys.slice(0, 2).map((key) => identityToRecipient(key)));
    for (const size of [0, 1, 65_536, 65_537, 1_000_000]) {
      const bytes = tableBytes(size);
      const input = await encrypt(bytes, { recipients, passphrase: null }, size > 100 ? 999 : 1);
      expect(ageCodec.matches(input)).toBe(true);
      for (const file of files.slice(0, 2)) {
        const { stdout, status } = spawnSync('age', ['-d', '-i', file], {
          input,
          maxBuffer: 2 ** 25,
        });
        expect(status).toBe(0);
        expect(Buffer.compare(stdout, bytes)).toBe(0);
      }
      expect(spawnSync('age', ['-d', '-i', files[2]!], { input }).status).not.toBe(0);
    }
  });
});

it('takes a passphrase by its name', async () => {
  const bytes = tableBytes(1000);
  const encrypted = await encrypt(bytes, { recipients: [], passphrase: { secret: 'mine' } });
  const right = new Decrypter();
  right.addPassphrase('value of mine');
  expect(Buffer.compare(await right.decrypt(encrypted), bytes)).toBe(0);
  const wrong = new Decrypter();
  wrong.addPassphrase('mine');
  await expect(wrong.decrypt(encrypted)).rejects.toThrow(/no identity matched/);
  expect(Buffer.from(encrypted).includes('value of mine')).toBe(false);
}, 60_000);

describe('options', () => {
  const parsed = (values: unknown) => ageCodec.options.parse(values);

  it('name somebody, in one way', () => {
    const conflict = (options: AgeOptions) => ageCodec.conflict!(options)?.detail;
    const passphrase = { secret: 'p' };
    expect(conflict({ recipients: [], passphrase: null })).toContain('nobody');
    expect(conflict({ recipients: ['age1x'], passphrase })).toContain('not both');
    expect(conflict({ recipients: [], passphrase })).toBeUndefined();
    expect(conflict({ recipients: ['age1x'], passphrase: null })).toBeUndefined();
  });

  it('take public keys alone, and whole ones', async () => {
    expect(parsed({ recipients: ['AGE-SECRET-KEY-1QQQ'] }).issues).toHaveLength(1);
    expect(parsed({ passphrase: 'open' }).issues).toHaveLength(1);
    const key = await identityToRecipient(await generateIdentity());
    const mistyped = key.slice(0, -1) + (key.endsWith('q') ? 'p' : 'q');
    await expect(
      encrypt(tableBytes(10), { recipients: [mistyped], passphrase: null }),
    ).rejects.toMatchObject({ code: 'config.conflict' });
  });
});
