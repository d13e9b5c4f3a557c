// The source's columns: the proposed type with its evidence, and the type one may set instead.
import type { ColumnEdit } from '../../contract/config.ts';
import type { InspectedColumn, Inspection } from '../../contract/verbs.ts';
import { isSameColumn, sourceOf } from '../draft.ts';
import { countOf, formatCount, formatShare } from '../format-number.ts';
import { Pager, usePages } from '../kit/Pager.tsx';
import { Select } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import { hueOf, typeWord } from './TypeName.tsx';
import styles from './preview.module.css';
import { useDraft } from '../session.tsx';

/** Types one may set; the proposal joins them when it is another. */
const TYPES = [
  'utf8',
  'int64',
  'float64',
  'decimal(18,2)',
  'bool',
  'date',
  'timestamp(us)',
  'timestamp(us, UTC)',
];
const PROPOSED = '';
/** From here on distinct values are no longer counted. */
const MOST_DISTINCT = 1000;
/** Columns at a time: sources may have 100,000. */
const PAGE = 100;

export function SchemaView({ inspection }: { inspection: Inspection }) {
  const words = messages.schema;
  const edits = useDraft((state) => sourceOf(state.draft!.config).columns);
  const page = usePages(inspection.columns, PAGE);
  return (
    <>
      <Pager page={page} words={messages.pages.columns} isBar />
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.region}>
        <table className={styles.schema} aria-label={words.region}>
          <thead>
            <tr>
              <th scope="col">{words.column}</th>
              <th scope="col">{words.type}</th>
              <th scope="col" className={styles.end}>
                {words.nulls}
              </th>
              <th scope="col" className={styles.end}>
                {words.distinct}
              </th>
              <th scope="col">{words.why}</th>
            </tr>
          </thead>
          <tbody>
            {page.items.map((column, i) => (
              <SchemaRow
                key={page.from + i}
                column={column}
                rows={inspection.sampledRows}
                edit={edits?.find((each) => isSameColumn(each.column, column))}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.foot}>
        <span>
          {inspection.isWhole
            ? words.fromAll(countOf(inspection.sampledRows, messages.row, messages.rows))
            : words.fromSample(countOf(inspection.sampledRows, messages.row, messages.rows))}
        </span>
      </div>
    </>
  );
}

function SchemaRow({
  column,
  rows,
  edit,
}: {
  column: InspectedColumn;
  rows: number;
  edit: ColumnEdit | undefined;
}) {
  const words = messages.schema;
  const setColumnType = useDraft((state) => state.setColumnType);
  const ref = column.nth === 0 ? { name: column.name } : { name: column.name, nth: column.nth };
  const name = column.name === '' ? messages.data.noName : column.name;
  const set = (change: Omit<ColumnEdit, 'column'>) => setColumnType(ref, change);
  const others = TYPES.filter((type) => type !== column.type);
  return (
    <tr>
      <td className={styles.name} title={column.name}>
        {name}
        <small>{column.sentence}</small>
      </td>
      <td>
        <Select
          isPlain
          className={`${styles.typeSelect} ${hueOf(edit?.type ?? column.type)}`}
          aria-label={words.typeOf(name)}
          value={edit?.type ?? PROPOSED}
          onChange={(event) => {
            const type = event.currentTarget.value;
            if (type === PROPOSED) set({});
            else set({ type, onMisfit: edit?.onMisfit ?? 'reject' });
          }}
        >
          <option value={PROPOSED}>
            {edit?.type === undefined ? typeWord(column.type) : words.asProposed}
          </option>
          {edit?.type !== undefined && !others.includes(edit.type) ? (
            <option value={edit.type}>{typeWord(edit.type)}</option>
          ) : null}
          {others.map((type) => (
            <option key={type} value={type}>
              {typeWord(type)}
            </option>
          ))}
        </Select>
        {edit?.type === undefined ? null : (
          <Select
            isPlain
            className={styles.typeSelect}
            aria-label={words.misfitOf(name)}
            value={edit.onMisfit ?? 'reject'}
            onChange={(event) =>
              set({
                type: edit.type!,
                onMisfit: event.currentTarget.value as 'reject' | 'null' | 'fail',
              })
            }
          >
            <option value="reject">{words.reject}</option>
            <option value="null">{words.toNull}</option>
            <option value="fail">{words.fail}</option>
          </Select>
        )}
      </td>
      <td className={styles.end}>{rows === 0 ? '–' : formatShare(column.nullCount / rows)}</td>
      <td className={styles.end}>
        {column.distinctCount < MOST_DISTINCT ? '' : '≥\u00a0'}
        {formatCount(column.distinctCount)}
      </td>
      <td className={styles.why}>{column.sentence}</td>
    </tr>
  );
}
