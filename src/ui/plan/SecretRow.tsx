// A secret that an option names: typed here, kept in this window alone; the plan holds its name.
import type { OptionField } from '../../contract/options.ts';
import { isSecretReference } from '../../contract/secrets.ts';
import type { CheckIssue } from '../../contract/verbs.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { issuesAt } from '../form/issues.ts';
import { TextInput } from '../kit/fields.tsx';
import { useDraft, useDraftActions } from '../session.tsx';
import { studioMessages } from '../studio-messages.en.ts';

export function SecretRow({
  field,
  owner,
  value,
  path,
  issues,
  onChange,
}: {
  field: OptionField;
  /** The plug-in whose option it is: a new secret is named after both. */
  owner: string;
  value: unknown;
  path: string;
  issues: readonly CheckIssue[];
  onChange: (value: unknown) => void;
}) {
  const secrets = useDraft((state) => state.draft!.secrets);
  const { setSecret } = useDraftActions();
  const id = isSecretReference(value) ? value.secret : `${owner} ${field.id}`;
  const text = secrets?.[id] ?? '';
  return (
    <OptionRow
      title={field.title}
      help={field.help}
      issues={issuesAt(issues, `${path}.${field.id}`)}
    >
      {(ids) => (
        <TextInput
          id={ids.control}
          aria-describedby={ids.describedBy}
          aria-invalid={ids.isWrong}
          type="password"
          autoComplete="new-password"
          placeholder={value === null ? studioMessages.form.notSet : studioMessages.form.notEntered}
          value={text}
          onChange={(event) => {
            const typed = event.currentTarget.value;
            setSecret(id, typed);
            if (typed === '') onChange(null);
            else if (value === null) onChange({ secret: id });
          }}
        />
      )}
    </OptionRow>
  );
}
