// The html encoder: a page or a table, its rows as they come.
import type { Encoder, EncoderContext } from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import { countLosses } from '../../contract/count-losses.ts';
import { selectedCount, selectedRow } from '../../table/batch.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { createContentReader } from '../../table/cell-content.ts';
import type { Schema } from '../../table/data-type.ts';
import { optionErrors } from './check.ts';
import { isAddress, writeHtml } from './escape.ts';
import {
  cellAttributes,
  cellKind,
  layoutOf,
  pageEnd,
  pageStart,
  tableEnd,
  tableStart,
} from './markup.ts';
import type { HtmlOptions } from './options.ts';
import { LOSS_TEXTS } from './texts.ts';

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);

const LINK_START = bytesOf('<a href="');
const LINK_MIDDLE = bytesOf('" rel="noopener noreferrer">');
const LINK_END = bytesOf('</a>');
const CELL_END = bytesOf('</td>');

/** The bytes before the values of each column, and of its nulls. */
function openersOf(
  options: HtmlOptions,
  schema: Schema,
): { value: Uint8Array; none: Uint8Array }[] {
  const { cell } = layoutOf(options);
  return schema.fields.map(({ type }) => {
    const tag = (what: 'value' | 'null'): Uint8Array =>
      bytesOf(`${cell}<td${cellAttributes(options, cellKind(type), what)}>`);
    return { value: tag('value'), none: tag('null') };
  });
}

function openEncoder(context: EncoderContext<HtmlOptions>): Encoder {
  const { options } = context;
  rejectFindings(optionErrors(options));
  const tables = context.tables ?? [{ name: context.name, schema: context.schema }];
  const openers = tables.map(({ schema }) => openersOf(options, schema));
  const { row: pad, cell: cellPad, rowEnd } = layoutOf(options);
  const rowStart = bytesOf(`${pad}<tr>`);
  const rowEndBytes = bytesOf(`${rowEnd}</tr>\n`);
  const striped = bytesOf(`${pad}<tr style="background:#f4f4f4">`);
  const isStriped = options.stripes && options.styling === 'inline';
  const place = options.lineBreaks === 'br' ? 'lines' : 'text';
  const nullText = bytesOf(options.nullText);
  const marksNull = options.styling === 'block' || options.styling === 'classes';
  const numberTag = `${cellPad}<th scope="row"${cellAttributes(options, 'number', 'header')}>`;
  const out = new ByteWriter(1 << 16);
  const losses = countLosses(LOSS_TEXTS);
  let column = '';
  const onNul = (): void => losses.count('html.nul-replaced', column);
  const ignoreNul = (): void => {};

  const isNullText = (bytes: Uint8Array): boolean => {
    if (bytes.length !== nullText.length) return false;
    for (let i = 0; i < bytes.length; i++) if (bytes[i] !== nullText[i]) return false;
    return true;
  };
  const writeValue = (bytes: Uint8Array): void => {
    if (!marksNull && isNullText(bytes))
      losses.count(bytes.length === 0 ? 'html.empty-as-null' : 'html.text-as-null', column);
    if (options.links && isAddress(bytes)) {
      out.put(LINK_START);
      writeHtml(bytes, 0, bytes.length, 'attribute', out, ignoreNul);
      out.put(LINK_MIDDLE);
      writeHtml(bytes, 0, bytes.length, place, out, onNul);
      out.put(LINK_END);
    } else writeHtml(bytes, 0, bytes.length, place, out, onNul);
  };
  const startTable = (nth: number, caption: string): void =>
    out.text(tableStart(options, tables[nth]!.schema, caption, nth));
  const isMany = context.tables !== undefined;

  return {
    begin() {
      out.text(pageStart(context));
      if (!isMany) startTable(0, options.caption);
      return [{ bytes: out.take() }];
    },
    beginTable(nth) {
      startTable(nth, tables[nth]!.name);
      return [{ bytes: out.take() }];
    },
    encodeBatch(batch, at) {
      out.clear();
      const { fields } = batch.schema;
      const cells = fields.map((_field, position) => createContentReader(batch, position));
      const tags = openers[at.table ?? 0]!;
      const rowCount = selectedCount(batch);
      for (let i = 0; i < rowCount; i++) {
        const row = selectedRow(batch, i);
        const number = at.firstRow + i + 1;
        out.put(isStriped && number % 2 === 0 ? striped : rowStart);
        if (options.rowNumbers) out.text(`${numberTag}${number}</th>`);
        for (let c = 0; c < cells.length; c++) {
          const bytes = cells[c]!(row);
          column = fields[c]!.name;
          if (bytes === null) {
            out.put(tags[c]!.none);
            writeHtml(nullText, 0, nullText.length, place, out, ignoreNul);
          } else {
            out.put(tags[c]!.value);
            writeValue(bytes);
          }
          out.put(CELL_END);
        }
        out.put(rowEndBytes);
      }
      return { segments: rowCount === 0 ? [] : [{ bytes: out.take() }], losses: losses.take() };
    },
    endTable(nth, { rowCount }) {
      out.text(tableEnd(options, tables[nth]!.schema, rowCount));
      return [{ bytes: out.take() }];
    },
    end({ rowCount }) {
      if (!isMany) out.text(tableEnd(options, tables[0]!.schema, rowCount));
      out.text(pageEnd(options));
      return [{ bytes: out.take() }];
    },
  };
}

export const htmlModule: FormatModule<HtmlOptions> = {
  openEncoder,
  escapeCodePoint: (codePoint) => `&#x${codePoint.toString(16).toUpperCase()};`,
};
