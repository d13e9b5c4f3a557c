// The columnar structure: a list of values under each column's name. Those behind the first wait in a file of their own.
import { jsonTimes } from '../../contract/json-times.ts';
import { openJsonRecords, writtenNames, type JsonRecords } from '../../contract/json-values.ts';
import type { EncoderContext, Segment, StreamEncoder } from '../../contract/encoder.ts';
import type { Scratch, ScratchFile } from '../../contract/scratch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { createLayout } from './layout.ts';
import { createSurroundings } from './metadata.ts';
import { throughPart } from './misfit-columns.ts';
import type { JsonOptions } from './options.ts';
import { partOf, project, type Part } from './structure.ts';

/** What all waiting values together may take up in memory. */
const MEMORY_BYTES = 16 * 1024 * 1024;
const MOST_PIECE_BYTES = 256 * 1024;
const LEAST_PIECE_BYTES = 1024;
const NOTHING = new Uint8Array(0);
const encoder = new TextEncoder();

interface ColumnList {
  name: string;
  part: Part;
  records: JsonRecords;
  /** Values not written out yet. */
  out: ByteWriter;
  /** Where the others stand in the file: [from, to, from, to, …]. */
  pieces: number[];
}

export function openColumnar(
  context: EncoderContext<JsonOptions>,
  scratch: Scratch,
): StreamEncoder {
  const { options, schema } = context;
  const layout = createLayout(options);
  const around = createSurroundings(context, layout);
  const isBare = options.rootKey === '';
  const depth = isBare ? 1 : 2;
  const times = jsonTimes(options, schema);
  const names = writtenNames(schema, options);
  const columns = schema.fields.map((_field, position): ColumnList => {
    const part = partOf(schema, [position]);
    const about = { isBare: true, times: [times[position]!] };
    const records = openJsonRecords(part.schema, options, null, about);
    return { name: names[position]!, part, records, out: new ByteWriter(256), pieces: [] };
  });
  // Only what the table's names become is told by this one.
  const { takeLosses } = openJsonRecords(schema, options, null);
  const pieceBytes = Math.max(
    LEAST_PIECE_BYTES,
    Math.min(MOST_PIECE_BYTES, Math.floor(MEMORY_BYTES / columns.length)),
  );
  const first = encoder.encode(layout.open(depth + 1));
  const before = encoder.encode(`,${layout.open(depth + 1)}`);
  let file: ScratchFile | null = null;
  let rowCount = 0;

  const text = (value: string): Segment => ({ bytes: encoder.encode(value) });
  const head = (column: ColumnList, isFirst: boolean): Segment =>
    text(`${isFirst ? '' : ','}${layout.line(depth)}${layout.key(column.name)}[`);
  const tail = (): Segment => text(`${rowCount > 0 ? layout.open(depth) : ''}]`);

  return {
    begin() {
      const opening = isBare ? '{' : `${around.open}${layout.key(options.rootKey)}{`;
      return columns[0] ? [text(opening), head(columns[0], true)] : [text(opening)];
    },
    async encodeBatch(batch, at) {
      const losses = takeLosses(at.isFirst);
      const frame = { first: rowCount === 0 ? first : before, before, after: NOTHING };
      let written = 0;
      for (const [c, { part, records, out, pieces }] of columns.entries()) {
        records.startBatch(at.firstRow);
        written = throughPart(part, () =>
          records.records.writeBatch(project(batch, part), out, frame),
        );
        losses.push(...records.takeLosses(false));
        if (c === 0 || out.length < pieceBytes) continue;
        file ??= await scratch.create();
        pieces.push(file.sizeBytes, file.sizeBytes + out.length);
        await file.write(out.written());
        out.clear();
      }
      rowCount += written;
      const direct = columns[0]?.out;
      const segments = direct && direct.length > 0 ? [{ bytes: direct.take() }] : [];
      return { segments, losses };
    },
    async *end(totals) {
      for (const [c, column] of columns.entries()) {
        if (c > 0) yield head(column, false);
        for (let i = 0; i < column.pieces.length; i += 2)
          yield { bytes: await file!.read(column.pieces[i]!, column.pieces[i + 1]!) };
        if (column.out.length > 0) yield { bytes: column.out.take() };
        yield tail();
      }
      const closing = columns.length > 0 ? `${layout.line(depth - 1)}}` : '}';
      const ending = options.finalNewline ? '\n' : '';
      yield text(closing + (isBare ? ending : around.close(totals.rowCount)));
    },
    async close() {
      await file?.close();
      file = null;
    },
  };
}
