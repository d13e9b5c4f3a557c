// One column of the source opened in its place: type, pattern, signs and texts for null, with its first values before and after.
import { useQuery } from '@tanstack/react-query';
import type { InspectedColumn } from '../../contract/verbs.ts';
import { editOf, ownRefOf, withoutSteps, type Edit } from '../column-edits.ts';
import { bindingsOf } from '../draft-bindings.ts';
import { sourceOf } from '../plan-parts.ts';
import form from '../form/form.module.css';
import { sentenceOf } from '../form/issues.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Cell } from '../preview/Cell.tsx';
import { TypeChoice } from '../preview/TypeChoice.tsx';
import { boundKey, useCatalogue, useInspection } from '../queries.ts';
import { useDraft, useDraftActions, useEngine } from '../session.tsx';
import { dataWords } from './data-words.en.ts';
import { columnWords as words } from './column-editor-words.en.ts';
import { Spelling } from './recipe/Spelling.tsx';
import styles from './column-editor.module.css';

/** Values that are shown before and after. */
const SHOWN = 5;

export default function ColumnEditor({
  column,
  place,
}: {
  column: InspectedColumn;
  /** 0-based among the columns of the source. */
  place: number;
}) {
  const { editColumn } = useDraftActions();
  const ref = ownRefOf(column);
  const edits = useDraft((state) => sourceOf(state.draft!.config).columns);
  const edit = editOf(edits, ref);
  const name = column.name === '' ? dataWords.noName : column.name;
  const kind = useInspection().data?.kind;
  const isTextSource = useCatalogue().data?.sources.find(({ id }) => id === kind)?.isText ?? false;
  const values = useFirstValues(column, place, edit);
  const canSpell = isTextSource || /^(utf8|json|dictionary)/.test(values?.ownType ?? '');
  const isSettled = Object.entries(edit).some(([part]) => part !== 'name');
  return (
    <div className={styles.editor} role="group" aria-label={words.editor(name)}>
      <div className={styles.line}>
        <span className={styles.label}>{words.type}</span>
        <span className={styles.type}>
          <TypeChoice column={column} />
        </span>
        {isSettled ? (
          <Button
            look="link"
            onClick={() => editColumn(ref, edit.name === undefined ? {} : { name: edit.name })}
          >
            {words.back}
          </Button>
        ) : null}
      </div>
      <div className={styles.line}>
        <span className={styles.label}>{words.spelling}</span>
        {canSpell ? (
          <Spelling
            options={{ ...edit }}
            type={edit.type ?? column.type}
            name={name}
            set={(next) => editColumn(ref, typed(next, column.type))}
          />
        ) : values === null ? null : (
          <span className={styles.quiet}>{words.typed}</span>
        )}
      </div>
      <div className={styles.line} aria-live="polite">
        <span className={styles.label}>{words.values}</span>
        {values === null ? (
          <span className={styles.quiet}>{words.reading}</span>
        ) : (
          <FirstValues {...values} />
        )}
        <Fit column={column} edit={edit} />
      </div>
    </div>
  );
}

/** Patterns and signs speak of a type; without one of its own the column keeps what was proposed. */
function typed(edit: Edit, proposed: string): Edit {
  const needsType = edit.pattern !== undefined || edit.numbers !== undefined;
  return needsType && edit.type === undefined
    ? { ...edit, type: proposed, onMisfit: 'reject' }
    : edit;
}

interface Values {
  /** The type without what was settled. */
  ownType: string;
  before: readonly (string | null)[];
  after: readonly (string | null)[];
  error: string | null;
}

/** The column's values in the first rows, as the source has them and as they are read. */
function useFirstValues(column: InspectedColumn, place: number, edit: Edit): Values | null {
  const engine = useEngine();
  const draft = useDraft((state) => state.draft!);
  const ref = ownRefOf(column);
  const { data } = useQuery({
    queryKey: ['first values of', draft.input.key, draft.config.sources, place, boundKey(draft)],
    queryFn: async (): Promise<Values> => {
      const look = (as: Edit) =>
        engine.preview(withoutSteps(draft.config, ref, as), bindingsOf(draft), {
          rows: SHOWN,
          bytes: 1,
          columns: 1,
          firstColumn: place,
        });
      const own = await look({});
      // Rows that are left out would put the others out of step.
      const read = await look({ ...edit, ...(edit.onMisfit && { onMisfit: 'null' }) });
      const error = own.error ?? read.error;
      return {
        ownType: own.columns[place]?.type ?? '',
        before: own.rows.map((row) => row[0] ?? null),
        after: read.rows.map((row) => row[0] ?? null),
        error: error && `${sentenceOf(error)} ${error.hint}`,
      };
    },
    placeholderData: (previous, query) =>
      query?.queryKey[1] === draft.input.key && query.queryKey[3] === place ? previous : undefined,
    structuralSharing: false,
  });
  return data ?? null;
}

function FirstValues({ before, after, error }: Values) {
  if (error !== null)
    return (
      <p className={`${form.error} ${styles.wrong}`}>
        <Icon name="warning" />
        <span>{error}</span>
      </p>
    );
  return (
    <table className={styles.values}>
      <thead>
        <tr>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
        </tr>
      </thead>
      <tbody>
        {before.map((cell, i) => (
          <tr key={i}>
            <td title={cell ?? ''}>
              <bdi>
                <Cell value={cell} />
              </bdi>
            </td>
            <td title={after[i] ?? ''}>
              <bdi>
                <Cell value={after[i] ?? null} />
              </bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How many sampled values do not fit, where the first of them stand, and what becomes of them. */
function Fit({ column: { misfits }, edit }: { column: InspectedColumn; edit: Edit }) {
  const rows = useInspection().data?.sampledRows ?? 0;
  if (edit.type === undefined && edit.pattern === undefined) return null;
  if (misfits === undefined) return <p className={styles.fit}>{words.fits(rows)}</p>;
  const first = misfits.first.slice(0, 3).map(({ value, line }) => words.place(value, line));
  const what = [...first, ...(misfits.count > first.length ? [words.others] : [])].join(', ');
  return (
    <p className={`${styles.fit} ${styles.isUnfit}`}>
      <Icon name="warning" />
      <span>
        {words.misfits(misfits.count, rows, what)} {words.become[edit.onMisfit ?? 'reject']}
      </span>
    </p>
  );
}
