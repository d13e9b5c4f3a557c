// The CSV kernel in Node, how much it leaves to its twin, and the twin alone where WebAssembly is missing.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Twin from './csv-scan-twin.ts';
import { testCsvKernel } from './csv-scan.suite.ts';
import { openCsvKernel, scanCsv } from './csv-scan.ts';

/** How often the twin was asked, and for how many ends. */
const twin = vi.hoisted(() => ({ calls: 0, room: 0 }));

vi.mock('./csv-scan-twin.ts', async (importOriginal) => {
  const real = await importOriginal<typeof Twin>();
  const scanCsvPlainly: typeof real.scanCsvPlainly = (...window) => {
    twin.calls++;
    twin.room += window[5].length;
    return real.scanCsvPlainly(...window);
  };
  return { ...real, scanCsvPlainly };
});

testCsvKernel();

const dialect = {
  delimiter: 44,
  quote: 34,
  comment: -1,
  refusesInnerQuotes: false,
  stopsAtEmptyLines: false,
};

function windowOf(content: string): Uint8Array {
  const bytes = new Uint8Array((content.length + 8) & ~3);
  bytes.set(new TextEncoder().encode(content));
  return bytes;
}

describe('scanCsv', () => {
  beforeEach(() => {
    twin.calls = 0;
    twin.room = 0;
  });
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    ['1,text,\r\n', 3],
    ['"1","a ""text""","x\ny"\n', 3],
    [',,\n', 3],
    ['\n', 1],
  ])('does without its twin: %j', (row, columnCount) => {
    const content = row.repeat(20_000);
    const scan = scanCsv(windowOf(content), 0, content.length, columnCount, dialect, 1 << 20);
    expect(scan).toMatchObject({ rows: 20_000, next: content.length, isPlain: true });
    expect(twin.calls).toBe(0);
  });

  it('stops at its capacity without its twin', () => {
    const content = ',,,\n'.repeat(300_000);
    const scan = scanCsv(windowOf(content), 0, content.length, 4, dialect, 1 << 20);
    expect(scan).toMatchObject({ rows: 1 << 18, next: 1 << 20, isPlain: true });
    expect(twin.calls).toBe(0);
  });

  it('asks its twin about some rows behind an odd one, about more where there are many', () => {
    const rows = Array.from({ length: 20_000 }, () => '1,text,more of it\n');
    const scan = (): number => {
      twin.calls = 0;
      twin.room = 0;
      const content = rows.join('');
      expect(scanCsv(windowOf(content), 0, content.length, 3, dialect, 1 << 20).rows).toBe(20_000);
      return twin.room / 3;
    };
    rows[9000] = '1,5" pipe,x\n';
    expect([scan(), twin.calls]).toEqual([16, 1]);
    rows[12_000] = '1,6" pipe,x\n';
    expect([scan(), twin.calls]).toEqual([32, 2]);
    rows[9020] = '1,7" pipe,x\n';
    expect([scan(), twin.calls]).toEqual([64, 3]);
    rows.fill('1,7" pipe,x\n');
    expect(scan()).toBeGreaterThanOrEqual(20_000);
    expect(twin.calls).toBeLessThan(12);
  });

  it('leaves a small window, and what it has no room for, to its twin', () => {
    const content = '1,2\n'.repeat(1000);
    scanCsv(windowOf(content), 0, 1000, 2, dialect, 4000);
    expect(twin.calls).toBe(1);
    const room = (1 << 20) + 2;
    expect(scanCsv(windowOf(content), 0, 4000, 2, dialect, room).rows).toBe(1000);
    expect(twin.calls).toBe(2);
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
    const alone = await import('./csv-scan.ts');
    expect(alone.openCsvKernel()).toBeNull();
    expect(openCsvKernel()).not.toBeNull();
    const content = '1,"x\ny",5" pipe\n'.repeat(5000);
    const bytes = windowOf(content);
    twin.calls = 0;
    const scan = alone.scanCsv(bytes, 0, content.length - 3, 3, dialect, 1 << 20);
    expect(twin.calls).toBe(1);
    expect(scan).toEqual(scanCsv(bytes, 0, content.length - 3, 3, dialect, 1 << 20));
    expect(scan).toMatchObject({ rows: 4999, innerBreaks: 4999, isPlain: true });
  });
});
