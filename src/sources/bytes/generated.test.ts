// Generated tables: the same bytes each time, any number of rows, valid CSV, and as ugly as promised.
import { createHash } from 'node:crypto';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { GeneratedBytes } from '../../contract/bindings.ts';
import { testGeneratedBytes } from './generated.suite.ts';
import { openGenerated } from './generated.ts';

const SHAPES = ['orders', 'agents', 'commands'] as const;

async function bytesOf(given: GeneratedBytes): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of openGenerated(given).open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** By Papa Parse: every record has the header's fields. */
function recordsOf(bytes: Buffer): string[][] {
  const { data, errors } = Papa.parse<string[]>(
    new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    { delimiter: ',', newline: '\n', skipEmptyLines: false },
  );
  expect(errors).toEqual([]);
  expect(data.pop()).toEqual(['']);
  return data;
}

describe.each(SHAPES)('generated %s', (shape) => {
  it('is valid CSV of exactly the rows asked for', async () => {
    for (const rows of [0, 1, 2_500]) {
      const records = recordsOf(await bytesOf({ shape, rows, seed: 3 }));
      expect(records).toHaveLength(rows + 1);
      const width = records[0]!.length;
      expect(records.every((record) => record.length === width)).toBe(true);
      expect(new Set(records[0]).size).toBe(width);
    }
  });

  it('has nulls, empty texts, quotes, line breaks, formulas and every script', async () => {
    const bytes = await bytesOf({ shape, rows: 20_000, seed: 1 });
    const text = bytes.toString();
    for (const ugly of [/,,/, /,"",|,""\n/, /""/, /"[^"]*\n[^"]*"/, /[äöüß]/, /é/])
      expect(text).toMatch(ugly);
    for (const script of [/\p{Script=Han}|\p{Script=Katakana}/u, /\p{Script=Arabic}/u])
      expect(text).toMatch(script);
    expect(text).toMatch(/\p{Script=Hebrew}/u);
    const cells = recordsOf(bytes).flat();
    expect(cells.some((cell) => cell.startsWith('='))).toBe(true);
    expect(cells.some((cell) => cell.length > 1_000)).toBe(true);
  });

  it('can be read again, and is another with another seed', async () => {
    const given = { shape, rows: 30_000, seed: 7 };
    const first = sha256(await bytesOf(given));
    expect(sha256(await bytesOf(given))).toBe(first);
    expect(sha256(await bytesOf({ ...given, seed: 8 }))).not.toBe(first);
  });
});

testGeneratedBytes();

it('comes in chunks of about a mebibyte, of which nobody else keeps any', async () => {
  const opened = openGenerated({ shape: 'orders', rows: 1_000_000_000, seed: 1 });
  expect(opened).toMatchObject({ name: 'orders-1000000000.csv', sizeBytes: null, once: false });
  const buffers = new Set<ArrayBufferLike>();
  for await (const chunk of opened.open()) {
    expect(chunk.length).toBeGreaterThanOrEqual(2 ** 20);
    expect(chunk.length).toBeLessThan(2 ** 20 + 2 ** 14);
    buffers.add(chunk.buffer);
    if (buffers.size === 5) break;
  }
});

it('refuses what it cannot make', () => {
  const refusal = (given: object): string[] | undefined => {
    try {
      openGenerated({ shape: 'orders', rows: 1, seed: 1, ...given } as GeneratedBytes);
      return undefined;
    } catch (thrown) {
      const { code, parameters } = thrown as { code: string; parameters: { path: string } };
      return [code, parameters.path];
    }
  };
  expect(refusal({ shape: 'toString' })).toEqual(['config.wrong-option', 'generate.shape']);
  for (const rows of [-1, 1.5, 1e9 + 1, NaN, '5'])
    expect(refusal({ rows })).toEqual(['config.wrong-option', 'generate.rows']);
  for (const seed of [-1, 0.5, 2 ** 32])
    expect(refusal({ seed })).toEqual(['config.wrong-option', 'generate.seed']);
  expect(refusal({ rows: 0, seed: 0 })).toBeUndefined();
});
