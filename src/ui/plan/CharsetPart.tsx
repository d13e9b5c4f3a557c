// The charset of a text format's output, its byte order mark, and what happens to characters it lacks.
import type { CharsetConfig } from '../../contract/config.ts';
import type { Catalogue, CheckIssue } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { issuesAt } from '../form/issues.ts';
import { CheckBox, Select, TextInput } from '../kit/fields.tsx';
import { charsetWords } from './delivery-words.en.ts';
import { StepPart } from './Step.tsx';
import styles from './plan.module.css';
import { useDraft, useDraftActions } from '../session.tsx';

const PATH = 'outputs.0.charset';

export function CharsetPart({
  catalogue,
  issues,
}: {
  catalogue: Catalogue;
  issues: readonly CheckIssue[];
}) {
  const words = charsetWords;
  const charset = useDraft((state) => outputOf(state.draft!.config).charset);
  const { setCharset } = useDraftActions();
  const isUnicode = charset.id.startsWith('utf-');
  const at = issuesAt(issues, PATH);
  return (
    <StepPart title={words.title}>
      <OptionRow
        title={words.charset}
        issues={at}
        help={isUnicode ? words.bomHelp : undefined}
        {...(charset.id === 'utf-8' && !charset.bom
          ? {}
          : { back: words.usual, onBack: () => setCharset({ id: 'utf-8', bom: false }) })}
      >
        {(ids) => (
          <div className={styles.row}>
            <Select
              id={ids.control}
              aria-describedby={ids.describedBy}
              aria-invalid={ids.isWrong}
              value={charset.id}
              onChange={(event) => {
                const id = event.currentTarget.value;
                setCharset({ id, bom: id.startsWith('utf-16') });
              }}
            >
              {catalogue.charsets
                .filter((each) => each.canEncode)
                .map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.title}
                  </option>
                ))}
            </Select>
            {isUnicode ? (
              <CheckBox
                label={words.bom}
                checked={charset.bom}
                onChange={(event) => setCharset({ bom: event.currentTarget.checked })}
              />
            ) : null}
          </div>
        )}
      </OptionRow>
      {isUnicode ? null : (
        <OptionRow title={words.onLoss} help={words.onLossHelp}>
          {(ids) => (
            <div className={styles.row}>
              <Select
                id={ids.control}
                aria-describedby={ids.describedBy}
                value={charset.onLoss}
                onChange={(event) =>
                  setCharset({ onLoss: event.currentTarget.value as CharsetConfig['onLoss'] })
                }
              >
                <option value="fail">{words.fail}</option>
                <option value="replace">{words.replace}</option>
                <option value="escape">{words.escape}</option>
                <option value="transliterate">{words.transliterate}</option>
              </Select>
              {charset.onLoss === 'replace' || charset.onLoss === 'transliterate' ? (
                <TextInput
                  isMono
                  isNarrow
                  aria-label={words.replacement}
                  value={charset.replacement}
                  onChange={(event) => setCharset({ replacement: event.currentTarget.value })}
                />
              ) : null}
            </div>
          )}
        </OptionRow>
      )}
    </StepPart>
  );
}
