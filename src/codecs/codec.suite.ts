// What every codec must hold, whichever it is: run over the whole registry.
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../contract/config.ts';
import {
  collect,
  inChunks,
  tableBytes,
  testJobs,
  testPackContext,
} from '../contract/deflate-jobs.suite.ts';
import { ExportError } from '../contract/errors.ts';
import type { CodecCard } from '../contract/codec-plugin.ts';

const MIB = 1024 * 1024;
const SIZES = [0, 1, 1000, MIB - 1, MIB, MIB + 1, 3 * MIB + 77];
const unpackContext = { name: 'packed', limits: DEFAULT_LIMITS };

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Codecs whose data carries no checksum, so that damage may go unseen (RFC 7932 has none). */
const WITHOUT_SUM = new Set(['brotli']);

/** Checks a codec's card and its one function in both directions. */
export function describeCodec(card: CodecCard): void {
  describe(`codec ${card.id}`, () => {
    const pack = async (bytes: Uint8Array, chunk: number, width: number): Promise<Uint8Array> => {
      const module = await card.load();
      const context = testPackContext(card.options.defaults, testJobs(width));
      return collect(module.transform!(inChunks(bytes, chunk), context));
    };

    it('has a whole card', () => {
      expect(card.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(card.extension).toMatch(/^\.[a-z0-9]+$/);
      expect(card.mediaType).toMatch(/^[a-z]+\/[a-z0-9.+-]+$/);
      expect(card.title.length * card.purpose.length).toBeGreaterThan(0);
    });

    it('refuses options it does not know', () => {
      expect(card.options.parse({ 'no such option': 1 }).issues).toBeDefined();
      expect(card.options.parse({}).value).toEqual(card.options.defaults);
    });

    it('does what it says it can', async () => {
      const module = await card.load();
      expect(typeof module.transform === 'function').toBe(card.canEncode);
      expect(typeof module.decode === 'function').toBe(card.canDecode);
    });

    it('does not take other bytes for its own', () => {
      expect(card.matches(new Uint8Array(0))).toBe(false);
      expect(card.matches(new TextEncoder().encode('id,name\n1,Anna\n'))).toBe(false);
      expect(card.matches(Uint8Array.of(0x50, 0x4b, 3, 4))).toBe(false);
    });

    // What is encrypted differs each time and is opened by others' programs, beside it.
    if (card.encrypts) return;

    it.each(SIZES)('packs and unpacks %i bytes', async (size) => {
      const bytes = tableBytes(size);
      const packed = await pack(bytes, 100_000, 2);
      expect(card.matches(packed)).toBe(card.hasNoMagic !== true);
      const module = await card.load();
      for (const chunk of [0, 999, 65_536, packed.length]) {
        const back = await collect(module.decode!(inChunks(packed, chunk), unpackContext));
        expect(same(back, bytes)).toBe(true);
      }
    });

    it('gives the same bytes for any chunks and any number of lanes', async () => {
      const bytes = tableBytes(5 * MIB + 123);
      const packed = await pack(bytes, bytes.length, 1);
      for (const [chunk, width] of [
        [0, 1],
        [4_097, 2],
        [MIB, 3],
        [MIB + 1, 5],
        [2 * MIB, 16],
      ] as const) {
        expect(same(await pack(bytes, chunk, width), packed)).toBe(true);
      }
    });

    it('says so when packed data was cut anywhere', async () => {
      const packed = await pack(tableBytes(200_000), 10_000, 2);
      const module = await card.load();
      const cuts = [0, 1, 5, 9, 10, 11, 200, packed.length >> 1];
      for (let tail = 1; tail <= 12; tail++) cuts.push(packed.length - tail);
      for (const cut of cuts) {
        const cutOff = module.decode!(inChunks(packed.subarray(0, cut), 1_000), unpackContext);
        await expect(collect(cutOff), `cut at ${cut}`).rejects.toThrow(ExportError);
      }
    });

    it('never gives other bytes for damaged data', async () => {
      const bytes = tableBytes(60_000);
      const packed = await pack(bytes, 10_000, 2);
      const module = await card.load();
      let refused = 0;
      for (let k = 0; k < 400; k++) {
        const damaged = packed.slice();
        const at = Math.floor((k / 400) * packed.length);
        damaged[at]! ^= 1 << (k % 8);
        try {
          const back = await collect(module.decode!(inChunks(damaged, 7_777), unpackContext));
          if (!WITHOUT_SUM.has(card.id)) expect(same(back, bytes), `byte ${at}`).toBe(true);
        } catch (thrown) {
          expect(thrown, `byte ${at}`).toBeInstanceOf(ExportError);
          refused++;
        }
      }
      expect(refused).toBeGreaterThan(WITHOUT_SUM.has(card.id) ? 20 : 380);
    });

    it('stops at the limits', async () => {
      const packed = await pack(new Uint8Array(8 * MIB), MIB, 2);
      const module = await card.load();
      for (const [option, value] of [
        ['unpackedBytes', 3 * MIB],
        ['unpackRatio', 20],
      ] as const) {
        // Zeros become less than a thousandth of their size with some.
        const limits = { ...DEFAULT_LIMITS, unpackRatio: 1e6, [option]: value };
        const run = collect(module.decode!(inChunks(packed, 4_096), { name: 'packed', limits }));
        await expect(run).rejects.toMatchObject({
          code: 'read.unpack.too-large',
          parameters: { option },
        });
      }
      const roomy = { ...DEFAULT_LIMITS, unpackRatio: 1e6, unpackedBytes: 8 * MIB };
      const whole = await collect(
        module.decode!(inChunks(packed, 4_096), { name: '', limits: roomy }),
      );
      expect(whole.length).toBe(8 * MIB);
    });

    it('passes on the failure of a job, and of its input', async () => {
      const module = await card.load();
      const lanes = testJobs(3, 2);
      let jobs = 0;
      const context = testPackContext(card.options.defaults, {
        width: lanes.width,
        deflate(block, level) {
          jobs++;
          return lanes.deflate(block, level);
        },
      });
      const run = collect(module.transform!(inChunks(tableBytes(6 * MIB), MIB), context));
      const failed = await run.then(
        () => false,
        (thrown: unknown) => {
          expect(String(thrown)).toContain('the lane failed');
          return true;
        },
      );
      expect(failed).toBe(jobs > 0);
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield tableBytes(3 * MIB);
        throw new Error('the source failed');
      };
      const other = testPackContext(card.options.defaults, testJobs(3));
      await expect(collect(module.transform!(broken(), other))).rejects.toThrow(
        'the source failed',
      );
    });

    it('stops when it is cancelled', async () => {
      const module = await card.load();
      const controller = new AbortController();
      const context = {
        ...testPackContext(card.options.defaults, testJobs(2)),
        signal: controller.signal,
      };
      const endless = async function* (): AsyncGenerator<Uint8Array> {
        for (;;) yield tableBytes(MIB);
      };
      let pieces = 0;
      const run = async (): Promise<void> => {
        for await (const piece of module.transform!(endless(), context)) {
          pieces += piece.length > 0 ? 1 : 0;
          if (pieces === 3) controller.abort();
        }
      };
      await expect(run()).rejects.toThrow(/abort/i);
      expect(pieces).toBeLessThan(8);
    });
  });
}
