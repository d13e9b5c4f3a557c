// Opens a table that is made as it is read: the same bytes in every door for the same shape, rows and seed.
import type { GeneratedBytes } from '../../contract/bindings.ts';
import { ExportError } from '../../contract/errors.ts';
import type { OpenedBytes } from './blob.ts';
import { agents } from './shapes/agents.ts';
import { commandExecutions } from './shapes/commands.ts';
import { orders } from './shapes/orders.ts';
import { MOST_ROW_BYTES, Random, RowWriter, type GeneratedShape } from './shapes/row-writer.ts';
import { GENERATED_TEXTS } from './texts.ts';

const CHUNK_BYTES = 1024 * 1024;
const MOST_ROWS = 1_000_000_000;
const MOST_SEED = 2 ** 32 - 1;

const shapes = new Map<string, GeneratedShape>([
  ['orders', orders],
  ['agents', agents],
  ['commands', commandExecutions],
]);

function refuse(path: string, detail: string): never {
  throw new ExportError('config.wrong-option', { path: `generate.${path}`, detail });
}

function isWhole(value: unknown, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
}

/** Throws `config.wrong-option` for a shape there is none of, and for rows or a seed out of range. */
export function openGenerated({ shape, rows, seed }: GeneratedBytes): OpenedBytes {
  const found = shapes.get(shape);
  if (found === undefined)
    return refuse('shape', GENERATED_TEXTS.shape(String(shape), [...shapes.keys()].join(', ')));
  if (!isWhole(rows, MOST_ROWS)) refuse('rows', GENERATED_TEXTS.number(String(rows), MOST_ROWS));
  if (!isWhole(seed, MOST_SEED)) refuse('seed', GENERATED_TEXTS.number(String(seed), MOST_SEED));
  return {
    name: `${shape}-${rows}.csv`,
    sizeBytes: null,
    once: false,
    async *open() {
      const random = new Random(seed);
      const fresh = (): Uint8Array => new Uint8Array(CHUNK_BYTES + MOST_ROW_BYTES);
      const to = new RowWriter(fresh());
      to.phrase(new TextEncoder().encode(`${found.header}\n`));
      for (let row = 0; row < rows; row++) {
        found.write(to, random, row, rows);
        if (to.at < CHUNK_BYTES) continue;
        const chunk = to.bytes.subarray(0, to.at);
        to.bytes = fresh();
        to.at = 0;
        yield chunk;
      }
      if (to.at > 0) yield to.bytes.subarray(0, to.at);
    },
  };
}
