// The escaped cells of a table's names and rows, one after the other: what both layouts are made of.
import { countLosses } from '../../contract/count-losses.ts';
import type { BatchPlace, EncodedTable } from '../../contract/encoder.ts';
import type { Loss } from '../../contract/report.ts';
import { type Batch, selectedCount, selectedRow } from '../../table/batch.ts';
import type { ByteWriter } from '../../table/byte-writer.ts';
import { createContentReader } from '../../table/cell-content.ts';
import { createCellEscaper } from './escape.ts';
import type { MarkdownOptions } from './options.ts';
import { LOSS_TEXTS } from './texts.ts';

const encoder = new TextEncoder();

/** What is done around the cells of a row, each of which is written to `out` in between. */
export interface RowFrame {
  startRow(): void;
  startCell(): void;
  endCell(): void;
  endRow(): void;
}

export interface CellSource {
  writeNames(table: EncodedTable, frame: RowFrame): void;
  writeRows(batch: Batch, at: BatchPlace, frame: RowFrame): void;
  /** A line of text that is no cell, such as a heading. */
  writeText(text: string): void;
  takeLosses(): Loss[];
}

export function openCells(options: MarkdownOptions, out: ByteWriter): CellSource {
  const losses = countLosses(LOSS_TEXTS);
  let column = '';
  const escaper = createCellEscaper(options, out, (code) => losses.count(code, column));
  // Names and headings are no Markdown, whatever the values are, and a loss in them is none of a value.
  const plain = createCellEscaper({ ...options, escape: 'markup' }, out, () => {});
  const nullText = encoder.encode(options.nullText);

  const isNullText = (bytes: Uint8Array): boolean =>
    bytes.length === nullText.length && nullText.every((b, i) => bytes[i] === b);

  const writeText = (text: string): void => {
    const bytes = encoder.encode(text);
    plain.write(bytes, 0, bytes.length);
  };

  return {
    writeText,
    writeNames({ schema }, frame) {
      frame.startRow();
      if (options.rowNumbers) {
        frame.startCell();
        out.ascii('#');
        frame.endCell();
      }
      for (const { name } of schema.fields) {
        frame.startCell();
        writeText(name);
        frame.endCell();
      }
      frame.endRow();
    },
    writeRows(batch, at, frame) {
      const { fields } = batch.schema;
      const readers = fields.map((_field, position) => createContentReader(batch, position));
      const rowCount = selectedCount(batch);
      for (let i = 0; i < rowCount; i++) {
        const row = selectedRow(batch, i);
        frame.startRow();
        if (options.rowNumbers) {
          frame.startCell();
          out.ascii(String(at.firstRow + i + 1));
          frame.endCell();
        }
        for (let c = 0; c < readers.length; c++) {
          column = fields[c]!.name;
          const bytes = readers[c]!(row);
          frame.startCell();
          if (bytes === null) plain.write(nullText, 0, nullText.length);
          else {
            if (isNullText(bytes))
              losses.count(
                bytes.length === 0 ? 'markdown.empty-as-null' : 'markdown.text-as-null',
                column,
              );
            escaper.write(bytes, 0, bytes.length);
          }
          frame.endCell();
        }
        frame.endRow();
      }
    },
    takeLosses: () => losses.take(),
  };
}
