// Outputs that only some may read: age around whatever was packed, zips with a password, and nothing of a secret elsewhere.
import { gunzipSync } from 'node:zlib';
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { createConfig, type OutputConfig } from '../contract/config.ts';
import { secretIds } from '../contract/secrets.ts';
import { memoryTarget, testEngine } from './engine.suite.ts';

const engine = testEngine();
const csv = 'id,name\n007,"a, b"\n1.10,\n';
const SECRET = 'correct horse battery staple';

const configOf = (output: Partial<OutputConfig>) =>
  createConfig({
    source: { kind: 'csv', from: { binding: 'input' } },
    format: { id: 'csv', options: {} },
    delivery: { id: 'memory', options: {} },
    output,
  });

async function run(output: Partial<OutputConfig>, secrets: Record<string, string> = {}) {
  const target = memoryTarget();
  const { report } = await engine.run(configOf(output), {
    bytes: { input: new File([csv], 'orders.csv') },
    targets: { output: target },
    secrets,
  });
  return { report, target };
}

describe('age', () => {
  it('encrypts what was packed before, for its recipients', async () => {
    const identity = await generateIdentity();
    const recipients = [await identityToRecipient(identity)];
    const { report, target } = await run({
      compression: { id: 'gzip', options: {} },
      encryption: { id: 'age', options: { recipients } },
    });
    expect(report.error).toBeNull();
    expect(report.files).toMatchObject([{ name: 'orders.csv.gz.age', verified: true }]);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const packed = await decrypter.decrypt(target.files.get('orders.csv.gz.age')!);
    expect(gunzipSync(packed).toString()).toBe(csv);
  });

  it('takes a passphrase by its name, and tells nobody', async () => {
    const encryption = { id: 'age', options: { passphrase: { secret: 'mine' } } };
    const { report, target } = await run({ encryption }, { mine: SECRET });
    expect(report.error).toBeNull();
    expect(JSON.stringify(report)).not.toContain(SECRET);
    const decrypter = new Decrypter();
    decrypter.addPassphrase(SECRET);
    const [bytes] = target.files.values();
    expect(await decrypter.decrypt(bytes!, 'text')).toBe(csv);
  }, 60_000);

  it('asks for the passphrase, and leaves nothing without it', async () => {
    const encryption = { id: 'age', options: { passphrase: { secret: 'mine' } } };
    expect(secretIds(configOf({ encryption }), await engine.catalogue())).toEqual(['mine']);
    const { report, target } = await run({ encryption });
    expect(report.error).toMatchObject({ code: 'config.secret-missing' });
    expect(target.files.size).toBe(0);
  });

  it('refuses what encrypts to nobody before anything is read', async () => {
    const encryption = { id: 'age', options: {} };
    const { report, target } = await run({ encryption });
    expect(report.error).toMatchObject({ code: 'config.conflict' });
    expect(target.opened).toBe(0);
    const unknown = await run({ encryption: { id: 'gzip', options: {} } });
    expect(unknown.report.error).toMatchObject({ code: 'config.unknown-part' });
    const reversed = await run({ compression: { id: 'age', options: {} } });
    expect(reversed.report.error).toMatchObject({ code: 'config.unknown-part' });
  });
});

it('a zip with a password holds nothing readable, and is encrypted again each time', async () => {
  const archive = { id: 'zip', options: { password: { secret: 'zip' } } };
  const [one, two] = [
    await run({ archive }, { zip: SECRET }),
    await run({ archive }, { zip: SECRET }),
  ];
  expect(one.report.error).toBeNull();
  const [bytes] = one.target.files.values();
  expect(Buffer.from(bytes!).includes('a, b')).toBe(false);
  expect(Buffer.compare(bytes!, [...two.target.files.values()][0]!)).not.toBe(0);
  expect(JSON.stringify(one.report)).not.toContain(SECRET);
});
