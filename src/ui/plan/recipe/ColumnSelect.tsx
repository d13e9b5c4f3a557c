// Chooses a column among those that come to a step, or several of them.
import { useRef } from 'react';
import type { ColumnRef } from '../../../contract/filter.ts';
import type { InspectedColumn } from '../../../contract/verbs.ts';
import { isSameColumn } from '../../column-edits.ts';
import form from '../../form/form.module.css';
import { Icon } from '../../kit/Icon.tsx';
import { Select } from '../../kit/fields.tsx';
import { hueOf } from '../../preview/TypeName.tsx';
import filter from '../filter.module.css';
import { sourceColumns } from '../steps.ts';
import { recipeWords } from './messages.en.ts';
import { refText } from './option-values.ts';
import styles from './recipe.module.css';

const words = recipeWords.columns;

/** The columns as a step names them: by name alone where that is enough. */
export function refsOfColumns(columns: readonly InspectedColumn[]): ColumnRef[] {
  return sourceColumns(columns).map(({ ref }) => ref);
}

/** The type of the column, where it is there. */
export function typeOfRef(columns: readonly InspectedColumn[], ref: ColumnRef | null): string {
  return columns.find((column) => ref !== null && isSameColumn(column, ref))?.type ?? '';
}

export function ColumnSelect({
  columns,
  value,
  onChange,
  none,
  accepts = () => true,
  ...aria
}: {
  columns: readonly InspectedColumn[];
  value: ColumnRef | null;
  onChange: (ref: ColumnRef | null) => void;
  /** Words for no column, where that may be. */
  none?: string;
  accepts?: (type: string) => boolean;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
}) {
  const refs = refsOfColumns(columns);
  const at = value === null ? -1 : refs.findIndex((ref) => isSameColumn(ref, value));
  const hue = at < 0 ? '' : hueOf(columns[at]!.type);
  return (
    <span className={`${styles.column} ${filter.column} ${hue}`}>
      <Select
        {...aria}
        className={styles.wide}
        value={at}
        onChange={(event) => onChange(refs[Number(event.currentTarget.value)] ?? null)}
      >
        {none !== undefined ? (
          <option value={-1}>{none}</option>
        ) : at < 0 ? (
          <option value={-1} disabled={value === null}>
            {value === null ? words.column : words.missing(refText(value))}
          </option>
        ) : null}
        {refs.map((ref, i) =>
          accepts(columns[i]!.type) || i === at ? (
            <option key={i} value={i}>
              {refText(ref)}
            </option>
          ) : null,
        )}
      </Select>
    </span>
  );
}

/** Columns as tags in their order, and a menu to add another. */
export function ColumnTags({
  columns,
  value,
  onChange,
  label,
  addWord,
  accepts = () => true,
}: {
  columns: readonly InspectedColumn[];
  value: readonly ColumnRef[];
  onChange: (refs: ColumnRef[]) => void;
  label: string;
  /** Words of the menu that adds one. */
  addWord?: string;
  /** Whether a column of this type may be added. */
  accepts?: (type: string) => boolean;
}) {
  const box = useRef<HTMLDivElement>(null);
  const refs = refsOfColumns(columns);
  const left = refs.flatMap((ref, i) =>
    value.some((chosen) => isSameColumn(chosen, ref)) || !accepts(columns[i]!.type) ? [] : [i],
  );
  return (
    <div ref={box} role="group" aria-label={label} className={form.row}>
      {value.map((ref, i) => {
        const type = typeOfRef(columns, ref);
        const name = refText(ref);
        return (
          <span className={form.tag} key={`${i} ${name}`}>
            <i className={`${styles.dot} ${type === '' ? styles.isMissing : hueOf(type)}`} />
            <span>{type === '' ? words.missing(name) : name}</span>
            <button
              type="button"
              aria-label={words.remove(name)}
              onClick={() => {
                onChange(value.filter((_, at) => at !== i));
                box.current?.querySelector('select')?.focus();
              }}
            >
              <Icon name="close" />
            </button>
          </span>
        );
      })}
      {left.length === 0 ? null : (
        <Select
          data-add
          aria-label={addWord ?? `${label}: ${words.add}`}
          value=""
          onChange={(event) => onChange([...value, refs[Number(event.currentTarget.value)]!])}
        >
          <option value="" disabled>
            {addWord ?? words.add}
          </option>
          {left.map((i) => (
            <option key={i} value={i}>
              {refText(refs[i]!)}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}
