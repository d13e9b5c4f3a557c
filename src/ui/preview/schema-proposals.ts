// The types that the whole source has where its first rows proposed others, as edits of its columns.
import type { ColumnEdit } from '../../contract/config.ts';
import type { ProfiledColumn } from '../../contract/profile.ts';
import type { Inspection } from '../../contract/verbs.ts';
import { editOf, ownRefOf, retyped } from '../column-edits.ts';

/** Edits that take all proposals of columns whose types nobody set. */
export function takenProposals(
  { columns }: Inspection,
  edits: readonly ColumnEdit[] | undefined,
  found: readonly (ProfiledColumn | undefined)[],
): ColumnEdit[] {
  return columns.flatMap((each, i): ColumnEdit[] => {
    const proposed = found[i]?.proposedType;
    if (proposed === undefined) return [];
    const column = ownRefOf(each);
    return [{ column, ...retyped(editOf(edits, column), proposed.type) }];
  });
}
