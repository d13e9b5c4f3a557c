// Saves the plan of an export as a template, its name asked for in place.
import { useEffect, useRef, useState } from 'react';
import type { ExportConfig } from '../../contract/config.ts';
import { asExportError } from '../../contract/errors.ts';
import { Button } from '../kit/Button.tsx';
import { TextInput } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import { studioMessages } from '../studio-messages.en.ts';
import { useSession } from '../session.tsx';
import styles from './run.module.css';

/** Nothing where nothing can be kept. */
export function SaveTemplate({ config }: { config: ExportConfig }) {
  const words = studioMessages.receipt;
  const { store } = useSession();
  const [name, setName] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const isOpen = name !== null;
  useEffect(() => {
    if (isOpen) input.current?.select();
  }, [isOpen]);
  if (store === null) return null;
  if (!isOpen)
    return (
      <>
        <span className={styles.help} role="status">
          {told}
        </span>
        <Button
          onClick={() => {
            setTold('');
            setName(config.name);
          }}
        >
          {words.saveTemplate}
        </Button>
      </>
    );
  const save = async () => {
    try {
      const saved = await store.templates.save({ name: name.trim(), config });
      setTold(words.templateSaved(saved.name));
      setName(null);
    } catch (thrown) {
      const { message, hint } = asExportError(thrown);
      setTold(`${message} ${hint}`);
    }
  };
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        setName(null);
      }}
    >
      <TextInput
        ref={input}
        className={styles.templateName}
        aria-label={words.templateName}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        {words.saveTemplateNow}
      </Button>
      <Button look="ghost" onClick={() => setName(null)}>
        {messages.dialog.cancel}
      </Button>
      {told === '' ? null : (
        <span className={styles.invalidNote} role="alert">
          {told}
        </span>
      )}
    </form>
  );
}
