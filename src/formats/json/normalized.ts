// The normalized structure: entities with their keys, one after the other, and which columns hold keys of others.
import { ExportError } from '../../contract/errors.ts';
import { openJsonRecords, type JsonRecords } from '../../contract/json-values.ts';
import type { EncoderContext, Segment, StreamEncoder } from '../../contract/encoder.ts';
import type { Scratch, ScratchFile } from '../../contract/scratch.ts';
import type { Loss } from '../../contract/report.ts';
import { selectedCount, selectedRow, type Batch } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { hashBytes } from '../../table/hash-bytes.ts';
import { inKeyCase } from '../../table/key-case.ts';
import { createKeyTable, type KeyTable } from '../../table/key-table.ts';
import { createLayout, type Layout } from './layout.ts';
import { createSurroundings } from './metadata.ts';
import { throughPart } from './misfit-columns.ts';
import type { JsonOptions } from './options.ts';
import { createRowKeys } from './row-keys.ts';
import {
  project,
  readEntities,
  readReferences,
  tablesOf,
  timesOf,
  type Entity,
} from './structure.ts';
import { LOSS_TEXTS } from './texts.ts';

/** Records of an entity that waits for its turn go to its file in pieces of this size. */
const PIECE_BYTES = 256 * 1024;
const NOTHING = new Uint8Array(0);

/** What is known of the records that an entity has already. */
interface Seen {
  keys: KeyTable;
  /** A hash of each record by its key's number, to tell further rows that say something else. */
  hashes: Uint32Array;
}

/** An entity while its table is written. */
interface OpenEntity {
  entity: Entity;
  records: JsonRecords;
  /** Writes records that are only compared: what they would lose was told of the first. */
  compared: JsonRecords;
  seen: Seen | null;
  count: number;
  /** Records not written out yet. */
  out: ByteWriter;
  /** Where those go that must wait; null for the entity whose turn it is. */
  file: ScratchFile | null;
}

/** Which rows of a batch an entity took. */
interface Taken {
  /** Positions among the selected rows that became records, ascending; null = all. */
  rows: number[] | null;
  /** Rows without a key. */
  keyless: number[];
}

export function openNormalized(
  context: EncoderContext<JsonOptions>,
  scratch: Scratch,
): StreamEncoder {
  const { options } = context;
  const tables = tablesOf(context);
  const entities = readEntities(options, tables);
  const layout = createLayout(options);
  const around = createSurroundings(context, layout);
  let open: OpenEntity[] = [];
  let isFirstEntity = true;
  let losses = new Map<string, Loss>();

  const lose = (code: keyof typeof LOSS_TEXTS, column: string, count: number): void => {
    if (count === 0) return;
    const known = losses.get(code + column);
    if (known) known.count += count;
    else losses.set(code + column, { code, sentence: LOSS_TEXTS[code], column, count });
  };

  const openRecords = (entity: Entity): JsonRecords =>
    openJsonRecords(entity.schema, options, layout.indent(2), {
      times: timesOf(entity, options, tables[entity.table]!.schema),
    });

  const openEntity = async (entity: Entity, isDirect: boolean): Promise<OpenEntity> => ({
    entity,
    records: openRecords(entity),
    compared: openRecords(entity),
    seen: entity.key.length === 0 ? null : { keys: createKeyTable(), hashes: new Uint32Array(64) },
    count: 0,
    out: new ByteWriter(1 << 16),
    file: isDirect ? null : await scratch.create(),
  });

  const head = ({ entity }: OpenEntity): Segment => {
    const before = isFirstEntity ? '' : `,${layout.line(1)}`;
    isFirstEntity = false;
    return segment(before + layout.key(entity.name) + (entity.key.length > 0 ? '{' : '['));
  };
  const tail = ({ entity, count }: OpenEntity): Segment =>
    segment((count > 0 ? layout.line(1) : '') + (entity.key.length > 0 ? '}' : ']'));

  async function* beginTable(table: number): AsyncGenerator<Segment> {
    for (const entity of entities)
      if (entity.table === table) open.push(await openEntity(entity, open.length === 0));
    if (open[0]) yield head(open[0]);
  }

  async function* endTable(): AsyncGenerator<Segment> {
    for (const [i, one] of open.entries()) {
      if (i > 0) yield head(one);
      const { file, out } = one;
      if (file !== null) {
        for (let at = 0; at < file.sizeBytes; at += PIECE_BYTES)
          yield { bytes: await file.read(at, Math.min(at + PIECE_BYTES, file.sizeBytes)) };
        await file.close();
      }
      if (out.length > 0) yield { bytes: out.take() };
      yield tail(one);
    }
    open = [];
  }

  return {
    async *begin() {
      yield segment(around.open);
      if (context.tables === undefined) yield* beginTable(0);
    },
    beginTable,
    async encodeBatch(batch, at) {
      const count = selectedCount(batch);
      const takes = new Uint8Array(count);
      const keyless = new Uint8Array(count);
      const segments: Segment[] = [];
      const isFirst = at.isFirst;
      const found: Loss[] = [];
      for (const one of open) {
        const taken = throughPart(one.entity, () => add(one, batch, at.firstRow));
        if (taken.rows === null) takes.fill(1);
        else for (const i of taken.rows) takes[i] = 1;
        for (const i of taken.keyless) keyless[i]!++;
        found.push(...one.records.takeLosses(isFirst));
        if (one.file === null) {
          if (one.out.length > 0) segments.push({ bytes: one.out.take() });
        } else if (one.out.length >= PIECE_BYTES) {
          await one.file.write(one.out.written());
          one.out.clear();
        }
      }
      let rowCount = 0;
      let nowhere = 0;
      for (let i = 0; i < count; i++) {
        rowCount += takes[i]!;
        if (keyless[i] === open.length) nowhere++;
      }
      if (open[0]) lose('json.no-key', columnNames(open[0].entity), nowhere);
      const all = [...found, ...losses.values()];
      losses = new Map();
      return { segments, rowCount, merged: count - rowCount, losses: all };
    },
    endTable,
    async *end({ rowCount }) {
      if (context.tables === undefined) yield* endTable();
      yield segment(relationshipsText(options, entities, tables, layout));
      yield segment(around.close(rowCount));
    },
    async close() {
      const files = open.map(({ file }) => file);
      open = [];
      for (const file of files) await file?.close();
    },
  };

  function columnNames({ key, table }: Entity): string {
    return key.map((position) => tables[table]!.schema.fields[position]!.name).join(', ');
  }

  /** Adds the records of a batch that the entity has not yet. */
  function add(one: OpenEntity, batch: Batch, firstRow: number): Taken {
    const { entity, records, seen, out } = one;
    const part = project(batch, entity);
    records.startBatch(firstRow);
    const line = layout.line(2);
    if (seen === null) {
      const before = bytesOf(`,${line}`);
      const frame = { first: one.count === 0 ? bytesOf(line) : before, before, after: NOTHING };
      one.count += records.records.writeBatch(part, out, frame);
      return { rows: null, keyless: [] };
    }
    const fresh: number[] = [];
    const freshKeys: number[] = [];
    const known: number[] = [];
    const knownKeys: number[] = [];
    const keyless: number[] = [];
    const key = new ByteWriter(256);
    const keyOf = createRowKeys(batch, entity.key);
    const firstNumber = seen.keys.size;
    const count = selectedCount(batch);
    for (let i = 0; i < count; i++) {
      key.clear();
      if (!keyOf(selectedRow(batch, i), key)) {
        keyless.push(i);
        continue;
      }
      const isNewAt = seen.keys.size;
      const number = seen.keys.findOrAdd(key.bytes, 0, key.length);
      (number === isNewAt ? fresh : known).push(i);
      (number === isNewAt ? freshKeys : knownKeys).push(number);
    }
    if (seen.keys.memoryBytes > scratch.memoryBytes)
      throw new ExportError('encode.json.too-many-keys', {
        what: entity.name,
        limit: scratch.memoryBytes,
      });
    if (seen.hashes.length < seen.keys.size) {
      const grown = new Uint32Array(seen.keys.size * 2);
      grown.set(seen.hashes.subarray(0, firstNumber));
      seen.hashes = grown;
    }
    const hash = new Uint32Array(2);
    const text = new ByteWriter(1024);
    /** Writes these rows to `text`; tells each record's number among them and where it stands. */
    const each = (
      rows: readonly number[],
      writer: JsonRecords,
      take: (i: number, from: number, to: number) => void,
    ): void => {
      text.clear();
      const starts: number[] = [];
      const start = (): Uint8Array => {
        starts.push(text.length);
        return NOTHING;
      };
      const frame = {
        get first() {
          return start();
        },
        get before() {
          return start();
        },
        after: NOTHING,
      };
      const selection = Uint32Array.from(rows, (i) => selectedRow(batch, i));
      writer.records.writeBatch({ ...part, selection, isShared: true }, text, frame);
      for (const [i, from] of starts.entries()) take(i, from, starts[i + 1] ?? text.length);
    };
    each(fresh, records, (i, from, to) => {
      const number = freshKeys[i]!;
      out.text((one.count === 0 ? '' : ',') + line);
      out.put(seen.keys.keyAt(number));
      out.ascii(options.prettyPrint ? ': ' : ':');
      out.put(text.bytes, from, to);
      hashBytes(text.bytes, from, to, hash);
      seen.hashes[number] = hash[0]!;
      one.count++;
    });
    let differing = 0;
    each(known, one.compared, (i, from, to) => {
      hashBytes(text.bytes, from, to, hash);
      if (seen.hashes[knownKeys[i]!] !== hash[0]) differing++;
    });
    one.compared.takeLosses(false);
    lose('json.entity-differs', columnNames(entity), differing);
    return { rows: fresh, keyless };
  }
}

const encoder = new TextEncoder();

function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

function segment(text: string): Segment {
  return { bytes: encoder.encode(text) };
}

/** The last key of the document: by entity, its columns that hold keys, and of which entity. */
function relationshipsText(
  options: JsonOptions,
  entities: readonly Entity[],
  tables: ReturnType<typeof tablesOf>,
  { key, line, open }: Layout,
): string {
  const references = readReferences(options, entities, tables);
  const from = [...new Set(references.map((reference) => reference.from))];
  // As the column is written in the entity's records.
  const { keyCase } = options;
  const keyOf = (column: string): string =>
    keyCase === 'keep' ? column : inKeyCase(column, keyCase);
  const members = from.map((name) => {
    const own = references
      .filter((reference) => reference.from === name)
      .map(({ column, to }) => open(3) + key(keyOf(column)) + JSON.stringify(to));
    return `${line(2)}${key(name)}{${own.join(',')}${open(2)}}`;
  });
  const inner = members.length === 0 ? '' : members.join(',') + line(1);
  return `,${line(1)}${key('relationships')}{${inner}}`;
}
