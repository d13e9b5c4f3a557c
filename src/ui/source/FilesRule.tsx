// Several files read as one source: which they are, what becomes of their columns, and a column with their names.
import type { FilesConfig } from '../../contract/config.ts';
import type { Inspection } from '../../contract/verbs.ts';
import { sourceOf } from '../plan-parts.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { Button } from '../kit/Button.tsx';
import { Select, TextInput } from '../kit/fields.tsx';
import { useDraft, useDraftActions, useSession } from '../session.tsx';
import { filesOf, readApart } from './many-files.ts';
import { sourceWords as words } from './messages.en.ts';
import styles from './source.module.css';

/** Names listed at most. */
const LISTED = 6;
const USUAL: FilesConfig = { columns: 'union' };

/** Nothing where it is one file. */
export function FilesRule({ inspection }: { inspection: Inspection | undefined }) {
  const session = useSession();
  const input = useDraft((state) => state.draft!.input);
  const files = useDraft((state) => sourceOf(state.draft!.config).files);
  const { setSource } = useDraftActions();
  const bound = filesOf(input);
  const names = inspection?.files.length ? inspection.files : (bound ?? []).map(({ name }) => name);
  if (names.length < 2 && files === undefined) return null;
  const rule = files ?? USUAL;
  const set = (part: Partial<FilesConfig>) => setSource({ files: { ...rule, ...part } });
  return (
    <>
      <OptionRow title={words.files} isGroup help={words.filesCount(names.length)}>
        {(ids) => (
          <>
            <ul className={styles.names} aria-labelledby={ids.label}>
              {names.slice(0, LISTED).map((name) => (
                <li key={name} title={name}>
                  {name}
                </li>
              ))}
              {names.length > LISTED ? <li>{words.moreFiles(names.length - LISTED)}</li> : null}
            </ul>
            {bound === null ? (
              <Button look="link" onClick={() => setSource({ files: undefined })}>
                {words.chooseAgain}
              </Button>
            ) : (
              <Button look="link" onClick={() => void readApart(session, input)}>
                {words.apart}
              </Button>
            )}
          </>
        )}
      </OptionRow>
      <OptionRow title={words.columns} help={words.ruleHelp[rule.columns]}>
        {(ids) => (
          <Select
            id={ids.control}
            aria-describedby={ids.describedBy}
            value={rule.columns}
            onChange={(event) =>
              set({ columns: event.currentTarget.value as FilesConfig['columns'] })
            }
          >
            {(['union', 'same', 'first'] as const).map((each) => (
              <option key={each} value={each}>
                {words.rules[each]}
              </option>
            ))}
          </Select>
        )}
      </OptionRow>
      <OptionRow title={words.nameColumn} help={words.nameColumnHelp}>
        {(ids) => (
          <TextInput
            id={ids.control}
            aria-describedby={ids.describedBy}
            value={rule.nameColumn ?? ''}
            onChange={(event) => set({ nameColumn: event.currentTarget.value || undefined })}
          />
        )}
      </OptionRow>
    </>
  );
}
