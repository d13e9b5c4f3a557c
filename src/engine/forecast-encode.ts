// Encodes and packs sampled rows as a run would, again and again, and tells how large they came out and how long it took.
import type { EncoderContext, EncoderRoom } from '../contract/encoder.ts';
import type { FormatCard } from '../contract/format-plugin.ts';
import type { Loss } from '../contract/report.ts';
import type { Batch } from '../table/batch.ts';
import { cappedFiles } from './capped-parts.ts';
import {
  encodeEntries,
  type EncodedEntry,
  type EncodeHooks,
  type PartPlace,
} from './encode-stream.ts';
import { inlineLanes, type LanePool } from './lanes.ts';
import { Meter } from './meter.ts';
import type { NameFacts } from './naming.ts';
import { createOutputNames, type NamedGroups } from './output-names.ts';
import type { PlannedOutput } from './plan.ts';
import { rehearsalWriter } from './rehearsal.ts';
import { openRowGroups, planSplit } from './row-groups.ts';
import { Tally } from './tally.ts';
import { spreadOrder } from './estimate.ts';
import type { Plan } from './graph.ts';
import type { FieldOrigins } from './source-misfit.ts';
import { packedFiles, rowsPacker } from './pack-output.ts';
import type { WriteContext, Written } from './write-context.ts';
import { writeOutput } from './write-output.ts';

const CHUNK_BYTES = 128 * 1024;
/** So little is packed whole without trying how long it takes. */
const LITTLE_BYTES = 2 * CHUNK_BYTES;
/** Of the deflate that only measures. */
const MEASURING_LEVEL = 1;
/** Chunks are packed in runs, as the first bytes of a run pack badly; so many runs however long it takes. */
const RUN_CHUNKS = 4;
const LEAST_RUNS = 2;

/** How long something took: in this thread alone, and what of it lanes would have done. */
export interface Took {
  ms: number;
  jobMs: number;
}

/** The entries of an output, held to be packed again and again. */
export interface Encoded extends Took {
  entries: HeldEntry[];
  bytes: number;
  losses: Loss[];
  named: NamedGroups;
}

interface HeldEntry {
  place: PartPlace;
  suffix: string;
  chunks: Chunk[];
  rows: number;
}

/** Bytes that came of rows of one group. */
interface Chunk {
  bytes: Uint8Array;
  /** The last group whose rows had been asked for by then. */
  group: number;
  /** Its size deflated by itself, once that was looked at. */
  deflatedBytes?: number;
}

export interface Packed extends Took {
  bytes: number;
  losses: Loss[];
  /** How much of the bytes was packed, 1 = all; `bytes` and times are as if it had been all. */
  share: number;
}

/** What trials of one plan share. */
export interface TrialRoom {
  plan: Plan;
  origins: FieldOrigins;
  facts: NameFacts;
  contextOf(output: PlannedOutput, part: number): EncoderContext<unknown>;
  room: EncoderRoom;
  formats: readonly FormatCard[];
  secret(id: string): string;
  signal: AbortSignal;
  /** Lets a cancel in. */
  tick(): Promise<void>;
}

/** One output with its rows: encoded once, packed in as many ways as are asked for. */
export class Trial {
  readonly #room: TrialRoom;
  readonly #lanes: LanePool;
  #jobMs = 0;

  constructor(room: TrialRoom) {
    this.#room = room;
    const inline = inlineLanes(room.formats);
    this.#lanes = {
      ...inline,
      deflate: async (block, level) => {
        const startMs = performance.now();
        const done = await inline.deflate(block, level);
        this.#jobMs += performance.now() - startMs;
        return done;
      },
    };
  }

  /** The rows of every table as the entries of the output, split as it says but by bytes; the first table's in groups. */
  async encode(
    output: PlannedOutput,
    groups: readonly (readonly Batch[])[],
    others: readonly (readonly Batch[])[],
  ): Promise<Encoded> {
    const tally = new Tally(0);
    const named: NamedGroups = { values: [], names: [] };
    const watch = this.#watch();
    const entries: HeldEntry[] = [];
    let bytes = 0;
    let group = 0;
    const first = async function* (): AsyncGenerator<Batch> {
      for (const [i, batches] of groups.entries()) {
        group = i;
        yield* batches;
      }
    };
    const encoded = encodeEntries(
      this.#groups(output, [first(), ...others.map(batchesOf)], named),
      output,
      (part) => this.#room.contextOf(output, part),
      this.#lanes,
      this.#hooks(tally),
    );
    for await (const { place, suffix, bytes: pieces, rows } of encoded) {
      const chunks: Chunk[] = [];
      for await (const piece of pieces) {
        bytes += piece.length;
        addPiece(chunks, piece, group);
        await this.#room.tick();
      }
      entries.push({ place, suffix, chunks, rows: rows() });
    }
    return { entries, bytes, losses: tally.losses(), named, ...watch() };
  }

  /** All of it, or as much as `mostMs` allow, packed as `output` says, with its names, manifest and encryption. */
  async pack(output: PlannedOutput, encoded: Encoded, mostMs: number): Promise<Packed> {
    const isPacked = output.codec !== null || output.archive !== null;
    if (!isPacked || encoded.bytes <= LITTLE_BYTES) return this.#packAll(output, encoded);
    const chunkCount = encoded.entries.reduce((sum, { chunks }) => sum + chunks.length, 0);
    // The first time pays for loading it.
    await this.#packAll(output, withChunks(encoded, new Set()));
    const first = withChunks(encoded, new Set([0]));
    const tries = [await this.#packAll(output, first), await this.#packAll(output, first)];
    const probeMs = Math.min(...tries.map(({ ms }) => ms));
    const bytesInMs = first.bytes / Math.max(probeMs, 0.01);
    const most = Math.floor(((mostMs * bytesInMs) / encoded.bytes) * chunkCount);
    if (most >= chunkCount) return this.#packAll(output, encoded);
    const runs = spreadOrder(Math.ceil(chunkCount / RUN_CHUNKS));
    const chosen = runs
      .slice(0, Math.max(LEAST_RUNS, Math.floor(most / RUN_CHUNKS)))
      .flatMap((run) => Array.from({ length: RUN_CHUNKS }, (_, i) => run * RUN_CHUNKS + i));
    const some = withChunks(encoded, new Set(chosen));
    if (some.bytes === encoded.bytes) return this.#packAll(output, encoded);
    const packed = await this.#packAll(output, some);
    const share = some.bytes / encoded.bytes;
    // Chunks pack well or badly with every codec: a fast one tells how the rest compares.
    const deflated = (await this.deflatedBytes(encoded)) / (await this.deflatedBytes(some));
    // The first chunk may have paid for what was not warm yet.
    const faster = Math.min(1, probeMs / first.bytes / (packed.ms / some.bytes));
    return {
      ...packed,
      bytes: packed.bytes * deflated,
      ms: (packed.ms / share) * faster,
      jobMs: (packed.jobMs / share) * faster,
      share,
    };
  }

  async #packAll(output: PlannedOutput, encoded: Encoded): Promise<Packed> {
    const replayed = async function* (): AsyncGenerator<EncodedEntry> {
      for (const { place, suffix, chunks, rows } of encoded.entries)
        yield { place, suffix, bytes: chunksOf(chunks), rows: () => rows };
    };
    return this.#deliver(output, encoded.named, (context, written) =>
      packedFiles(replayed(), context, written),
    );
  }

  /** Encoded and packed in parts of at most so many bytes, each of which is packed until it fits. */
  async packCapped(output: PlannedOutput, tables: readonly (readonly Batch[])[]): Promise<Packed> {
    const { split } = output.config;
    const named: NamedGroups = { values: [], names: [] };
    const contextOf = (part: number): EncoderContext<unknown> => this.#room.contextOf(output, part);
    return this.#deliver(output, named, (context) =>
      cappedFiles(
        this.#groups(output, tables.map(batchesOf), named),
        contextOf(0).schema,
        { bytes: split!.bytes!, rows: split!.rows ?? Infinity },
        rowsPacker(contextOf, context, this.#hooks(new Tally(0))),
        this.#room.room.scratch,
        (tried) => tried.losses.forEach(context.onLoss),
      ),
    );
  }

  /** Deflated size of its chunks, each by itself, as a measure of how well they pack. */
  async deflatedBytes({ entries }: Encoded): Promise<number> {
    let bytes = 0;
    for (const { chunks } of entries)
      for (const chunk of chunks) {
        chunk.deflatedBytes ??= (
          await this.#lanes.deflate(chunk.bytes.slice(), MEASURING_LEVEL)
        ).bytes.length;
        bytes += chunk.deflatedBytes;
        await this.#room.tick();
      }
    return bytes;
  }

  async #deliver(
    output: PlannedOutput,
    named: NamedGroups,
    filesOf: (context: WriteContext, written: Written) => ReturnType<typeof packedFiles>,
  ): Promise<Packed> {
    const { signal, secret, facts, room, tick } = this.#room;
    const tally = new Tally(0);
    const names = createOutputNames(output, facts, named);
    const written: Written = { files: [], handover: null, encodedBytes: 0, deliveredBytes: 0 };
    const context: WriteContext = {
      output,
      delivery: rehearsalWriter(),
      lanes: this.#lanes,
      meter: new Meter('', {}, signal, 0, tick),
      signal,
      startedAtMs: facts.startedAtMs,
      secret,
      scratch: room.scratch,
      names,
      head: async () => new Uint8Array(0),
      ask: null,
      onLoss: (loss) => tally.lose(loss),
    };
    const watch = this.#watch();
    const files = filesOf(context, written);
    try {
      await writeOutput(files, context, written);
    } finally {
      await files.return(undefined).catch(() => {});
    }
    return { bytes: written.deliveredBytes, losses: tally.losses(), share: 1, ...watch() };
  }

  #groups(
    output: PlannedOutput,
    tables: readonly AsyncIterable<Batch>[],
    named: NamedGroups,
  ): ReturnType<typeof openRowGroups> {
    const { plan, room, signal } = this.#room;
    const [first] = plan.tables;
    const split = planSplit(plan.config, output, first!.schema);
    return openRowGroups(tables, first!.schema, split, output, {
      scratch: room.scratch,
      signal,
      onRows: () => {},
      onKept: () => {},
      onLeftOut: () => {},
      onGroups: (known) => Object.assign(named, known),
    });
  }

  #hooks(tally: Tally): EncodeHooks {
    const { origins, room, signal } = this.#room;
    return {
      onLoss: (loss) => tally.lose(loss),
      onRowsOut: () => {},
      onMerged: () => {},
      origins,
      room,
      signal,
    };
  }

  #watch(): () => Took {
    const startMs = performance.now();
    const before = this.#jobMs;
    return () => ({ ms: performance.now() - startMs, jobMs: this.#jobMs - before });
  }
}

async function* batchesOf(batches: readonly Batch[]): AsyncGenerator<Batch> {
  yield* batches;
}

async function* chunksOf(chunks: readonly Chunk[]): AsyncGenerator<Uint8Array> {
  for (const { bytes } of chunks) yield bytes;
}

/** Adds a copy of the bytes, in chunks that are about equally long where they come of the same group. */
function addPiece(chunks: Chunk[], piece: Uint8Array, group: number): void {
  const last = chunks.at(-1);
  if (last?.group === group && last.bytes.length + piece.length <= CHUNK_BYTES) {
    const bytes = new Uint8Array(last.bytes.length + piece.length);
    bytes.set(last.bytes);
    bytes.set(piece, last.bytes.length);
    last.bytes = bytes;
    return;
  }
  for (let at = 0; at < piece.length; at += CHUNK_BYTES)
    chunks.push({ bytes: piece.slice(at, at + CHUNK_BYTES), group });
}

/** What came of each of so many groups, in bytes as they are and deflated. */
export function groupSizes(
  { entries }: Encoded,
  count: number,
): { bytes: number; deflatedBytes: number }[] {
  const sizes = Array.from({ length: count }, () => ({ bytes: 0, deflatedBytes: 0 }));
  for (const { chunks } of entries)
    for (const { bytes, group, deflatedBytes = 0 } of chunks) {
      sizes[group]!.bytes += bytes.length;
      sizes[group]!.deflatedBytes += deflatedBytes;
    }
  return sizes;
}

/** The same entries with only these of all their chunks, counted through. */
function withChunks(encoded: Encoded, chosen: ReadonlySet<number>): Encoded {
  let at = 0;
  let bytes = 0;
  const entries = encoded.entries.map((entry) => ({
    ...entry,
    chunks: entry.chunks.filter((chunk) => {
      const isChosen = chosen.has(at++);
      if (isChosen) bytes += chunk.bytes.length;
      return isChosen;
    }),
  }));
  return { ...encoded, entries, bytes };
}
