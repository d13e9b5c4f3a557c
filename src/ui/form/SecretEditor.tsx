// A secret that an option names: typed here, kept in this window alone; the plan holds its name.
import { isSecretReference } from '../../contract/secrets.ts';
import { TextInput } from '../kit/fields.tsx';
import { useDraft, useDraftActions } from '../session.tsx';
import { formWords } from './form-words.en.ts';
import type { EditorProps } from './editor-props.ts';

export function SecretEditor({ field, owner, value, ids, onChange }: EditorProps) {
  const secrets = useDraft((state) => state.draft!.secrets);
  const { setSecret } = useDraftActions();
  // A new secret is named after the plug-in and its option.
  const id = isSecretReference(value) ? value.secret : `${owner} ${field.id}`;
  const isSet = isSecretReference(value);
  return (
    <TextInput
      id={ids.control}
      aria-describedby={ids.describedBy}
      aria-invalid={ids.isWrong}
      type="password"
      autoComplete="new-password"
      placeholder={isSet ? formWords.notEntered : formWords.notSet}
      value={(isSet ? secrets?.[id] : undefined) ?? ''}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setSecret(id, typed);
        if (typed === '') onChange(undefined);
        else if (!isSet) onChange({ secret: id });
      }}
    />
  );
}
