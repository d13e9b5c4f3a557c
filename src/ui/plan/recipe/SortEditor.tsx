// The keys that rows are sorted by, in order of weight.
import { useRef } from 'react';
import { issuesAt } from '../../form/issues.ts';
import { OptionRow } from '../../form/OptionRow.tsx';
import { Button } from '../../kit/Button.tsx';
import { Icon } from '../../kit/Icon.tsx';
import { Select } from '../../kit/fields.tsx';
import { ColumnMover, useMoves } from '../ColumnMover.tsx';
import { ColumnSelect, refsOfColumns } from './ColumnSelect.tsx';
import { RestForm } from './RestForm.tsx';
import { STEP_OPTIONS, type StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { listOf, objectOf, refOf, refText } from './option-values.ts';
import styles from './recipe.module.css';
import { isSameColumn } from '../../column-edits.ts';

const words = recipeWords.sort;

interface Key {
  column: unknown;
  order?: unknown;
  nulls?: unknown;
}

export function SortEditor(props: StepEditorProps) {
  return (
    <>
      <SortKeys {...props} />
      <RestForm {...props} without={['by']} />
    </>
  );
}

/** The keys in `by`. */
export function SortKeys(props: StepEditorProps) {
  const { step, columns, onChange } = props;
  const box = useRef<HTMLUListElement>(null);
  const keys = listOf(step.options['by']).map((key): Key => {
    const object = objectOf(key);
    return 'column' in object ? (object as unknown as Key) : { column: key };
  });
  const set = (next: readonly Key[]) => onChange({ ...step.options, by: next });
  const moves = useMoves((from, to) => {
    const moved = keys[from]!;
    set(keys.toSpliced(from, 1).toSpliced(to, 0, moved));
  }, keys.length);
  // Written by hand in the short form of ORDER BY.
  if (typeof step.options['by'] === 'string') return <RestForm {...props} only={['by']} />;
  const change = (at: number, part: Partial<Key>) => set(keys.with(at, { ...keys[at]!, ...part }));
  const unused = refsOfColumns(columns).find((ref) =>
    keys.every((key) => {
      const known = refOf(key.column);
      return known === null || !isSameColumn(known, ref);
    }),
  );
  return (
    <OptionRow
      title={words.keys}
      help={words.help}
      isGroup
      issues={issuesAt(props.issues, `${STEP_OPTIONS}.by`)}
    >
      {(ids) => (
        <>
          <ul
            ref={box}
            className={styles.keys}
            aria-labelledby={ids.label}
            aria-describedby={ids.describedBy}
          >
            {keys.map((key, i) => {
              const ref = refOf(key.column);
              const name = ref === null ? words.key(i + 1) : refText(ref);
              return (
                <li
                  key={i}
                  data-column-index={i}
                  className={[
                    styles.key,
                    moves.lifted === i ? styles.isLifted : '',
                    moves.target === i && moves.lifted !== i ? styles.isTarget : '',
                  ].join(' ')}
                >
                  <ColumnMover.Grip moves={moves} index={i} name={words.keyOf(i + 1, name)} />
                  <ColumnSelect
                    columns={columns}
                    value={ref}
                    aria-label={words.columnOf(i + 1)}
                    onChange={(column) => change(i, { column })}
                  />
                  <Select
                    aria-label={words.orderOf(i + 1)}
                    value={key.order === 'descending' ? 'descending' : 'ascending'}
                    onChange={(event) => change(i, { order: event.currentTarget.value })}
                  >
                    <option value="ascending">{words.ascending}</option>
                    <option value="descending">{words.descending}</option>
                  </Select>
                  <Select
                    aria-label={words.nullsOf(i + 1)}
                    value={key.nulls === 'first' ? 'first' : 'last'}
                    onChange={(event) => change(i, { nulls: event.currentTarget.value })}
                  >
                    <option value="last">{words.last}</option>
                    <option value="first">{words.first}</option>
                  </Select>
                  <Button
                    look="icon"
                    className={styles.small}
                    aria-label={recipeWords.remove(name)}
                    onClick={() => {
                      set(keys.toSpliced(i, 1));
                      box.current?.parentElement?.querySelector<HTMLElement>('[data-add]')?.focus();
                    }}
                  >
                    <Icon name="close" />
                  </Button>
                </li>
              );
            })}
          </ul>
          <Button
            look="link"
            data-add
            disabled={unused === undefined}
            onClick={() => set([...keys, { column: unused }])}
          >
            {words.add}
          </Button>
        </>
      )}
    </OptionRow>
  );
}
