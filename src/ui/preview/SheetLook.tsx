// The workbook of the first rows as a spreadsheet program shows it: letters and numbers around, styles and formats as written.
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type CSSProperties } from 'react';
import { asExportError } from '../../contract/errors.ts';
import type { Reread, SheetCell, SheetStyle, SheetView } from '../../contract/reread.ts';
import { formatCount, formatSize } from '../format-number.ts';
import { Segments } from '../kit/Segments.tsx';
import { ErrorPanel } from '../run/ErrorPanel.tsx';
import { FactsAside } from './FactsAside.tsx';
import { outputWords } from './output-words.en.ts';
import own from './output.module.css';
import styles from './preview.module.css';

/** A character of the usual font, and the edges of a cell, in px. */
const CHARACTER = 7;
const EDGES = 5;
/** Columns without a width of their own. */
const USUAL_WIDTH = 64;
const NUMBERS_WIDTH = 44;

export function SheetLook({ reread: { data, error } }: { reread: UseQueryResult<Reread> }) {
  const words = outputWords;
  const [chosen, choose] = useState('0');
  if (data === undefined && error === null) return <p className={styles.blank}>{words.reading}</p>;
  // What the reader says of the rows is no matter here: the sheets may be there all the same.
  const problem = error === null ? data!.error : asExportError(error).toJSON();
  const sheets = data?.sheets ?? [];
  if (sheets.length === 0 && problem !== null) return <ErrorPanel error={problem} />;
  const sheet = sheets[Number(chosen)] ?? sheets[0];
  const facts = data?.facts ?? null;
  // Of a plain workbook the sheet says it all.
  const hasMore = facts !== null && (facts.tables.length > 0 || facts.lines.length > 1);
  if (data === undefined || sheet === undefined)
    return <p className={styles.blank}>{words.noSheet}</p>;
  return (
    <>
      <div className={own.read}>
        <div
          className={own.paper}
          tabIndex={0}
          role="region"
          aria-label={words.sheetGrid(sheet.name)}
        >
          {sheet.rows.length === 0 ? (
            <p className={styles.blank}>{words.emptySheet}</p>
          ) : (
            <Sheet sheet={sheet} />
          )}
          {sheet.more > 0 ? <p className={own.more}>{words.moreOfSheet(sheet.more)}</p> : null}
        </div>
        {hasMore ? <FactsAside facts={facts} /> : null}
      </div>
      <div className={`${styles.foot} ${own.sheets}`}>
        <Segments
          isSmall
          aria-label={words.sheets}
          segments={sheets.map(({ name, isHidden }, i) => ({
            value: String(i),
            label: isHidden ? words.hiddenSheet(name) : name,
          }))}
          value={String(sheets.indexOf(sheet))}
          onChange={choose}
        />
        <span className={own.size}>
          {words.fileOf(data.rowsWritten, formatSize(data.sizeBytes))}
        </span>
      </div>
    </>
  );
}

function Sheet({ sheet }: { sheet: SheetView }) {
  const { widths, rows, frozenRows, frozenColumns } = sheet;
  const sizes = widths.map((width) =>
    width === null ? USUAL_WIDTH : Math.round(width * CHARACTER + EDGES),
  );
  const styleOf = sheet.styles.map(cssOf);
  const starts: number[] = [];
  let start = NUMBERS_WIDTH;
  for (const size of sizes) {
    starts.push(start);
    start += size;
  }
  const inTable = (row: number, column: number): 'head' | 'body' | null => {
    const table = sheet.tables.find(
      ({ firstRow, lastRow, firstColumn, lastColumn }) =>
        row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn,
    );
    return table === undefined ? null : row === table.firstRow ? 'head' : 'body';
  };
  return (
    <table
      className={`${own.sheet} ${sheet.showsGridLines ? '' : own.noLines}`}
      style={{ width: start }}
    >
      <colgroup>
        <col style={{ width: NUMBERS_WIDTH }} />
        {sizes.map((size, i) => (
          <col key={i} style={{ width: size }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th className={own.letter} scope="col">
            <span className={styles.unseen}>{outputWords.corner}</span>
          </th>
          {sizes.map((_, i) => (
            <th
              key={i}
              scope="col"
              className={`${own.letter} ${i < frozenColumns ? own.isFrozen : ''}`}
              style={i < frozenColumns ? { insetInlineStart: starts[i] } : undefined}
            >
              {lettersOf(i)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, r) => (
          <tr key={r} className={r < frozenRows && r === 0 ? own.frozenRow : undefined}>
            <th scope="row" className={own.letter}>
              {formatCount(r + 1)}
            </th>
            {sizes.map((_, c) => {
              const cell = cells[c] ?? null;
              const part = inTable(r, c);
              const isFrozen = c < frozenColumns;
              return (
                <td
                  key={c}
                  className={[
                    cell?.isNumber ? own.end : '',
                    part === 'head' ? own.tableHead : part === 'body' ? own.tableBody : '',
                    isFrozen ? own.isFrozen : '',
                  ].join(' ')}
                  style={{
                    ...(cell === null ? undefined : styleOf[cell.style]),
                    ...(isFrozen && { insetInlineStart: starts[c] }),
                  }}
                  title={cell === null ? undefined : titleOf(cell)}
                >
                  {cell === null ? null : lineOf(cell, sheet.styles[cell.style])}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Without wrapping a line break takes no room. */
function lineOf({ text }: SheetCell, style: SheetStyle | undefined): string {
  return style?.wrap ? text : text.replace(/[\r\n]+/g, '');
}

function titleOf({ text, stored }: SheetCell): string | undefined {
  if (stored !== undefined) return outputWords.stored(stored);
  return text.length > 12 ? text : undefined;
}

/** `A` to `XFD`. */
function lettersOf(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : lettersOf(Math.floor(column / 26) - 1) + last;
}

function cssOf(style: SheetStyle): CSSProperties {
  const { bold, italic, underline, font, size, color, fill, align, wrap, border } = style;
  return {
    ...(bold && { fontWeight: 600 }),
    ...(italic && { fontStyle: 'italic' }),
    ...(underline && { textDecoration: 'underline' }),
    ...(font !== undefined && { fontFamily: `${JSON.stringify(font)}, var(--sans)` }),
    // The usual 11 points are as large as the page's cells.
    ...(size !== undefined && { fontSize: `${Math.round((size / 11) * 12)}px` }),
    ...(color !== undefined && { color: `#${color}` }),
    ...(fill !== undefined && { backgroundColor: `#${fill}` }),
    ...(align !== undefined && { textAlign: align }),
    ...(wrap && { whiteSpace: 'pre-wrap' }),
    ...(border !== undefined && { borderBlockEndColor: 'var(--line-firm)' }),
    ...(border === 'all' && { borderColor: 'var(--line-firm)' }),
  };
}
