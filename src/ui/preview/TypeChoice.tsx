// The type of a column of the source: as proposed, or another, and what becomes of values that do not fit that.
import type { InspectedColumn } from '../../contract/verbs.ts';
import { editOf, ownRefOf, retyped } from '../column-edits.ts';
import { sourceOf } from '../plan-parts.ts';
import { Select } from '../kit/fields.tsx';
import { useDraft, useDraftActions } from '../session.tsx';
import { dataWords } from '../plan/data-words.en.ts';
import { schemaViewWords } from './preview-words.en.ts';
import { TYPES } from '../plan/recipe/types-offered.ts';
import { hueOf, typeWord } from './TypeName.tsx';
import styles from './preview.module.css';

const PROPOSED = '';

export function TypeChoice({ column }: { column: InspectedColumn }) {
  const words = schemaViewWords;
  const { editColumn } = useDraftActions();
  const ref = ownRefOf(column);
  const edits = useDraft((state) => sourceOf(state.draft!.config).columns);
  const edit = editOf(edits, ref);
  const name = column.name === '' ? dataWords.noName : column.name;
  const others = TYPES.filter((type) => type !== column.type);
  return (
    <>
      <Select
        isPlain
        className={`${styles.typeSelect} ${hueOf(edit.type ?? column.type)}`}
        aria-label={words.typeOf(name)}
        value={edit.type ?? PROPOSED}
        onChange={(event) => {
          const type = event.currentTarget.value;
          editColumn(ref, retyped(edit, type === PROPOSED ? null : type));
        }}
      >
        <option value={PROPOSED}>
          {edit.type === undefined ? typeWord(column.type) : words.asProposed}
        </option>
        {edit.type !== undefined && !others.includes(edit.type) ? (
          <option value={edit.type}>{typeWord(edit.type)}</option>
        ) : null}
        {others.map((type) => (
          <option key={type} value={type}>
            {typeWord(type)}
          </option>
        ))}
      </Select>
      {edit.type === undefined ? null : (
        <label className={styles.misfit}>
          <span>{words.misfit}</span>
          <Select
            isPlain
            className={styles.typeSelect}
            aria-label={words.misfitOf(name)}
            value={edit.onMisfit ?? 'reject'}
            onChange={(event) =>
              editColumn(ref, {
                ...edit,
                onMisfit: event.currentTarget.value as 'reject' | 'null' | 'fail',
              })
            }
          >
            <option value="reject">{words.reject}</option>
            <option value="null">{words.toNull}</option>
            <option value="fail">{words.fail}</option>
          </Select>
        </label>
      )}
    </>
  );
}
