// The type that all values of a column fit, where the first rows proposed another, and the way to take it.
import type { ProfiledColumn } from '../../contract/profile.ts';
import type { InspectedColumn } from '../../contract/verbs.ts';
import { editOf, ownRefOf, retyped } from '../column-edits.ts';
import { sourceOf } from '../plan-parts.ts';
import { Button } from '../kit/Button.tsx';
import { useDraft, useDraftActions } from '../session.tsx';
import { dataWords } from '../plan/data-words.en.ts';
import { TypeName, typeWord } from './TypeName.tsx';
import { words } from './schema-words.en.ts';
import styles from './preview.module.css';

export default function Proposal({
  column,
  proposed,
}: {
  column: InspectedColumn;
  proposed: NonNullable<ProfiledColumn['proposedType']>;
}) {
  const { editColumn } = useDraftActions();
  const edits = useDraft((state) => sourceOf(state.draft!.config).columns);
  const ref = ownRefOf(column);
  const name = column.name === '' ? dataWords.noName : column.name;
  return (
    <p className={styles.proposal} title={proposed.sentence}>
      <span>
        {words.inWhole} <TypeName type={proposed.type} />
      </span>
      <Button
        look="link"
        aria-label={words.takeFor(typeWord(proposed.type), name)}
        onClick={() => editColumn(ref, retyped(editOf(edits, ref), proposed.type))}
      >
        {words.take}
      </Button>
    </p>
  );
}
