// An engine in the calling thread that keeps its output in memory, for the engine's own tests.
import { expect } from 'vitest';
import { z } from 'zod';
import { defineOptions } from '../contract/options.schema.ts';
import { ExportError } from '../contract/errors.ts';
import type { DeliveryCard, DeliveryWriter, FileWriter } from '../contract/delivery-plugin.ts';
import { openBlob, type OpenedBytes } from '../sources/bytes/blob.ts';
import { createEngine } from './engine.ts';
import { inlineLanes } from './lanes.ts';
import { builtInPlugins } from './plugins.ts';

/** What a memory delivery holds and was told. */
export interface MemoryTarget {
  files: Map<string, Uint8Array>;
  committed: boolean;
  aborted: number;
  /** Files as they were asked for, and what was to become of old ones. */
  fates: [name: string, ifExists: string][];
  dropped: string[];
  /** Deliveries that were opened. */
  opened: number;
  /** Awaited by every opening. */
  onOpen?: () => Promise<void>;
  /** Called before every write; throw to fail it. */
  onWrite?: (write: number) => void;
  /** Flips one bit of what is read back. */
  corrupt?: boolean;
  /** Flips one bit of each file when it is closed. */
  flip?: { at: number; bit: number };
}

export function memoryTarget(): MemoryTarget {
  return { files: new Map(), fates: [], dropped: [], committed: false, aborted: 0, opened: 0 };
}

const memory: DeliveryCard = {
  id: 'memory',
  title: 'Memory',
  purpose: 'Keeps the output for a test.',
  doors: ['browser', 'node'],
  needs: 'nothing',
  takesMany: true,
  takesFolders: true,
  namesLate: true,
  seesOld: true,
  options: defineOptions(z.object({}), {}),
  load: async () => ({
    async open({ target, ifExists: rule }): Promise<DeliveryWriter> {
      const kept = target as MemoryTarget;
      await kept.onOpen?.();
      kept.opened++;
      let writes = 0;
      const before = new Map(kept.files);
      return {
        async openFile(name, fate) {
          const ifExists = fate?.ifExists ?? rule;
          kept.fates.push([name, ifExists]);
          if (ifExists === 'fail' && fate?.isNameless !== true && before.has(name))
            throw new ExportError('deliver.exists', { name });
          const pieces: Uint8Array[] = [];
          const file: FileWriter = {
            name,
            path: name,
            async write(bytes) {
              kept.onWrite?.(++writes);
              pieces.push(bytes.slice());
            },
            async close() {
              const bytes = new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer());
              if (kept.flip !== undefined)
                bytes[kept.flip.at % bytes.length]! ^= 1 << kept.flip.bit;
              kept.files.set(file.name, bytes);
            },
            async rename(named) {
              const bytes = kept.files.get(file.name)!;
              kept.files.delete(file.name);
              kept.files.set(named, bytes);
              file.name = file.path = named;
            },
            async drop() {
              kept.files.set(file.name, before.get(file.name)!);
              kept.dropped.push(file.name);
            },
          };
          return file;
        },
        async readOld(name) {
          const bytes = before.get(name);
          return bytes === undefined
            ? null
            : (async function* () {
                yield bytes.slice();
              })();
        },
        async *readBack(name: string) {
          const bytes = kept.files.get(name)!.slice();
          if (kept.corrupt === true) bytes[0]! ^= 1;
          yield bytes;
        },
        async commit() {
          kept.committed = true;
          return null;
        },
        async abort() {
          kept.aborted++;
          kept.files.clear();
        },
      };
    },
  }),
};

export const testPlugins = builtInPlugins([memory]);

/** Byte bindings are Blobs, or anything that opens as bytes already. */
export function testEngine(): ReturnType<typeof createEngine> {
  const lanes = inlineLanes(testPlugins.formats);
  return createEngine({
    plugins: testPlugins,
    openBytes: async (binding) =>
      binding instanceof Blob ? openBlob(binding) : (binding as unknown as OpenedBytes),
    lanes: () => lanes,
    yieldMacrotask: () => new Promise((resolve) => setTimeout(resolve)),
  });
}

/** Words for a person: whole sentences in which nothing of the machine shows through. */
export function expectReadable(
  { sentence, hint }: { sentence: string; hint: string },
  about?: string,
): void {
  for (const text of [sentence, hint]) {
    expect(text, about).toMatch(/^\S.*[.…)?]$/s);
    // What the file holds may look like anything.
    const own = text.replaceAll(/“[^”]*”/gs, '“”');
    expect(own, about).not.toMatch(/\{\w+\}|undefined|\[object|NaN|\.\.$/);
    expect(text.length, about).toBeLessThan(600);
  }
}

export const textOf = (bytes: Uint8Array | undefined): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** Bytes that arrive in chunks of these sizes, over and over. */
export function chunkedBytes(
  name: string,
  bytes: Uint8Array,
  sizes: readonly number[],
  once = false,
): OpenedBytes {
  return {
    name,
    sizeBytes: once ? null : bytes.length,
    once,
    async *open() {
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const size = Math.max(1, sizes[i % sizes.length]!);
        yield bytes.slice(at, at + size);
        at += size;
      }
    },
  };
}
