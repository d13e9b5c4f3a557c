// Step 3: the format's options, from a preset and then one by one.
import type { Catalogue, CheckIssue } from '../../contract/verbs.ts';
import { outputOf } from '../draft.ts';
import { OptionForm, changedFields } from '../form/OptionForm.tsx';
import { issuesAt, sentenceOf } from '../form/issues.ts';
import { Button } from '../kit/Button.tsx';
import { messages } from '../messages.en.ts';
import { chosenPreset } from './answers.ts';
import { StepPart } from './Step.tsx';
import styles from './plan.module.css';
import { useDraft, useDraftActions } from '../session.tsx';

const PATH = 'outputs.0.format.options';

export function OptionsStep({
  catalogue,
  issues,
}: {
  catalogue: Catalogue;
  issues: readonly CheckIssue[];
}) {
  const draft = useDraft((state) => state.draft!);
  const { choosePreset, setFormatOption } = useDraftActions();
  const { format: part, charset } = outputOf(draft.config);
  const format = catalogue.formats.find((each) => each.id === part.id);
  if (format === undefined) return null;
  const preset = chosenPreset(format, part.options, draft.presetId, charset);
  const base = preset?.options ?? {};
  const changed = changedFields(format.options, part.options, base);
  const known = new Set(format.options.map((field) => `${PATH}.${field.id}`));
  const others = issuesAt(issues, PATH).filter((issue) => !known.has(issue.path));
  return (
    <>
      {format.presets.length === 0 ? null : (
        <StepPart
          title={messages.options.startFrom}
          says={changed.length > 0 ? messages.form.changed(changed.length) : ''}
          action={
            changed.length > 0 && preset ? (
              <Button look="link" onClick={() => choosePreset(preset)}>
                {messages.options.reset}
              </Button>
            ) : null
          }
        >
          <div role="radiogroup" aria-label={messages.options.startFrom} className={styles.presets}>
            {format.presets.map((each) => (
              <label key={each.id} className={styles.preset}>
                <input
                  type="radio"
                  name="preset"
                  checked={each.id === preset?.id}
                  onChange={() => choosePreset(each)}
                />
                <b>{each.title}</b>
                <small>{each.help}</small>
              </label>
            ))}
          </div>
        </StepPart>
      )}
      {others.map((issue) => (
        <p key={issue.code} className={styles.bad}>
          {sentenceOf(issue)} {issue.hint}
        </p>
      ))}
      {format.options.length === 0 ? <p className={styles.help}>{messages.options.none}</p> : null}
      <OptionForm
        key={format.id}
        fields={format.options}
        values={part.options}
        base={base}
        onChange={setFormatOption}
        path={PATH}
        issues={issues}
      />
    </>
  );
}
