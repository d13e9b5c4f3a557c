// Which of the files of a zip or folder is meant, where several could be: one of them, or all as one table.
import { asExportError } from '../../contract/errors.ts';
import { literalPattern } from '../../contract/file-names.ts';
import { sourceOf } from '../plan-parts.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { Select } from '../kit/fields.tsx';
import { useInspection } from '../queries.ts';
import { useDraft, useDraftActions } from '../session.tsx';
import { sourceWords as words } from './messages.en.ts';

/** What stands for all of them in the menu: no file is called so. */
const ALL = '/';

/** Nothing where there is no choice to make. */
export function FileChoice() {
  const { error } = useInspection();
  const files = useDraft((state) => sourceOf(state.draft!.config).files);
  const { setSource } = useDraftActions();
  const found = error === null ? null : asExportError(error);
  if (found?.code !== 'read.files.choose') return null;
  const names = JSON.parse(String(found.parameters['names'])) as string[];
  return (
    <OptionRow title={words.whichFile} help={words.whichFileHelp(names.length)}>
      {(ids) => (
        <Select
          id={ids.control}
          aria-describedby={ids.describedBy}
          value=""
          onChange={(event) => {
            const { value } = event.currentTarget;
            setSource({
              files:
                value === ALL
                  ? { columns: 'union', ...files }
                  : { columns: 'same', ...files, match: literalPattern(value) },
            });
          }}
        >
          <option value="">{words.chooseFile}</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value={ALL}>{words.allAsOne(names.length)}</option>
        </Select>
      )}
    </OptionRow>
  );
}
