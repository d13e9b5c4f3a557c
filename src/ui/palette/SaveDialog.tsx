// Saves the plan as a template, from anywhere: asks for a name, and says under which it was saved.
import { useEffect, useId, useRef, useState } from 'react';
import { asExportError } from '../../contract/errors.ts';
import type { ExportStore } from '../../contract/store.ts';
import type { Draft } from '../draft.ts';
import { Button } from '../kit/Button.tsx';
import { TextInput } from '../kit/fields.tsx';
import { Modal } from '../kit/Modal.tsx';
import { messages } from '../messages.en.ts';
import { useSession } from '../session.tsx';
import { saveTemplateWords } from './palette-words.en.ts';
import styles from './palette.module.css';

export function SaveDialog({
  store,
  draft: saved,
  onClose,
}: {
  store: ExportStore;
  draft: Draft;
  onClose: () => void;
}) {
  const words = saveTemplateWords;
  const { config } = saved;
  const { drafts } = useSession();
  const id = useId();
  const [name, setName] = useState(config.name);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const save = async () => {
    try {
      const { id: templateId } = await store.templates.save({ name: name.trim(), config });
      // Another input may be shown by now.
      const { draft, setTemplate } = drafts.getState();
      if (draft?.input.key === saved.input.key) setTemplate({ id: templateId, watermarks: [] });
      onClose();
    } catch (thrown) {
      const { message, hint } = asExportError(thrown);
      setProblem(`${message} ${hint}`);
    }
  };
  return (
    <Modal title={words.title} onClose={onClose}>
      <form
        className={styles.save}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void save();
        }}
      >
        <label htmlFor={id}>{words.name}</label>
        <TextInput
          id={id}
          ref={input}
          value={name}
          aria-describedby={`${id}-help`}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <p id={`${id}-help`}>{words.says}</p>
        {problem === null ? null : (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        <div>
          <Button onClick={onClose}>{messages.dialog.cancel}</Button>
          <Button look="primary" type="submit" disabled={name.trim() === ''}>
            {words.save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
