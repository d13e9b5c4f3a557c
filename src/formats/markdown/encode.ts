// The markdown encoder: a table whose rows are lines, as short as they can be.
import type { EncodedTable, Encoder, EncoderContext } from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import { selectedCount } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { openAligned } from './aligned.ts';
import { openCells, type RowFrame } from './cells.ts';
import type { MarkdownOptions } from './options.ts';
import { SEPARATORS, sidesOf, tablesOf } from './table.ts';

function openEncoder(context: EncoderContext<MarkdownOptions>): Encoder {
  const { options } = context;
  const tables = tablesOf(context);
  const isMany = context.tables !== undefined;
  const out = new ByteWriter(1 << 16);
  const cells = openCells(options, out);
  const frame: RowFrame = {
    startRow: () => out.ascii('|'),
    startCell: () => out.byte(32),
    endCell: () => out.ascii(' |'),
    endRow: () => out.byte(10),
  };
  const start = (table: EncodedTable, heading: string): void => {
    if (heading !== '') {
      out.ascii('## ');
      cells.writeText(heading);
      out.ascii('\n\n');
    }
    cells.writeNames(table, frame);
    out.ascii(
      `|${sidesOf(table.schema, options)
        .map((side) => ` ${SEPARATORS[side]} |`)
        .join('')}\n`,
    );
  };
  return {
    begin() {
      if (!isMany) start(tables[0]!, options.heading);
      return [{ bytes: out.take() }];
    },
    beginTable(nth) {
      if (nth > 0) out.byte(10);
      start(tables[nth]!, tables[nth]!.name);
      return [{ bytes: out.take() }];
    },
    encodeBatch(batch, at) {
      out.clear();
      cells.writeRows(batch, at, frame);
      const segments = selectedCount(batch) === 0 ? [] : [{ bytes: out.take() }];
      return { segments, losses: cells.takeLosses() };
    },
    end: () => [],
  };
}

export const markdownModule: FormatModule<MarkdownOptions> = {
  openEncoder,
  openStream: (context, { scratch }) =>
    context.options.layout === 'aligned' ? openAligned(context, scratch) : null,
  escapeCodePoint: (codePoint) => `&#x${codePoint.toString(16).toUpperCase()};`,
};
