// Which of the source's tables, sheets or record sets is read.
import type { Inspection } from '../../contract/verbs.ts';
import { sourceOf } from '../plan-parts.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { countOf } from '../format-number.ts';
import { Select } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import { formWords } from '../form/form-words.en.ts';
import { useDraft, useDraftActions } from '../session.tsx';
import { sourceWords } from './messages.en.ts';

/** Nothing where there is no choice. */
export function TablePart({ inspection }: { inspection: Inspection | undefined }) {
  const table = useDraft((state) => sourceOf(state.draft!.config).table);
  const { setSource } = useDraftActions();
  const tables = inspection?.tables ?? [];
  if (tables.length < 2 && table === undefined) return null;
  const chosen = table ?? inspection?.table ?? '';
  const kind = tables.find((each) => each.name === chosen)?.kind ?? 'table';
  return (
    <OptionRow
      title={sourceWords.tables[kind]}
      help={sourceWords.tablesFound(tables.length)}
      {...(table !== undefined && {
        back: formWords.whatIsFound,
        onBack: () => setSource({ table: undefined }),
      })}
    >
      {(ids) => (
        <Select
          id={ids.control}
          aria-describedby={ids.describedBy}
          value={chosen}
          // Columns that were edited are those of the table before.
          onChange={(event) => setSource({ table: event.currentTarget.value, columns: [] })}
        >
          {tables.some((each) => each.name === chosen) ? null : <option>{chosen}</option>}
          {tables.map(({ name, rowCount, isHidden }) => (
            <option key={name} value={name}>
              {[
                name,
                rowCount === null ? '' : countOf(rowCount, messages.row, messages.rows),
                isHidden ? sourceWords.hidden : '',
              ]
                .filter(Boolean)
                .join(', ')}
            </option>
          ))}
        </Select>
      )}
    </OptionRow>
  );
}
