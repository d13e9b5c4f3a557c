// Step 3: the format's options, from a preset and then one by one.
import { Fragment, useId } from 'react';
import type { Report } from '../../contract/report.ts';
import type { Catalogue, CheckIssue, CheckResult } from '../../contract/verbs.ts';
import { outputOf } from '../plan-parts.ts';
import { OptionForm, changedFields } from '../form/OptionForm.tsx';
import { issuesAt, sentenceOf } from '../form/issues.ts';
import { Button } from '../kit/Button.tsx';
import { formWords } from '../form/form-words.en.ts';
import { optionsWords } from './format-words.en.ts';
import { useCheck, useRehearsal } from '../queries.ts';
import { chosenPreset } from './answers.ts';
import { StepPart } from './Step.tsx';
import styles from './plan.module.css';
import { useDraft, useDraftActions } from '../session.tsx';

const PATH = 'outputs.0.format.options';
const NONE: ReadonlyMap<string, string> = new Map();
const NO_COLUMNS: CheckResult['columns'] = [];

/** What options did to the values in the rehearsal, by option id. */
function effectsOf(
  format: Catalogue['formats'][number],
  report: Report,
): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const { code, count, unit } of report.losses) {
    if (unit === 'columns') continue;
    const option = format.losses.find((loss) => loss.code === code)?.option;
    if (option !== undefined) counts.set(option, (counts.get(option) ?? 0) + count);
  }
  return new Map([...counts].map(([option, count]) => [option, optionsWords.changes(count)]));
}

export function OptionsStep({
  catalogue,
  issues,
}: {
  catalogue: Catalogue;
  issues: readonly CheckIssue[];
}) {
  const group = useId();
  const draft = useDraft((state) => state.draft!);
  const canUndo = useDraft((state) => state.past.length > 0);
  const { choosePreset, patchOptions, setFormat, setFormatOption, undo } = useDraftActions();
  const { report, isCurrent } = useRehearsal();
  const check = useCheck();
  const { format: part, charset } = outputOf(draft.config);
  const format = catalogue.formats.find((each) => each.id === part.id);
  if (format === undefined) return null;
  const preset = chosenPreset(format, part.options, draft.presetId, charset);
  const base = preset?.options ?? {};
  const changed = changedFields(format.options, part.options, base);
  const known = new Set(format.options.map((field) => `${PATH}.${field.id}`));
  // What files hold is known only now.
  const offered = format.options.map((field) => {
    const choices = check.data?.choices?.[`${PATH}.${field.id}`];
    return choices ? { ...field, choices: [...choices] } : field;
  });
  const others = issuesAt(issues, PATH).filter((issue) => !known.has(issue.path));
  return (
    <>
      {format.presets.length === 0 ? null : (
        <StepPart
          title={optionsWords.startFrom}
          says={changed.length > 0 ? formWords.changed(changed.length) : ''}
          action={
            changed.length > 0 ? (
              <Button
                look="link"
                onClick={() => (preset ? choosePreset(preset) : setFormat(format.id))}
              >
                {optionsWords.reset}
              </Button>
            ) : null
          }
        >
          <div role="radiogroup" aria-label={optionsWords.startFrom} className={styles.presets}>
            <label className={styles.preset}>
              <input
                type="radio"
                name={group}
                checked={preset === undefined}
                onChange={() => setFormat(format.id)}
              />
              <b>{optionsWords.usual}</b>
              <small>{optionsWords.usualSays}</small>
            </label>
            {format.presets.map((each, i) => (
              <Fragment key={each.id}>
                {each.section === format.presets[i - 1]?.section ? null : (
                  <p className={styles.presetGroup}>{each.section}</p>
                )}
                <label className={styles.preset}>
                  <input
                    type="radio"
                    name={group}
                    checked={each.id === preset?.id}
                    onChange={() => choosePreset(each)}
                  />
                  <b>{each.title}</b>
                  <small>{each.help}</small>
                </label>
              </Fragment>
            ))}
          </div>
        </StepPart>
      )}
      {others.map((issue) => (
        <p key={issue.code} className={styles.bad}>
          {sentenceOf(issue)} {issue.hint}
        </p>
      ))}
      {format.options.length === 0 ? <p className={styles.help}>{optionsWords.none}</p> : null}
      <OptionForm
        key={format.id}
        fields={offered}
        owner={format.id}
        values={part.options}
        base={base}
        onChange={setFormatOption}
        path={PATH}
        issues={issues}
        panel={{ folder: `formats/${format.id}`, columns: check.data?.columns ?? NO_COLUMNS }}
        effects={isCurrent && report ? effectsOf(format, report) : NONE}
        onRemedy={(issue) => patchOptions(issue.path, issue.remedy!.options)}
        {...(canUndo ? { onUndo: undo } : {})}
      />
    </>
  );
}
