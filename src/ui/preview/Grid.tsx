// A table of which only the cells in sight are made, however many rows and columns it has; walked by arrow keys, one tab stop.
import { useVirtualizer, defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import {
  memo,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { PreviewCell } from '../../contract/verbs.ts';
import { previewWords } from './preview-words.en.ts';
import { useMedia } from '../use-media.ts';
import { Cell } from './Cell.tsx';
import { ColumnHead, columnFacts, headTitle } from './ColumnHead.tsx';
import { isMisfit, isShortened, type GridColumn } from './grid-columns.ts';
import { isNumber } from './TypeName.tsx';
import styles from './preview.module.css';

/** --h-head and --h-row of tokens.css: what is not in sight is not laid out, so sizes are known here. */
const HEAD_HEIGHT = 68;
const ROW_HEIGHT = 28;
const ROW_HEIGHT_FINGERS = 36;
const GUTTER = 44;

/** Where the keys are: row -1 is the head, column -1 the row's number. */
export interface Place {
  row: number;
  column: number;
}

export interface GridProps {
  columns: readonly GridColumn[];
  widths: readonly number[];
  rows: readonly (readonly PreviewCell[])[];
  /** 0-based column of each row's first cell: of a wide table only some columns are there. */
  firstColumn: number;
  /** What stands in the gutter. */
  rowLabel(row: number): string;
  label: string;
  /** Rows the values of the heads are taken from. */
  sampledRows: number;
  /** Cells that are marked, by row and column, with what is said of each. */
  changes?: ReadonlyMap<number, ReadonlyMap<number, string>>;
  /** What stands under the last row. */
  end: ReactNode;
  /** Told which rows and columns, both ends included, are in sight. */
  onRange(rows: [number, number], columns: [number, number]): void;
  onFilter(column: GridColumn, value: PreviewCell): void;
  onLeaveOut(column: GridColumn): void;
  onCopy(text: string, isRow: boolean): void;
  onWhole(text: string, column: GridColumn, cell: Element): void;
}

export function Grid(props: GridProps) {
  const { columns, widths, rows, firstColumn, sampledRows, onRange } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const isAsked = useRef(false);
  const rowHeight = useMedia('(pointer: coarse)') ? ROW_HEIGHT_FINGERS : ROW_HEIGHT;
  const isRtl = document.documentElement.dir === 'rtl';
  const at = {
    row: Math.min(place.row, rows.length - 1),
    column: Math.min(place.column, columns.length - 1),
  };

  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here, and what is memoized by hand takes its values
  const rowView = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    paddingStart: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    rangeExtractor: (range) => withPlace(range, at.row),
    useFlushSync: false,
  });
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here, and what is memoized by hand takes its values
  const columnView = useVirtualizer({
    horizontal: true,
    isRtl,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => widths[i]!,
    overscan: 2,
    paddingStart: GUTTER,
    scrollPaddingStart: GUTTER,
    rangeExtractor: (range) => withPlace(range, at.column),
    useFlushSync: false,
  });
  useLayoutEffect(() => columnView.measure(), [columnView, widths]);
  useLayoutEffect(() => rowView.measure(), [rowView, rowHeight]);

  const shownRows = rowView.range;
  const shownColumns = columnView.range;
  const [fromRow, toRow] = [shownRows?.startIndex ?? 0, shownRows?.endIndex ?? 0];
  const [fromColumn, toColumn] = [shownColumns?.startIndex ?? 0, shownColumns?.endIndex ?? 0];
  useEffect(() => {
    onRange([fromRow, toRow], [fromColumn, toColumn]);
  }, [onRange, fromRow, toRow, fromColumn, toColumn, rows.length, columns.length]);

  // The cell is made only once it is in range, so it gets the focus after that.
  useEffect(() => {
    if (!isAsked.current) return;
    isAsked.current = false;
    scroller.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }, [place]);

  const goTo = (next: Place) => {
    const to = {
      row: Math.max(-1, Math.min(next.row, rows.length - 1)),
      column: Math.max(next.row < 0 ? 0 : -1, Math.min(next.column, columns.length - 1)),
    };
    isAsked.current = true;
    setPlace(to);
    if (to.row >= 0) rowView.scrollToIndex(to.row, { align: 'auto' });
    if (to.column >= 0) columnView.scrollToIndex(to.column, { align: 'auto' });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.altKey) return;
    const cell = at.row < 0 ? undefined : rows[at.row]?.[at.column - firstColumn];
    const column = columns[at.column];
    const act = (): boolean => {
      switch (event.key.length === 1 ? event.key.toLowerCase() : event.key) {
        case 'c': {
          if (!isCommand || getSelection()?.isCollapsed === false || at.row < 0) return false;
          const row = rows[at.row] ?? [];
          props.onCopy(at.column < 0 ? lineOf(row) : (cell ?? ''), at.column < 0);
          return true;
        }
        case 'f':
          if (isCommand || event.shiftKey || column === undefined || cell === undefined)
            return false;
          props.onFilter(column, cell);
          return true;
        case 'Backspace':
        case 'Delete':
          if (at.row >= 0 || column === undefined) return false;
          props.onLeaveOut(column);
          return true;
        case 'Enter':
          if (column === undefined || typeof cell !== 'string' || isCommand) return false;
          props.onWhole(cell, column, event.target as Element);
          return true;
        default: {
          const next = moved(event.key, isCommand, at, isRtl, {
            rows: rows.length,
            columns: columns.length,
            page: Math.max(1, toRow - fromRow - 1),
          });
          if (next === null) return false;
          goTo(next);
          return true;
        }
      }
    };
    if (act()) event.preventDefault();
  };

  const shown = columnView.getVirtualItems();
  const width = columnView.getTotalSize();
  const isHead = at.row < 0;
  return (
    <div
      ref={scroller}
      className={styles.grid}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      onKeyDown={onKeyDown}
    >
      <div className={styles.canvas} style={{ width, height: rowView.getTotalSize() }}>
        <div className={styles.heads} role="row" aria-rowindex={1}>
          <div className={styles.corner} role="columnheader" aria-colindex={1}>
            <span className={styles.unseen}>{previewWords.row}</span>
          </div>
          {shown.map(({ index, start, size }) => {
            const column = columns[index]!;
            const title = headTitle(column, columnFacts(column, sampledRows));
            const isHere = isHead && index === at.column;
            return (
              <div
                key={index}
                role="columnheader"
                aria-colindex={index + 2}
                aria-label={title}
                className={styles.headCell}
                style={{ insetInlineStart: start, width: size }}
                title={title}
                tabIndex={isHere || (rows.length === 0 && index === at.column) ? 0 : -1}
                onFocus={() => {
                  if (!isHere) setPlace({ row: -1, column: index });
                }}
              >
                <ColumnHead column={column} sampled={sampledRows} />
              </div>
            );
          })}
        </div>
        {rowView.getVirtualItems().map(({ index, start }) => (
          <GridRow
            key={index}
            index={index}
            top={start}
            height={rowHeight}
            cells={rows[index]!}
            columns={columns}
            shown={shown}
            firstColumn={firstColumn}
            label={props.rowLabel(index)}
            changes={props.changes?.get(index)}
            at={index === at.row ? at.column : null}
            onPlace={setPlace}
          />
        ))}
      </div>
      {props.end}
    </div>
  );
}

const GridRow = memo(function GridRow({
  index,
  top,
  height,
  cells,
  columns,
  shown,
  firstColumn,
  label,
  changes,
  at,
  onPlace,
}: {
  index: number;
  top: number;
  height: number;
  cells: readonly PreviewCell[];
  columns: readonly GridColumn[];
  shown: readonly { index: number; start: number; size: number }[];
  firstColumn: number;
  label: string;
  changes: ReadonlyMap<number, string> | undefined;
  /** Column of this row that has the tab stop. */
  at: number | null;
  onPlace(place: Place): void;
}) {
  const focused = (column: number) => {
    if (at !== column) onPlace({ row: index, column });
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`${styles.gridRow} ${at === -1 ? styles.isSelected : ''}`}
      style={{ top, height }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        className={styles.gutter}
        tabIndex={at === -1 ? 0 : -1}
        onFocus={() => focused(-1)}
      >
        {label}
      </div>
      {shown.map(({ index: c, start, size }) => {
        const value = cells[c - firstColumn];
        const { type } = columns[c]!;
        const isCut = isShortened(value);
        const change = changes?.get(c);
        return (
          <div
            key={c}
            role="gridcell"
            aria-colindex={c + 2}
            className={`${styles.cell} ${isNumber(type) ? styles.isNumber : ''} ${change ? styles.isChanged : ''}`}
            style={{ insetInlineStart: start, width: size }}
            title={change ?? (value && (value.length > 20 || isCut) ? value : undefined)}
            tabIndex={at === c ? 0 : -1}
            onFocus={() => focused(c)}
          >
            {value === undefined ? (
              <i className={styles.notThere} />
            ) : (
              <Cell value={value} isInvalid={isMisfit(type, value)} />
            )}
            {change === undefined ? null : <span className={styles.unseen}> {change}</span>}
          </div>
        );
      })}
    </div>
  );
});

/** What is in sight, and the one cell that must be there to be tabbed to. */
function withPlace(range: Range, place: number): number[] {
  const indexes = defaultRangeExtractor(range);
  if (place < 0 || place >= range.count || indexes.includes(place)) return indexes;
  return place < (indexes[0] ?? 0) ? [place, ...indexes] : [...indexes, place];
}

/** Where a key leads; null for keys that lead nowhere. */
export function moved(
  key: string,
  isCommand: boolean,
  at: Place,
  isRtl: boolean,
  size: { rows: number; columns: number; page: number },
): Place | null {
  const { row, column } = at;
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const before = isRtl ? 'ArrowRight' : 'ArrowLeft';
  const after = isRtl ? 'ArrowLeft' : 'ArrowRight';
  switch (key) {
    case before:
      return { row, column: isCommand ? 0 : column - 1 };
    case after:
      return { row, column: isCommand ? lastColumn : column + 1 };
    case 'ArrowUp':
      return {
        row: isCommand ? Math.min(row, 0) : row - 1,
        column: Math.max(column, row === 0 ? 0 : -1),
      };
    case 'ArrowDown':
      return { row: isCommand ? lastRow : row + 1, column };
    case 'PageUp':
      return { row: Math.max(0, row - size.page), column };
    case 'PageDown':
      return { row: row + size.page, column };
    case 'Home':
      return { row: isCommand ? 0 : row, column: 0 };
    case 'End':
      return { row: isCommand ? lastRow : row, column: lastColumn };
    default:
      return null;
  }
}

/** A row as spreadsheets take it: fields between tabs, quoted where that is needed. */
function lineOf(row: readonly PreviewCell[]): string {
  return row
    .map((value) => {
      if (value === null) return '';
      return /[\t\n\r"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
    })
    .join('\t');
}
