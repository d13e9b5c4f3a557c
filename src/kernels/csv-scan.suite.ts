// The CSV kernel beside its twin, for each door to run.
import { describe, expect, it } from 'vitest';
import { scanCsvPlainly, type CsvScanDialect } from './csv-scan-twin.ts';
import { openCsvKernel, scanCsv, type CsvEnds, type CsvScanner } from './csv-scan.ts';

/** A small seeded generator (mulberry32), so that a failing text can be made again. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

type Random = ReturnType<typeof randomFrom>;

/** Bytes that the kernel takes up at a time. */
const PIECE = 1 << 14;

const COMMA: CsvScanDialect = {
  delimiter: 44,
  quote: 34,
  comment: -1,
  refusesInnerQuotes: false,
  stopsAtEmptyLines: false,
};

/** Dialects that any file may have, and those whose characters get in each other's way. */
const DIALECTS: readonly CsvScanDialect[] = [
  COMMA,
  { ...COMMA, refusesInnerQuotes: true },
  { ...COMMA, stopsAtEmptyLines: true },
  { ...COMMA, comment: 35 },
  { ...COMMA, quote: -1 },
  { ...COMMA, quote: -1, comment: 35, stopsAtEmptyLines: true },
  { ...COMMA, delimiter: 59, quote: 39 },
  { ...COMMA, delimiter: 0, quote: 255, comment: 128 },
  { ...COMMA, delimiter: 9, quote: 34, comment: 35, refusesInnerQuotes: true },
  { ...COMMA, delimiter: 13, stopsAtEmptyLines: true },
  { ...COMMA, quote: 13, stopsAtEmptyLines: true },
  { ...COMMA, quote: 44 },
  { ...COMMA, comment: 44 },
  { ...COMMA, quote: 10, comment: 10 },
  { ...COMMA, delimiter: 10 },
  { ...COMMA, comment: 34 },
  { ...COMMA, comment: 13, stopsAtEmptyLines: true },
];

const kernel = openCsvKernel();

/** Bytes as a window holds them: alone in a buffer of whole words. */
function windowOf(content: string | readonly number[]): Uint8Array {
  const codes = typeof content === 'string' ? Array.from(content, (c) => c.charCodeAt(0)) : content;
  const bytes = new Uint8Array((codes.length + 8) & ~3);
  bytes.set(codes);
  return bytes;
}

const scratch = new Uint32Array(1 << 20);

function twin(
  ...[bytes, from, to, columnCount, dialect, capacity]: Parameters<CsvScanner>
): CsvEnds {
  const room = scratch.subarray(0, capacity);
  const scan = scanCsvPlainly(bytes, from, to, columnCount, dialect, room);
  return { ...scan, ends: room.subarray(0, scan.rows * columnCount) };
}

/** Without `expect`, which is slow: what differs, or nothing. */
function difference(...window: Parameters<CsvScanner>): string {
  const found = kernel!(...window);
  const wanted = twin(...window);
  const where = found.ends.findIndex((end, i) => end !== wanted.ends[i]);
  if (
    found.rows === wanted.rows &&
    found.next === wanted.next &&
    found.innerBreaks === wanted.innerBreaks &&
    found.isPlain === wanted.isPlain &&
    found.ends.length === wanted.ends.length &&
    where < 0
  )
    return '';
  const shown = ({ ends, ...rest }: CsvEnds): string =>
    `${JSON.stringify(rest)} ends[${where}] ${ends[where]}`;
  const [bytes, from, to, columnCount, dialect, capacity] = window;
  const text = JSON.stringify(
    String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 300))),
  );
  return (
    `${shown(found)}, not ${shown(wanted)}: [${from}, ${to}) × ${columnCount} of ${capacity}, ` +
    `${JSON.stringify(dialect)}: ${text}`
  );
}

/** Any bytes, most of them with a meaning. */
function noise(random: Random, size: number, dialect: CsvScanDialect): number[] {
  const { delimiter, quote, comment } = dialect;
  const alphabet = [delimiter, 10, 97, quote, 13, 98, comment, 120].map((byte) => byte & 255);
  const kinds = 2 + random(alphabet.length - 1);
  return Array.from({ length: size }, () => alphabet[random(kinds)]!);
}

/** Records as files have them, with `odd` in a thousand fields that are not as they should be. */
function records(
  random: Random,
  size: number,
  columnCount: number,
  dialect: CsvScanDialect,
  odd: number,
): number[] {
  const { delimiter, quote } = dialect;
  const bytes: number[] = [];
  const isCrLf = random(3) === 0;
  // Large fields among small ones, and files without any quote.
  const quoted = random(3) * 4;
  const longest = 1 + random(30);
  for (let c = 0; bytes.length < size; c = (c + 1) % columnCount) {
    if (quote >= 0 && random(10) < quoted) {
      bytes.push(quote);
      for (let k = random(longest); k > 0; k--)
        bytes.push(...[[97], [delimiter], [10], [13, 10], [quote, quote], [98, 99]][random(6)]!);
      bytes.push(quote);
    } else for (let k = random(longest); k > 0; k--) bytes.push(random(9) === 0 ? 13 : 120);
    if (random(1000) < odd) bytes.push([quote & 255, 10, delimiter, 13][random(4)]!);
    if (c < columnCount - 1) bytes.push(delimiter);
    else bytes.push(...(isCrLf ? [13, 10] : [10]));
  }
  return bytes.slice(0, size);
}

/** The tests, for each door to run. */
export function testCsvKernel(): void {
  describe('the CSV kernel', () => {
    it('can be had here', () => {
      expect(kernel).not.toBeNull();
      expect(openCsvKernel()).toBe(kernel);
    });

    it('finds the ends of records, the breaks in them, and where it stopped', () => {
      const bytes = windowOf('a,b\r\n"c\n,""d""\r\n",\nx,5" pipe\n"cut\n');
      expect(scanCsv(bytes, 0, 34, 2, COMMA, 100)).toEqual({
        rows: 3,
        next: 29,
        innerBreaks: 2,
        isPlain: true,
        ends: Uint32Array.of(1, 4, 17, 18, 20, 28),
      });
      expect(kernel!(bytes, 0, 34, 2, COMMA, 100)).toEqual(scanCsv(bytes, 0, 34, 2, COMMA, 100));
      const strict = { ...COMMA, refusesInnerQuotes: true };
      expect(kernel!(bytes, 0, 34, 2, strict, 100)).toMatchObject({ rows: 2, isPlain: false });
      expect(kernel!(bytes, 0, 34, 2, COMMA, 5)).toMatchObject({ rows: 2, next: 19 });
    });

    it.each(DIALECTS.map((dialect, index) => ({ dialect, index })))(
      'sees what its twin sees in noise: $dialect',
      ({ dialect, index }) => {
        for (let seed = 0; seed < 6000; seed++) {
          const random = randomFrom(seed * DIALECTS.length + index);
          const bytes = windowOf(noise(random, random(random(10) === 0 ? 400 : 90), dialect));
          const to = random(bytes.length + 1);
          const from = random(2) === 0 ? 0 : random(to + 1);
          const columnCount = 1 + random(random(2) === 0 ? 2 : 5);
          const capacity = columnCount + random(random(2) === 0 ? 20 : 500);
          const text = difference(bytes, from, to, columnCount, dialect, capacity);
          if (text !== '') expect.fail(`seed ${seed}: ${text}`);
        }
      },
    );

    it('sees what its twin sees in records, cut anywhere', () => {
      let whole = 0;
      let odd = 0;
      for (let seed = 0; seed < 500; seed++) {
        const random = randomFrom(seed);
        const dialect = DIALECTS[random(9)]!;
        const columnCount = 1 + random(random(3) === 0 ? 40 : 6);
        const bytes = windowOf(
          records(random, 200 + random(1500), columnCount, dialect, random(2) * 8),
        );
        const scan = twin(bytes, 0, bytes.length - 8, columnCount, dialect, 1 << 12);
        if (scan.isPlain && scan.rows > 0) whole++;
        else odd++;
        for (let k = 0; k < 60; k++) {
          const to = random(bytes.length + 1);
          const rows = Math.floor(scan.rows / 2);
          const from = random(2) === 0 || rows === 0 ? 0 : scratch[rows * columnCount - 1]! + 1;
          if (from > to) continue;
          const capacity = columnCount + random(1 << (2 + random(10)));
          const text = difference(bytes, from, to, columnCount, dialect, capacity);
          if (text !== '') expect.fail(`seed ${seed}: ${text}`);
          // The scan above is needed again, and the twin writes to the same room.
          twin(bytes, 0, bytes.length - 8, columnCount, dialect, 1 << 12);
        }
      }
      expect(Math.min(whole, odd)).toBeGreaterThan(80);
    });

    it.each(DIALECTS.slice(0, 9))('sees what its twin sees in large windows: %o', (dialect) => {
      for (let seed = 0; seed < 24; seed++) {
        const random = randomFrom(seed + 9000);
        const columnCount = 1 + random(seed % 3 === 0 ? 200 : 12);
        const content = records(random, 90_000, columnCount, dialect, seed % 2);
        const bytes = windowOf(content);
        for (const capacity of [1 << 20, 4 * columnCount, 3001 + columnCount]) {
          const text = difference(bytes, 0, content.length, columnCount, dialect, capacity);
          if (text !== '') expect.fail(`seed ${seed}: ${text}`);
        }
      }
    });

    it('is not put off by anything astride its blocks and pieces', () => {
      const tails = [
        '"a""b","c\nd"\r\n',
        '"",""\n',
        '"""",""""""\r\n',
        'x,"y"\r\n',
        '\r\n',
        ',\n',
        '\n,\n',
        '"a",b"\n',
        'a""b,"c"\n',
        '"a"b,c\n',
        '"a"\rb,c\n',
        '"a","b"\r\r\n',
        '#a,b\n',
        'a,b,c\n',
        'a\n',
      ];
      const dialects = DIALECTS.slice(0, 4);
      const row = 'some text and some more of it';
      for (const border of [64, 128, PIECE, 2 * PIECE]) {
        for (const tail of tails) {
          for (let shift = 0; shift <= tail.length + 1; shift++) {
            for (const columnCount of [1, 2]) {
              const filled = border - shift;
              const line = columnCount === 1 ? `${row}\n` : `${row},\n`;
              const before = line.repeat(Math.floor(filled / line.length) - 1);
              const last = line.slice(row.length).padStart(filled - before.length, 'x');
              const content = `${before}${last}${tail}a,b\n"c\n",d\n`;
              const bytes = windowOf(content);
              for (const dialect of dialects)
                for (const to of [content.length, border, border + 1, border - 1]) {
                  const text = difference(bytes, 0, to, columnCount, dialect, 1 << 14);
                  if (text !== '') expect.fail(`${tail} at ${filled}: ${text.slice(0, 500)}`);
                }
            }
          }
        }
      }
    });

    it('finds any one wrong byte in a large window', () => {
      const random = randomFrom(77);
      const content = records(random, 3 * PIECE, 5, COMMA, 0);
      const bytes = windowOf(content);
      expect(kernel!(bytes, 0, content.length, 5, COMMA, 1 << 20).isPlain).toBe(true);
      let odd = 0;
      for (let k = 0; k < 600; k++) {
        const at = random(content.length);
        const kept = bytes[at]!;
        bytes[at] = [34, 10, 44, 13, 97][random(5)]!;
        const text = difference(bytes, 0, content.length, 5, COMMA, 1 << 20);
        if (!kernel!(bytes, 0, content.length, 5, COMMA, 1 << 20).isPlain) odd++;
        bytes[at] = kept;
        if (text !== '') expect.fail(`byte ${at}: ${text.slice(0, 300)}`);
      }
      expect(odd).toBeGreaterThan(200);
    });

    it('goes on behind quotes inside unquoted fields, few or many', () => {
      for (const [every, count] of [
        [1, 3000],
        [7, 3000],
        [100, 20_000],
        [1999, 20_000],
      ] as const) {
        const lines = Array.from({ length: count }, (_, i) =>
          i % every === 0 ? `${i},5" pipe,"x\ny"\n` : `${i},"10"" pipe",z\n`,
        );
        const content = lines.join('');
        const bytes = windowOf(content);
        const scan = kernel!(bytes, 0, content.length, 3, COMMA, 1 << 20);
        expect(scan).toMatchObject({ rows: count, next: content.length, isPlain: true });
        expect(scan.innerBreaks).toBe(Math.ceil(count / every));
        for (const capacity of [1 << 20, 3 * Math.floor(count / 2) + 1])
          expect(difference(bytes, 0, content.length, 3, COMMA, capacity)).toBe('');
      }
    });

    it('counts the breaks of whole records only', () => {
      for (const size of [10, 1000, 3 * PIECE]) {
        const content = `a,b\n"x\n\ny",z\nc,"${'\n'.repeat(size)}`;
        const bytes = windowOf(content);
        expect(kernel!(bytes, 0, content.length, 2, COMMA, 1000).innerBreaks).toBe(2);
        expect(difference(bytes, 0, content.length, 2, COMMA, 1000)).toBe('');
      }
    });

    it('has room for separators only, for wide rows and for a single column', () => {
      const wide = `${','.repeat(99_999)}\n`.repeat(5);
      const blank = '\n'.repeat(300_000);
      const full = `${','.repeat(3)}\n`.repeat(300_000);
      for (const [content, columnCount] of [
        [wide, 100_000],
        [wide, 99_999],
        [wide, 1 << 19],
        [blank, 1],
        [full, 4],
        [full, 7],
      ] as const) {
        const bytes = windowOf(content);
        for (const capacity of [1 << 20, columnCount, columnCount * 2 + 1])
          expect(difference(bytes, 0, content.length, columnCount, COMMA, capacity)).toBe('');
      }
      const whole = kernel!(windowOf(full), 0, full.length, 4, COMMA, 1 << 20);
      expect(whole).toMatchObject({ rows: 1 << 18, next: 1 << 20, isPlain: true });
    });
  });
}
