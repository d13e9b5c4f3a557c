// What every delivery must hold, run over each door's registry.
import { describe, expect, it } from 'vitest';
import { ExportError } from '../contract/errors.ts';
import type {
  DeliveryCard,
  DeliveryContext,
  DeliveryHandover,
  DeliveryWriter,
  FileWriter,
} from '../contract/delivery-plugin.ts';

/** A place a delivery can write to, fresh for each test. */
export interface DeliveryPlace {
  options: Record<string, unknown>;
  target: unknown;
  /** Everything that lies in the place, temporary files too; null where the delivery promises nothing of it. */
  list(): Promise<string[] | null>;
  /** The bytes delivered under a name; `handover` is what commit returned. */
  read(name: string, handover: DeliveryHandover | null): Promise<Uint8Array>;
  /** Puts a file there beforehand; missing where names do not exist. */
  put?(name: string, bytes: Uint8Array): Promise<void>;
  /** The only name the place has, where the target fixes it. */
  fixedName?: string;

  close?(): Promise<void>;
}

export interface DeliveryCase {
  place(): Promise<DeliveryPlace>;
  /** Whether what is written cannot be taken back. */
  cannotUndo?: boolean;
}

const encoder = new TextEncoder();

const samples = new Map<string, Uint8Array>();

/** `size` bytes of ASCII that do not repeat soon. */
export function sampleBytes(size: number, seed = 1): Uint8Array {
  const known = samples.get(`${size} ${seed}`);
  if (known) return known.slice();
  const bytes = new Uint8Array(size);
  let state = seed;
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = 32 + ((state >>> 24) % 95);
  }
  if (size > 1_000_000) samples.set(`${size} ${seed}`, bytes.slice());
  return bytes;
}

/** Joins what an iterable of bytes gives. */
export async function joinBytes(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece.slice());
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Equality of long byte arrays; `toEqual` takes seconds for megabytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** A place for the stream delivery, which works through both doors. */
export const streamCase: DeliveryCase = {
  cannotUndo: true,
  place() {
    const parts: Uint8Array[] = [];
    const target = new WritableStream<Uint8Array>({
      write(piece) {
        parts.push(piece);
      },
    });
    const read = (): Promise<Uint8Array> =>
      joinBytes(
        (async function* () {
          yield* parts;
        })(),
      );
    return Promise.resolve({ options: {}, target, list: () => Promise.resolve(null), read });
  },
};

/** The code of the ExportError that a promise ends with, or `none`. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (thrown) {
    if (thrown instanceof ExportError) return thrown.code;
    throw thrown;
  }
}

export function describeDelivery(
  card: DeliveryCard,
  { place: makePlace, ...traits }: DeliveryCase,
) {
  const inPlace = async (work: (place: DeliveryPlace) => Promise<void>): Promise<void> => {
    const place = await makePlace();
    try {
      await work(place);
    } finally {
      await place.close?.();
    }
  };
  const openIn = async (
    place: DeliveryPlace,
    given: Partial<DeliveryContext<unknown>> = {},
  ): Promise<DeliveryWriter> => {
    const options = card.options.parse(place.options);
    expect(options.issues).toBeUndefined();
    const module = await card.load();
    return module.open({
      options: options.value,
      ifExists: 'fail',
      target: place.target,
      mediaType: 'text/csv',
      jobId: 'job-1',
      network: { fetch: globalThis.fetch, now: Date.now, sleep: async () => {} },
      signal: new AbortController().signal,
      ...given,
    });
  };
  const writeAll = async (writer: FileWriter, pieces: readonly Uint8Array[]): Promise<void> => {
    for (const piece of pieces) {
      const reused = piece.slice();
      await writer.write(reused);
      // The contract lets the caller refill a piece: a delivery that still reads it writes these.
      reused.fill(0x21);
    }
    await writer.close();
  };

  describe(`delivery ${card.id}`, () => {
    it('has its words', () => {
      expect(card.title).not.toBe('');
      expect(card.purpose).toMatch(/\.$/);
      expect(card.doors.length).toBeGreaterThan(0);
    });

    const sizes: [string, number[]][] = [
      ['an empty file', []],
      ['one byte', [1]],
      ['an empty piece between two', [3, 0, 4]],
      ['many small pieces', Array.from({ length: 3000 }, (_, i) => (i * 7) % 90)],
      ['pieces around the size of a write', [4 << 20, 1, (4 << 20) - 1, (5 << 20) + 5, 17]],
    ];
    for (const [what, pieceSizes] of sizes)
      it(`delivers ${what}`, () =>
        inPlace(async (place) => {
          const pieces = pieceSizes.map((size, i) => sampleBytes(size, i + 1));
          const whole = await joinBytes(
            (async function* () {
              yield* pieces;
            })(),
          );
          const delivery = await openIn(place);
          const writer = await delivery.openFile('orders.csv');
          expect(writer.name).toBe(place.fixedName ?? 'orders.csv');
          await writeAll(writer, pieces);
          const stored = delivery.readBack(writer.name);
          if (stored !== null) expect(sameBytes(await joinBytes(stored), whole)).toBe(true);
          const handover = await delivery.commit();
          expect(sameBytes(await place.read(writer.name, handover), whole)).toBe(true);
          const left = await place.list();
          if (left !== null) expect(left).toEqual([writer.name]);
        }));

    if (card.takesMany)
      it('delivers several files, the empty one too', () =>
        inPlace(async (place) => {
          const delivery = await openIn(place);
          const names = ['a-001.csv', 'a-002.csv', 'ä 3 (x).csv.gz'];
          const contents = [sampleBytes(10), new Uint8Array(0), sampleBytes(5_000_000, 3)];
          for (const [i, name] of names.entries())
            await writeAll(await delivery.openFile(name), [contents[i]!]);
          for (const [i, name] of names.entries()) {
            const stored = delivery.readBack(name);
            if (stored) expect(sameBytes(await joinBytes(stored), contents[i]!)).toBe(true);
          }
          const handover = await delivery.commit();
          for (const [i, name] of names.entries())
            expect(sameBytes(await place.read(name, handover), contents[i]!)).toBe(true);
          const left = await place.list();
          if (left !== null) expect(left.toSorted()).toEqual(names.toSorted());
        }));
    else
      it('refuses a second file', () =>
        inPlace(async (place) => {
          const delivery = await openIn(place);
          await writeAll(await delivery.openFile('a.csv'), []);
          expect(await codeOf(delivery.openFile('b.csv'))).toBe('deliver.one-file-only');
          await delivery.abort();
        }));

    if (card.takesMany)
      it.each([
        '',
        '.',
        '..',
        '../escaped.csv',
        '/tmp/escaped.csv',
        ...(card.takesFolders ? ['a/../b.csv', 'a//b.csv', 'a/', 'a/b\\c.csv'] : ['a/b.csv']),
        'a\\b.csv',
        'a\0.csv',
      ])('refuses %j as a name', (name) =>
        inPlace(async (place) => {
          const delivery = await openIn(place);
          expect(await codeOf(delivery.openFile(name))).toBe('deliver.failed');
          await delivery.abort();
          const left = await place.list();
          if (left !== null) expect(left).toEqual([]);
        }),
      );

    if (card.takesFolders)
      it('makes the folders that names lead into, and none for what is given up', () =>
        inPlace(async (place) => {
          const given = await openIn(place);
          await writeAll(await given.openFile('x=1/y=2/a.csv'), [encoder.encode('gone')]);
          await given.abort();
          expect(await place.list()).toEqual([]);
          const delivery = await openIn(place);
          const names = ['x=1/y=2/a.csv', 'x=1/b.csv', 'x=2/a.csv', 'c.csv'];
          for (const name of names)
            await writeAll(await delivery.openFile(name), [encoder.encode(name)]);
          for (const name of names) {
            const stored = delivery.readBack(name);
            expect(stored && (await joinBytes(stored))).toEqual(encoder.encode(name));
          }
          await delivery.commit();
          for (const name of names)
            expect(await place.read(name, null)).toEqual(encoder.encode(name));
          expect((await place.list())!.toSorted()).toEqual(['c.csv', 'x=1', 'x=2']);
          const again = await openIn(place);
          expect(await codeOf(again.openFile('x=2/a.csv'))).toBe('deliver.exists');
          const second = await openIn(place, { ifExists: 'rename' });
          const numbered = await second.openFile('x=2/a.csv');
          expect(numbered.name).toBe('x=2/a (2).csv');
          await writeAll(numbered, []);
          await second.commit();
          expect(await codeOf(openIn(place).then((d) => d.openFile('c.csv/d.csv')))).toBe(
            'deliver.failed',
          );
        }));
    if (card.namesLate)
      it('gives files their names behind the writing', () =>
        inPlace(async (place) => {
          const delivery = await openIn(place);
          const writers: FileWriter[] = [];
          for (const number of ['1', '2']) {
            const writer = await delivery.openFile(number, { isNameless: true });
            await writeAll(writer, [encoder.encode(`file ${number}`)]);
            writers.push(writer);
          }
          await writers[0]!.rename!('two.csv');
          await writers[1]!.rename!('one.csv');
          expect(writers.map((writer) => writer.name)).toEqual(['two.csv', 'one.csv']);
          const stored = delivery.readBack('two.csv');
          expect(stored && (await joinBytes(stored))).toEqual(encoder.encode('file 1'));
          const handover = await delivery.commit();
          expect(await place.read('two.csv', handover)).toEqual(encoder.encode('file 1'));
          expect(await place.read('one.csv', handover)).toEqual(encoder.encode('file 2'));
          const left = await place.list();
          if (left !== null) expect(left.toSorted()).toEqual(['one.csv', 'two.csv']);
        }));
    if (card.seesOld)
      it('reads old files, replaces one, and leaves one as it is when the new is dropped', () =>
        inPlace(async (place) => {
          await place.put!('a.csv', encoder.encode('old a'));
          await place.put!('b.csv', encoder.encode('old b'));
          const delivery = await openIn(place);
          expect(await delivery.readOld!('none.csv')).toBeNull();
          expect(await delivery.readOld!('none/a.csv')).toBeNull();
          expect(await joinBytes((await delivery.readOld!('a.csv'))!)).toEqual(
            encoder.encode('old a'),
          );
          const a = await delivery.openFile('a.csv', { ifExists: 'replace' });
          await writeAll(a, [encoder.encode('new a')]);
          const b = await delivery.openFile('b.csv', { ifExists: 'replace' });
          await writeAll(b, [encoder.encode('new b')]);
          await b.drop!();
          await delivery.commit();
          expect(await place.read('a.csv', null)).toEqual(encoder.encode('new a'));
          expect(await place.read('b.csv', null)).toEqual(encoder.encode('old b'));
          expect((await place.list())!.toSorted()).toEqual(['a.csv', 'b.csv']);
        }));

    if (!traits.cannotUndo) {
      const fileCount = card.takesMany ? 3 : 1;
      /** Each call of a delivery's life, in the engine's order. */
      const calls = (): ((state: {
        delivery: DeliveryWriter;
        writers: FileWriter[];
      }) => Promise<unknown>)[] => [
        ...Array.from({ length: fileCount }, (_, i) => [
          async (s: { delivery: DeliveryWriter; writers: FileWriter[] }) => {
            s.writers.push(await s.delivery.openFile(`a-${i}.csv`));
          },
          (s: { writers: FileWriter[] }) => s.writers[i]!.write(sampleBytes(100)),
          (s: { writers: FileWriter[] }) => s.writers[i]!.write(sampleBytes(5_000_000)),
          (s: { writers: FileWriter[] }) => s.writers[i]!.close(),
        ]).flat(),
        async (s) => {
          const stored = s.delivery.readBack(s.writers[0]!.name);
          if (stored) await joinBytes(stored);
        },
      ];
      const callCount = calls().length;

      it.each(Array.from({ length: callCount + 1 }, (_, i) => i))(
        'leaves nothing when aborted after %i calls, twice',
        (count) =>
          inPlace(async (place) => {
            const delivery = await openIn(place);
            const state = { delivery, writers: [] };
            for (const call of calls().slice(0, count)) await call(state);
            await delivery.abort();
            await delivery.abort();
            const left = await place.list();
            if (left !== null) expect(left).toEqual([]);
            await expect(delivery.openFile('late.csv')).rejects.toThrow(ExportError);
          }),
      );

      it.each(Array.from({ length: callCount }, (_, i) => i))(
        'leaves nothing when aborted while call %i is under way',
        (count) =>
          inPlace(async (place) => {
            const delivery = await openIn(place);
            const state = { delivery, writers: [] };
            for (const call of calls().slice(0, count)) await call(state);
            const pending = calls()[count]!(state).catch(() => {});
            await delivery.abort();
            await pending;
            await delivery.abort();
            const left = await place.list();
            if (left !== null) expect(left).toEqual([]);
          }),
      );

      it('keeps what is committed when aborted afterwards', () =>
        inPlace(async (place) => {
          const delivery = await openIn(place);
          const writer = await delivery.openFile('a.csv');
          await writeAll(writer, [encoder.encode('kept')]);
          const handover = await delivery.commit();
          if (handover === null) {
            await delivery.abort();
            expect(await place.read(writer.name, null)).toEqual(encoder.encode('kept'));
          }
        }));
    }

    if (!traits.cannotUndo)
      it('can be opened again after an abort', () =>
        inPlace(async (place) => {
          const first = await openIn(place);
          const given = await first.openFile('a.csv');
          await given.write(encoder.encode('first'));
          await first.abort();
          const second = await openIn(place);
          const writer = await second.openFile('a.csv');
          await writeAll(writer, [encoder.encode('second')]);
          const handover = await second.commit();
          expect(await place.read(writer.name, handover)).toEqual(encoder.encode('second'));
        }));

    if (card.takesMany)
      describe('a name that is taken', () => {
        const old = encoder.encode('the old one');
        const fresh = encoder.encode('the new one, which is longer');
        const withOld = (work: (place: DeliveryPlace) => Promise<void>): Promise<void> =>
          inPlace(async (place) => {
            if (!place.put) return;
            await place.put('a.csv', old);
            await work(place);
          });

        it('fails', () =>
          withOld(async (place) => {
            const delivery = await openIn(place, { ifExists: 'fail' });
            expect(await codeOf(delivery.openFile('a.csv'))).toBe('deliver.exists');
            await delivery.abort();
            expect(await place.list()).toEqual(['a.csv']);
            expect(await place.read('a.csv', null)).toEqual(old);
          }));

        it('is replaced only by the commit', () =>
          withOld(async (place) => {
            const delivery = await openIn(place, { ifExists: 'replace' });
            const writer = await delivery.openFile('a.csv');
            await writeAll(writer, [fresh]);
            const stored = delivery.readBack('a.csv');
            expect(stored && (await joinBytes(stored))).toEqual(fresh);
            expect(await place.read('a.csv', null)).toEqual(old);
            await delivery.commit();
            expect(await place.read('a.csv', null)).toEqual(fresh);
            expect(await place.list()).toEqual(['a.csv']);
          }));

        it('keeps the old one when the run is given up', () =>
          withOld(async (place) => {
            const delivery = await openIn(place, { ifExists: 'replace' });
            await writeAll(await delivery.openFile('a.csv'), [fresh]);
            await delivery.abort();
            expect(await place.read('a.csv', null)).toEqual(old);
            expect(await place.list()).toEqual(['a.csv']);
          }));

        it('gets a number', () =>
          withOld(async (place) => {
            const delivery = await openIn(place, { ifExists: 'rename' });
            const first = await delivery.openFile('a.csv');
            await writeAll(first, [fresh]);
            expect(first.name).toBe('a (2).csv');
            const second = await delivery.openFile('a.csv');
            await writeAll(second, [old]);
            expect(second.name).toBe('a (3).csv');
            await delivery.commit();
            expect(await place.read('a (2).csv', null)).toEqual(fresh);
            expect((await place.list())?.toSorted()).toEqual(['a (2).csv', 'a (3).csv', 'a.csv']);
          }));
      });
  });
}
