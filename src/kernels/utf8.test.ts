// The UTF-8 kernel in Node, how much it leaves to its twin, and the twin alone where WebAssembly is missing.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as Twin from './utf8-twin.ts';
import { testUtf8Kernel } from './utf8.suite.ts';
import { openUtf8Kernel, scanUtf8 } from './utf8.ts';

/** Where the twin was last asked to start. */
const twin = vi.hoisted(() => ({ start: -1 }));

vi.mock('./utf8-twin.ts', async (importOriginal) => {
  const real = await importOriginal<typeof Twin>();
  const scanUtf8Plainly: typeof real.scanUtf8Plainly = (bytes, start, end) => {
    twin.start = start;
    return real.scanUtf8Plainly(bytes, start, end);
  };
  return { ...real, scanUtf8Plainly };
});

testUtf8Kernel();

const texts = { ascii: 'a,b\n', umlauts: 'größer\n', chinese: '東京,', emoji: '😀' };

describe('scanUtf8', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each(Object.entries(texts))('leaves its twin the last bytes only: %s', (_, text) => {
    const bytes = new TextEncoder().encode(text.repeat(100_000));
    for (const end of [bytes.length, 512, 513, 4096, 4097, 70_001]) {
      scanUtf8(bytes, 0, end);
      expect(end - twin.start).toBeLessThanOrEqual(66);
    }
    bytes[200_000] = 0xff;
    const scan = scanUtf8(bytes, 0, bytes.length);
    expect(scan.sequence).toBeLessThan(0);
    expect(200_000 - scan.end).toBeLessThanOrEqual(3);
    expect(scan.end - twin.start).toBeLessThanOrEqual(66);
  });

  it('leaves a small text to its twin', () => {
    scanUtf8(new Uint8Array(511), 0, 511);
    expect(twin.start).toBe(0);
  });

  it.each([
    ['is missing', undefined],
    [
      'is forbidden',
      {
        Module: class {
          constructor() {
            throw new EvalError('Refused by the content security policy.');
          }
        },
      },
    ],
  ])('finds the same where WebAssembly %s', async (_, stub) => {
    vi.stubGlobal('WebAssembly', stub);
    vi.resetModules();
    const alone = await import('./utf8.ts');
    expect(alone.openUtf8Kernel()).toBeNull();
    expect(openUtf8Kernel()).not.toBeNull();
    for (const text of Object.values(texts)) {
      const bytes = new TextEncoder().encode(text.repeat(20_000));
      twin.start = -1;
      const scan = alone.scanUtf8(bytes, 0, bytes.length);
      expect(twin.start).toBe(0);
      expect(scan).toEqual(scanUtf8(bytes, 0, bytes.length));
      expect(scan.end).toBe(bytes.length);
    }
  });
});
