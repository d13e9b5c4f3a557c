// The password of protected sheets: its hash by other implementations, and that nothing but the hash is written.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { batchOf, schemaOf } from '../../table/builders.ts';
import { UTF8 } from '../../table/data-type.ts';
import { encodeTables } from '../format.suite.ts';
import { excelFormat } from './format.ts';
import { hashPassword } from './protection.ts';

const valueOf = (attributes: string, name: string): string =>
  new RegExp(` ${name}="([^"]*)"`).exec(attributes)![1]!;

/** exceljs' own, which Excel opens workbooks of. */
const encryptor = createRequire(import.meta.url)('exceljs/dist/es5/utils/encryptor.js') as {
  convertPasswordToHash(text: string, algorithm: string, salt: string, spins: number): string;
};

it.each(['open sesame', 'pässwörd 🔑', 'x'])(
  'the hash of %s is that of others',
  async (password) => {
    const attributes = await hashPassword(password, 'seed');
    const [salt, spins] = [valueOf(attributes, 'saltValue'), valueOf(attributes, 'spinCount')];
    expect(spins).toBe('100000');
    expect(Buffer.from(salt, 'base64')).toHaveLength(16);
    let hash = createHash('sha512')
      .update(Buffer.from(salt, 'base64'))
      .update(password, 'utf16le')
      .digest();
    for (let i = 0; i < 100_000; i++) {
      const count = Buffer.alloc(4);
      count.writeUInt32LE(i);
      hash = createHash('sha512').update(hash).update(count).digest();
    }
    expect(valueOf(attributes, 'hashValue')).toBe(hash.toString('base64'));
    expect(encryptor.convertPasswordToHash(password, 'SHA512', salt, 100_000)).toBe(
      hash.toString('base64'),
    );
  },
);

it('salts differ from file to file, and are the same for the same file', async () => {
  const [a, b, again] = await Promise.all(['a', 'b', 'a'].map((seed) => hashPassword('x', seed)));
  expect(a).toBe(again);
  expect(valueOf(a!, 'saltValue')).not.toBe(valueOf(b!, 'saltValue'));
});

it('all sheets ask for the password, which stands nowhere', async () => {
  const schema = schemaOf([['city', UTF8]]);
  const batches = [batchOf(schema, [['Lima'], ['Oslo']])];
  const options = { protect: true, protectPassword: { secret: 'sheets' } };
  const tables = ['a', 'b'].map((name) => ({ name, schema, batches }));
  for (const more of [{}, { sheetBy: 'city' }]) {
    const { parts } = await encodeTables(excelFormat, { ...options, ...more }, tables);
    const sheets = Array.from(
      parts!,
      ([name, part]) => [name, new TextDecoder().decode(part)] as const,
    ).filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    expect(sheets.length).toBeGreaterThan(1);
    const found = sheets.map(
      ([, xml]) => /<sheetProtection[^>]*hashValue="([^"]+)"/.exec(xml)?.[1],
    );
    expect(new Set(found).size).toBe(1);
    expect(found[0]).toMatch(/^[\w+/]{86}==$/);
    for (const [, part] of parts!) expect(new TextDecoder().decode(part)).not.toContain('secret');
  }
});

it('a password without protection is told of', () => {
  const schema = schemaOf([['city', UTF8]]);
  const options = excelFormat.options.parse({ protectPassword: { secret: 'x' } }).value!;
  expect(excelFormat.check!({ options, schema, charset: 'utf-8' })).toMatchObject([
    { severity: 'error', option: 'protectPassword', remedy: { options: { protect: true } } },
  ]);
});
