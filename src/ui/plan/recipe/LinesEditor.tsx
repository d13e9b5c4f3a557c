// Lines of one column each, with what is to be done to it: the list in a step's option `columns`.
import { useRef, type ReactNode } from 'react';
import type { ColumnRef } from '../../../contract/filter.ts';
import { isSameColumn } from '../../column-edits.ts';
import { issuesAt } from '../../form/issues.ts';
import { OptionRow } from '../../form/OptionRow.tsx';
import { Button } from '../../kit/Button.tsx';
import { Icon } from '../../kit/Icon.tsx';
import { ColumnSelect, refsOfColumns, typeOfRef } from './ColumnSelect.tsx';
import { RestForm } from './RestForm.tsx';
import { STEP_OPTIONS, type StepEditorProps } from './editor-props.ts';
import { recipeWords } from './messages.en.ts';
import { listOf, objectOf, refOf, refText, type Options } from './option-values.ts';
import styles from './recipe.module.css';

const words = recipeWords.lines;

export interface Line {
  options: Options;
  /** As a person reads it. */
  name: string;
  /** Of the column; empty where it is not there. */
  type: string;
  set: (options: Options) => void;
}

export function LinesEditor({
  first,
  how,
  more,
  proposed = [],
  above,
  without = ['columns'],
  title = words.columns,
  ...props
}: StepEditorProps & {
  /** A new line of this column. */
  first: (ref: ColumnRef, type: string) => Options;
  /** What is done, beside the column. */
  how: (line: Line) => ReactNode;
  /** Its particulars, beneath. */
  more?: (line: Line) => ReactNode;
  title?: string;
  /** Columns that a new line takes before others. */
  proposed?: readonly ColumnRef[];
  /** What stands above the lines; `add` gives more of them. */
  above?: (
    add: (lines: readonly Options[]) => void,
    isUsed: (ref: ColumnRef) => boolean,
  ) => ReactNode;
  /** Options the generated form leaves out. */
  without?: readonly string[];
}) {
  const { step, columns, onChange } = props;
  const box = useRef<HTMLDivElement>(null);
  const given = step.options['columns'];
  if (given !== undefined && !Array.isArray(given)) return <RestForm {...props} />;
  const lines = listOf(given).map(objectOf);
  const set = (next: readonly Options[]) => onChange({ ...step.options, columns: next });
  const refs = refsOfColumns(columns);
  const isUsed = (ref: ColumnRef) =>
    lines.some(({ column }) => {
      const known = refOf(column);
      return known !== null && isSameColumn(known, ref);
    });
  const unused = [...proposed, ...refs].find((ref) => !isUsed(ref));
  return (
    <>
      <OptionRow title={title} isGroup issues={issuesAt(props.issues, `${STEP_OPTIONS}.columns`)}>
        {() => (
          <div ref={box}>
            {above?.((more) => set([...lines, ...more]), isUsed)}
            {lines.map((options, i) => {
              const ref = refOf(options['column']);
              const name = ref === null ? words.line(i + 1) : refText(ref);
              const line: Line = {
                options,
                name,
                type: typeOfRef(columns, ref),
                set: (next) => set(lines.with(i, next)),
              };
              return (
                <div key={i} className={styles.method} role="group" aria-label={name}>
                  <ColumnSelect
                    columns={columns}
                    value={ref}
                    aria-label={words.columnOf(i + 1)}
                    onChange={(column) => line.set({ ...options, column })}
                  />
                  {how(line)}
                  <Button
                    look="icon"
                    className={styles.small}
                    aria-label={recipeWords.remove(name)}
                    onClick={() => {
                      set(lines.toSpliced(i, 1));
                      box.current?.querySelector<HTMLElement>('[data-add]')?.focus();
                    }}
                  >
                    <Icon name="close" />
                  </Button>
                  {more ? <div className={styles.wideLine}>{more(line)}</div> : null}
                </div>
              );
            })}
            <Button
              look="link"
              data-add
              disabled={unused === undefined}
              onClick={() => set([...lines, first(unused!, typeOfRef(columns, unused!))])}
            >
              {words.add}
            </Button>
          </div>
        )}
      </OptionRow>
      <RestForm {...props} without={without} />
    </>
  );
}
