// The rows after all steps: the first, the end of the sample, and those left out because something is wrong with them.
import { Suspense, lazy, useCallback, useMemo, useState } from 'react';
import type { Inspection, Preview, PreviewCell } from '../../contract/verbs.ts';
import { stepOf } from '../plan-parts.ts';
import { formatCount } from '../format-number.ts';
import { Segments } from '../kit/Segments.tsx';
import { previewWords } from './preview-words.en.ts';
import { columnsOf } from '../plan/steps.ts';
import type { RowsPart } from '../page-state.ts';
import type { Rehearsal } from '../queries.ts';
import { useDraft, useDraftActions, usePage } from '../session.tsx';
import { filterByValue } from './filter-by-value.ts';
import { Grid } from './Grid.tsx';
import { gridColumns, isShortened, type GridColumn } from './grid-columns.ts';
import { pageRuler, widthsOf, type Widths } from './grid-widths.ts';
import { ProblemRows } from './ProblemRows.tsx';
import { rowCounts } from './row-counts.ts';
import { WholeValue, type Whole } from './WholeValue.tsx';
import styles from './preview.module.css';

const SampledNote = lazy(() => import('./SampledNote.tsx'));

/** Columns are asked for so many at a time, and anew once what is in sight comes near their end. */
const COLUMN_STEP = 64;

export function Rows({
  preview,
  firstColumn,
  inspection,
  rehearsal,
  widths,
}: {
  preview: Preview;
  /** 0-based column of the rows' first cells. */
  firstColumn: number;
  inspection: Inspection | undefined;
  rehearsal: Rehearsal;
  widths: Widths;
}) {
  const words = previewWords;
  const select = useDraft((state) => stepOf(state.draft!.config, 'select')?.options);
  const limit = useDraft((state) => stepOf(state.draft!.config, 'limit'));
  const { setColumns, setFilter } = useDraftActions();
  const showColumns = usePage((state) => state.showColumns);
  const { rowsPart: part, showRows: setPart } = usePage();
  const [said, say] = useState('');
  const [whole, setWhole] = useState<Whole | null>(null);
  const [seen, setSeen] = useState<[number, number]>([0, 0]);

  const inspected = inspection?.columns;
  const columns = useMemo(
    () => gridColumns(preview.columns, inspected ?? [], select),
    [preview.columns, inspected, select],
  );
  const counts = rowCounts(preview, inspection, rehearsal, limit !== undefined);
  const { problems } = counts;
  const hasLast = counts.firstOfLast === null || counts.firstOfLast >= preview.rows.length;
  const shownPart =
    (part === 'last' && !hasLast) || (part === 'problems' && problems.count === 0) ? 'first' : part;
  const rows = shownPart === 'last' ? preview.lastRows : preview.rows;
  const sizes = useMemo(
    () => widthsOf(columns, preview.rows, firstColumn, widths, pageRuler()),
    [columns, preview.rows, firstColumn, widths],
  );

  const onRange = useCallback(
    (shownRows: [number, number], [from, to]: [number, number]) => {
      setSeen((before) =>
        before[0] === shownRows[0] && before[1] === shownRows[1] ? before : shownRows,
      );
      if (from < firstColumn || to >= firstColumn + widthOfWindow(preview, firstColumn))
        showColumns(Math.max(0, Math.floor(from / COLUMN_STEP - 1) * COLUMN_STEP));
    },
    [firstColumn, preview, showColumns],
  );

  const filter = useDraft((state) => state.draft!.filterText);
  const filterProblem = useDraft((state) => state.draft!.filterProblem);

  const onFilter = ({ choice, inspected: source, type }: GridColumn, value: PreviewCell) => {
    if (choice === null || inspected === undefined) return;
    if (filterProblem !== null) return say(words.filterFirst);
    if (isShortened(value)) return say(words.tooLong);
    setFilter(
      filterByValue(filter, choice.ref, source?.type ?? type, value),
      inspected.map((each) => each.name),
    );
    say(words.filtered(choice.ref.name));
  };
  const onLeaveOut = ({ choice, name }: GridColumn) => {
    if (choice === null || inspected === undefined) return;
    const all = columnsOf(inspected, select);
    setColumns(all.map((each) => (each.place === choice.place ? { ...each, isOut: false } : each)));
    say(words.leftOut(name));
  };
  const onCopy = (text: string, isRow: boolean) => {
    navigator.clipboard.writeText(text).then(
      () => say(isRow ? words.rowCopied : words.cellCopied),
      () => say(words.notCopied),
    );
  };

  const base = shownPart === 'last' ? counts.firstOfLast : 0;
  return (
    <>
      <div className={styles.bar}>
        <Segments<RowsPart>
          isSmall
          aria-label={words.whichRows}
          segments={[
            { value: 'first', label: words.first },
            { value: 'last', label: words.last, isOff: !hasLast },
            {
              value: 'problems',
              label:
                problems.count === 0 ? (
                  words.problemRows
                ) : (
                  <>
                    {words.problemRows} <span className={styles.count}>{problems.text}</span>
                  </>
                ),
              isOff: problems.count === 0,
            },
          ]}
          value={shownPart}
          onChange={setPart}
        />
        <span className={styles.push}>{shownPart === 'last' ? words.endOfSample : ''}</span>
        <span className={styles.unseen} role="status">
          {said}
        </span>
      </div>
      {preview.isSampled || preview.areColumnsSampled ? (
        <Suspense>
          <SampledNote preview={preview} inspection={inspection} rehearsal={rehearsal} />
        </Suspense>
      ) : null}
      {shownPart === 'problems' ? (
        <ProblemRows rejects={problems.listed} />
      ) : columns.length === 0 ? (
        <p className={styles.blank}>{words.noColumns}</p>
      ) : (
        <Grid
          key={shownPart}
          columns={columns}
          widths={sizes}
          rows={rows}
          firstColumn={firstColumn}
          rowLabel={(row) => (base === null ? '' : formatCount(base + row + 1))}
          label={shownPart === 'last' ? words.lastRegion : words.rowsRegion}
          sampledRows={inspection?.sampledRows ?? 0}
          end={
            rows.length === 0 ? (
              <p className={styles.blank}>
                {preview.rowsRead === 0 ? words.noSourceRows : words.noRows}
              </p>
            ) : shownPart === 'first' && counts.total !== rows.length ? (
              <p className={styles.more}>{words.moreRows(rows.length)}</p>
            ) : null
          }
          onRange={onRange}
          onFilter={onFilter}
          onLeaveOut={onLeaveOut}
          onCopy={onCopy}
          onWhole={(text, column, cell) => setWhole({ text, name: column.name, cell })}
        />
      )}
      <WholeValue whole={whole} onClose={() => setWhole(null)} />
      <div className={styles.foot}>
        <span>
          {shownPart === 'problems'
            ? words.problemsShown(problems.listed.length, problems.text)
            : rows.length === 0
              ? words.noRowsYet
              : base === null
                ? words.endOfSample
                : words.rowsShown(
                    base + seen[0] + 1,
                    base + Math.min(seen[1], rows.length - 1) + 1,
                    counts.totalText,
                  )}
        </span>
        <span>{counts.rest}</span>
      </div>
    </>
  );
}

/** How many columns the rows hold cells of. */
function widthOfWindow(preview: Preview, firstColumn: number): number {
  return preview.rows[0]?.length ?? preview.columns.length - firstColumn;
}
