// Opens the address that a stored plan reads, and asks for its secret first where it has one: no plan holds any.
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { ExportConfig } from '../../contract/config.ts';
import { asExportError } from '../../contract/errors.ts';
import type { PlanTemplate } from '../draft.ts';
import { Button } from '../kit/Button.tsx';
import { TextInput } from '../kit/fields.tsx';
import { Modal } from '../kit/Modal.tsx';
import { messages } from '../messages.en.ts';
import { openInputs } from '../open-inputs.ts';
import type { Session } from '../session.tsx';
import { addressInput, needsSecret } from './address.ts';
import { sourceWords } from './messages.en.ts';
import styles from './source.module.css';

export default function StoredAddress({
  session,
  plan: { name, config, template },
  onOpened,
  onClose,
}: {
  session: Session;
  plan: { name: string; config: ExportConfig; template: PlanTemplate | null };
  onOpened: () => void;
  /** In any case, once there is nothing more to ask. */
  onClose: () => void;
}) {
  const words = sourceWords.address;
  const { from } = config.sources[0]!;
  const options = 'origin' in from ? from.options : {};
  const url = String(options['url'] ?? '');
  const isAsked = needsSecret(options);
  const [secret, setSecret] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const open = async () => {
    const input = addressInput(url, options, secret);
    if (typeof input === 'string') {
      setProblem(words.problems[input]);
      return;
    }
    try {
      if (await openInputs(session, [input])) {
        session.drafts.getState().loadConfig(config, template);
        onOpened();
      }
      onClose();
    } catch (thrown) {
      const { message, hint } = asExportError(thrown);
      setProblem(`${message} ${hint}`);
    }
  };
  const openAtOnce = useEffectEvent(() => void open());
  const isBegun = useRef(false);
  useEffect(() => {
    if (isAsked) field.current?.focus();
    else if (!isBegun.current) {
      isBegun.current = true;
      openAtOnce();
    }
  }, [isAsked]);
  if (!isAsked && problem === null) return null;
  const auth = options['auth'];
  return (
    <Modal
      title={isAsked && URL.canParse(url) ? words.signIn(new URL(url).host) : words.address}
      onClose={onClose}
    >
      <form
        className={styles.signIn}
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        {isAsked ? (
          <>
            <p>{words.signInSays(name)}</p>
            <div className={styles.stackedSetting}>
              <label htmlFor={`${id}-secret`}>
                {auth === 'bearer' ? words.token : auth === 'basic' ? words.password : words.key}
              </label>
              <TextInput
                id={`${id}-secret`}
                ref={field}
                type="password"
                autoComplete="off"
                value={secret}
                aria-describedby={`${id}-help`}
                onChange={(event) => setSecret(event.currentTarget.value)}
              />
              <p className={styles.repeats} id={`${id}-help`}>
                {words.secretHelp}
              </p>
            </div>
          </>
        ) : null}
        {problem === null ? null : (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        <div className={styles.ways}>
          <Button look="primary" type="submit">
            {words.openIt}
          </Button>
          <Button onClick={onClose}>{messages.dialog.cancel}</Button>
        </div>
      </form>
    </Modal>
  );
}
