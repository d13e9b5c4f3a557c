// The first rows as they are read back: the grid of a receiver, with what differs from the plan marked, and the file's facts.
import type { UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type SyntheticEvent } from 'react';
import type { Reread, RereadColumn } from '../../contract/reread.ts';
import { formatCount, formatSize } from '../format-number.ts';
import { ErrorPanel } from '../run/ErrorPanel.tsx';
import { asExportError } from '../../contract/errors.ts';
import { FactsAside } from './FactsAside.tsx';
import { Grid } from './Grid.tsx';
import type { GridColumn } from './grid-columns.ts';
import { pageRuler, widthsOf, type Widths } from './grid-widths.ts';
import { outputWords } from './output-words.en.ts';
import { WholeValue, type Whole } from './WholeValue.tsx';
import own from './output.module.css';
import styles from './preview.module.css';

/** Columns are asked for so many at a time. */
const COLUMN_STEP = 64;

const shown = (value: string | null): string =>
  value === null ? outputWords.null : value === '' ? outputWords.emptyText : value;

export function AsRead({
  reread: { data, error, isPlaceholderData },
  firstColumn,
  widths,
  onColumns,
}: {
  reread: UseQueryResult<Reread>;
  firstColumn: number;
  widths: Widths;
  onColumns(firstColumn: number): void;
}) {
  const words = outputWords;
  if (data === undefined && error === null) return <p className={styles.blank}>{words.reading}</p>;
  const problem = data?.error ?? (error === null ? null : asExportError(error).toJSON());
  if (data === undefined || problem !== null) return <ErrorPanel error={problem!} />;
  return (
    <Read
      reread={data}
      isOld={isPlaceholderData}
      firstColumn={firstColumn}
      widths={widths}
      onColumns={onColumns}
    />
  );
}

function Read({
  reread,
  isOld,
  firstColumn,
  widths,
  onColumns,
}: {
  reread: Reread;
  isOld: boolean;
  firstColumn: number;
  widths: Widths;
  onColumns(firstColumn: number): void;
}) {
  const words = outputWords;
  const { rows, changed, rowsRead, rowsWritten, rowsRejected, facts } = reread;
  const [at, setAt] = useState<{ row: number; column: number } | null>(null);
  const [whole, setWhole] = useState<Whole | null>(null);
  const columns = useMemo(() => reread.columns.map(gridColumn), [reread.columns]);
  const sizes = useMemo(
    () => widthsOf(columns, rows, firstColumn, widths, pageRuler()),
    [columns, rows, firstColumn, widths],
  );
  const changes = useMemo(() => {
    const byRow = new Map<number, Map<number, string>>();
    for (const { row, column, written } of changed) {
      const known = byRow.get(row) ?? new Map<number, string>();
      byRow.set(row, known.set(column, words.written(shown(written))));
    }
    return byRow;
  }, [changed, words]);
  const onRange = useCallback(
    (_rows: [number, number], [from, to]: [number, number]) => {
      const here = rows[0]?.length ?? 0;
      if (here > 0 && (from < firstColumn || to >= firstColumn + here) && to < columns.length)
        onColumns(Math.max(0, Math.floor(from / COLUMN_STEP - 1) * COLUMN_STEP));
    },
    [firstColumn, rows, columns.length, onColumns],
  );
  const onPoint = (event: SyntheticEvent) => {
    const cell = (event.target as Element).closest('[role=gridcell]');
    const row = Number(cell?.parentElement?.getAttribute('aria-rowindex') ?? 1) - 2;
    const column = Number(cell?.getAttribute('aria-colindex') ?? 1) - 2;
    setAt((before) =>
      row < 0 || column < 0
        ? null
        : before?.row === row && before.column === column
          ? before
          : { row, column },
    );
  };
  const change = at && changed.find(({ row, column }) => row === at.row && column === at.column);
  const notes = [
    rowsRead !== rowsWritten ? words.otherRows(rowsRead, rowsWritten) : '',
    rowsRejected > 0 ? words.rejected(rowsRejected) : '',
    reread.isTold ? '' : words.ownReading,
  ].filter(Boolean);
  return (
    <>
      {notes.length === 0 ? null : <p className={styles.note}>{notes.join(' ')}</p>}
      <div className={own.read} aria-busy={isOld}>
        <div className={own.rows} onFocus={onPoint} onMouseOver={onPoint}>
          {columns.length === 0 ? (
            <p className={styles.blank}>{words.noColumns}</p>
          ) : (
            <Grid
              columns={columns}
              widths={sizes}
              rows={rows}
              firstColumn={firstColumn}
              rowLabel={(row) => formatCount(row + 1)}
              label={words.grid}
              sampledRows={0}
              changes={changes}
              end={rows.length === 0 ? <p className={styles.blank}>{words.noRows}</p> : null}
              onRange={onRange}
              onFilter={noAction}
              onLeaveOut={noAction}
              onCopy={(text) => void navigator.clipboard.writeText(text).catch(noAction)}
              onWhole={(text, column, cell) => setWhole({ text, name: column.name, cell })}
            />
          )}
        </div>
        {facts === null ? null : <FactsAside facts={facts} />}
      </div>
      <WholeValue whole={whole} onClose={() => setWhole(null)} />
      <div className={styles.foot}>
        <span className={changed.length > 0 ? own.differs : undefined} role="status">
          {change
            ? words.cell(
                shown(rows[change.row]?.[change.column - firstColumn] ?? null),
                shown(change.written),
                columns[change.column]?.name ?? '',
                formatCount(change.row + 1),
              )
            : changed.length === 0
              ? words.allSame
              : words.differ(changed.length)}
        </span>
        <span className={own.size}>{words.fileOf(rowsWritten, formatSize(reread.sizeBytes))}</span>
      </div>
    </>
  );
}

const noAction = (): void => {};

/** Shown as it is read; what the plan calls it, or of what type it is there, stands as what it was. */
function gridColumn({ name, type, written }: RereadColumn, place: number): GridColumn {
  const was =
    written === null
      ? name
      : written.name !== name
        ? written.name
        : written.type !== type
          ? written.type
          : name;
  return {
    name,
    type,
    key: `read ${place} ${name} ${type}`,
    choice: { ref: { name: was, nth: 0 }, place, isOut: true, newName: name },
    inspected: null,
  };
}
