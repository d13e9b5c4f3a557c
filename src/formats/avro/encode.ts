// The avro encoder: an object container file, whose blocks are cut by size alone.
import { countLosses } from '../../contract/count-losses.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import { MisfitError } from '../../contract/misfit.ts';
import type { Encoder, EncoderContext, Segment, StreamEncoder } from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import { type Batch, selectedCount, selectedRow, type TypedColumn } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { hashBytes } from '../../table/hash-bytes.ts';
import { materialise } from '../../table/materialise.ts';
import { optionErrors } from './check.ts';
import type { AvroOptions } from './options.ts';
import { CODEC_NAMES, loadPack, type Pack } from './pack.ts';
import { planSchema } from './schema.ts';
import { LOSS_TEXTS } from './texts.ts';
import { AvroRange, createAvroWriter, putLong } from './write.ts';

const encoder = new TextEncoder();

/** `Obj` and the version. */
const MAGIC = Uint8Array.of(79, 98, 106, 1);

/** The mark between blocks: not random, so that the same table makes the same bytes, but no file's own data. */
function syncMarker(header: Uint8Array): Uint8Array {
  const words = new Uint32Array(4);
  hashBytes(header, 0, header.length, words.subarray(0, 2), 1);
  hashBytes(header, 0, header.length, words.subarray(2, 4), 2);
  const marker = new Uint8Array(16);
  const view = new DataView(marker.buffer);
  for (const [i, word] of words.entries()) view.setUint32(i * 4, word);
  return marker;
}

function headerBytes(options: AvroOptions, schema: string): Uint8Array {
  const out = new ByteWriter(4096);
  out.put(MAGIC);
  const entries = [
    ['avro.schema', schema],
    ['avro.codec', CODEC_NAMES[options.codec]],
    ...Object.entries(options.metadata).sort(([a], [b]) => (a < b ? -1 : 1)),
  ] as const;
  putLong(out, entries.length);
  for (const text of entries.flat()) {
    const bytes = encoder.encode(text);
    putLong(out, bytes.length);
    out.put(bytes);
  }
  out.byte(0);
  return out.take();
}

/** All columns of a batch typed. Throws MisfitError for a text that is no value of its type. */
function readColumns(batch: Batch): TypedColumn[] {
  return batch.columns.map((_column, position) =>
    materialise(batch, position, (row, text) => {
      throw new MisfitError(position, row, text);
    }),
  );
}

function openStream(context: EncoderContext<AvroOptions>): StreamEncoder {
  const { options, schema } = context;
  rejectFindings(optionErrors(options, schema));
  const planned = planSchema(options, schema, context.name);
  const header = headerBytes(options, JSON.stringify(planned.json));
  const marker = syncMarker(header);
  const blockBytes = options.blockSize * 1024;
  const losses = countLosses(LOSS_TEXTS);
  const rows = new ByteWriter(blockBytes + 4096);
  const out = new ByteWriter(1 << 16);
  let rowCount = 0;
  let pack: Pack | null = null;
  let column = 0;
  const onCut = (): void => losses.count('avro.time-cut', schema.fields[column]!.name);

  const endBlock = (): void => {
    const packed = pack!(rows.written());
    putLong(out, rowCount);
    putLong(out, packed.length);
    out.put(packed);
    out.put(marker);
    rows.clear();
    rowCount = 0;
  };

  return {
    begin: () => [{ bytes: header }, { bytes: marker }],
    async encodeBatch(batch, at) {
      pack ??= await loadPack(options);
      const writers = readColumns(batch).map((values, i) =>
        createAvroWriter(values, planned.columns[i]!, onCut),
      );
      const count = selectedCount(batch);
      for (let i = 0; i < count; i++) {
        const row = selectedRow(batch, i);
        for (column = 0; column < writers.length; column++)
          try {
            writers[column]!(row, rows);
          } catch (thrown) {
            if (!(thrown instanceof AvroRange)) throw thrown;
            throw new ExportError('encode.avro.out-of-range', {
              column: shorten(schema.fields[column]!.name),
              row: at.firstRow + i + 1,
            });
          }
        rowCount++;
        if (rows.length >= blockBytes) endBlock();
      }
      const segments = out.length === 0 ? [] : [{ bytes: out.take() }];
      return { segments, losses: losses.take() };
    },
    async *end() {
      pack ??= await loadPack(options);
      if (rowCount > 0) endBlock();
      yield { bytes: out.take() };
      if (options.schemaFile) yield schemaSegment(planned.json);
    },
    async close() {},
  };
}

const schemaSegment = (json: unknown): Segment => ({
  entry: { suffix: '.avsc' },
  bytes: encoder.encode(`${JSON.stringify(json, null, 2)}\n`),
});

/**
 * Looks at values without writing them: with it the engine finds out which other columns of a batch hold texts that do not fit.
 * A file can only be written by the stream.
 */
function openEncoder(): Encoder {
  return {
    begin: () => [],
    encodeBatch(batch) {
      readColumns(batch);
      return { segments: [], losses: [] };
    },
    end: () => [],
  };
}

export const avroModule: FormatModule<AvroOptions> = { openEncoder, openStream };
