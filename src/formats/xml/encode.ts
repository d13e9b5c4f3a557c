// The xml encoder: one document with an element per record.
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Encoder, EncoderContext, Segment } from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import type { Loss } from '../../contract/report.ts';
import { selectedCount, selectedRow } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { type CellFrame, createCell } from './cells.ts';
import { optionErrors } from './check.ts';
import { createContentWriter } from './content.ts';
import { declarationOf, doctypeOf, quoted, rootTag, schemaOf } from './grammar.ts';
import { type PlacedColumn, placeColumns, writtenName } from './layout.ts';
import { createNestedWriter } from './nested.ts';
import type { XmlOptions } from './options.ts';
import { type CountedLoss, LOSS_TEXTS } from './texts.ts';

const encoder = new TextEncoder();

/** The bytes around the values of a column. */
function frameOf({ as, name }: PlacedColumn, options: XmlOptions, indent: string): CellFrame {
  const { nullHandling, fieldName, prefix } = options;
  const bytes = (text: string): Uint8Array => encoder.encode(text);
  if (as === 'attribute') {
    const empty = bytes(` ${name}=""`);
    return {
      before: bytes(` ${name}="`),
      after: bytes('"'),
      empty,
      none: nullHandling === 'empty' ? empty : null,
    };
  }
  const element = as === 'element' ? name : prefix === '' ? fieldName : `${prefix}:${fieldName}`;
  const start = `${indent}<${element}${as === 'field' ? ` name=${quoted(name)}` : ''}`;
  const empty = bytes(`${start}/>`);
  return {
    before: bytes(`${start}>`),
    after: bytes(`</${element}>`),
    empty,
    none:
      nullHandling === 'omit'
        ? null
        : nullHandling === 'empty'
          ? empty
          : bytes(`${start} xsi:nil="true"/>`),
  };
}

function openEncoder(context: EncoderContext<XmlOptions>): Encoder {
  const { options, schema, charset } = context;
  rejectFindings(optionErrors(options, schema, charset.id));
  const { prettyPrint: isPretty, prefix } = options;
  const lead = prefix === '' ? '' : `${prefix}:`;
  const row = lead + options.rowName;
  const placed = placeColumns(options, schema, charset.id);
  const attributes = placed.filter(({ as }) => as === 'attribute');
  const elements = placed.filter(({ as }) => as !== 'attribute');
  const inner = isPretty ? '\n    ' : '';
  const frames = new Map(placed.map((column) => [column, frameOf(column, options, inner)]));
  const open = encoder.encode(`${isPretty ? '  ' : ''}<${row}`);
  const emptyEnd = encoder.encode('/>\n');
  const endOfTag = Uint8Array.of(62);
  const close = encoder.encode(`${isPretty ? '\n  ' : ''}</${row}>\n`);

  const out = new ByteWriter(1 << 16);
  let place = { column: 0, row: 0 };
  let losses = new Map<string, Loss>();
  const count = (code: CountedLoss): void => {
    const key = `${code} ${place.column}`;
    const loss = losses.get(key);
    if (loss) loss.count++;
    else {
      const column = schema.fields[place.column]!.name;
      losses.set(key, { code, sentence: LOSS_TEXTS[code], column, count: 1 });
    }
  };
  const fail = (codePoint: number): never => {
    throw new ExportError('encode.xml.illegal-character', {
      character: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`,
      column: shorten(schema.fields[place.column]!.name),
      row: place.row,
    });
  };
  const text = createContentWriter(options, out, count, fail);
  const write = writtenName(options, charset.id);
  const nested = createNestedWriter(out, text, {
    item: lead + options.itemName,
    of: (member) => lead + write(member),
  });
  const tools = { options, out, text, nested };

  return {
    begin() {
      if (options.declaration) out.ascii(declarationOf(charset));
      if (options.grammar === 'doctype') out.text(doctypeOf(options, schema, charset.id));
      out.text(`<${rootTag(options)}>\n`);
      return [{ bytes: out.take() }];
    },
    encodeBatch(batch, at) {
      out.clear();
      const cells = (columns: readonly PlacedColumn[]) =>
        columns.map((column) => ({
          column: column.position,
          cell: createCell(batch, column, frames.get(column)!, tools),
        }));
      const inTag = cells(attributes);
      const inside = cells(elements);
      const rowCount = selectedCount(batch);
      for (let i = 0; i < rowCount; i++) {
        const at0 = selectedRow(batch, i);
        place.row = at.firstRow + i + 1;
        out.put(open);
        for (const { column, cell } of inTag) {
          place.column = column;
          cell(at0);
        }
        const tagEnd = out.length;
        out.put(endOfTag);
        let isEmpty = true;
        for (const { column, cell } of inside) {
          place.column = column;
          if (cell(at0)) isEmpty = false;
        }
        if (isEmpty) {
          out.length = tagEnd;
          out.put(emptyEnd);
        } else out.put(close);
      }
      const taken = [...losses.values()];
      losses = new Map();
      return { segments: rowCount === 0 ? [] : [{ bytes: out.take() }], losses: taken };
    },
    end() {
      out.text(`</${lead}${options.rootName}>\n`);
      const segments: Segment[] = [{ bytes: out.take() }];
      if (options.grammar === 'xsd')
        segments.push({
          entry: { suffix: '.xsd' },
          bytes: encoder.encode(schemaOf(options, schema, charset)),
        });
      return segments;
    },
  };
}

export const xmlModule: FormatModule<XmlOptions> = {
  openEncoder,
  escapeCodePoint: (codePoint) => `&#x${codePoint.toString(16).toUpperCase()};`,
};
