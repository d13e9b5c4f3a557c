// Saves the plan of an export as a template, its name asked for in place.
import { useEffect, useRef, useState } from 'react';
import { asExportError } from '../../contract/errors.ts';
import { Button } from '../kit/Button.tsx';
import { TextInput } from '../kit/fields.tsx';
import { messages } from '../messages.en.ts';
import { receiptWords } from './receipt-words.en.ts';
import { useSession } from '../session.tsx';
import type { CompletedRun } from './run-state.ts';
import { watermarksOf } from './watermarks.ts';
import styles from './run.module.css';

/** Nothing where nothing can be kept. */
export function SaveTemplate({ run }: { run: CompletedRun }) {
  const { report, draft, startedAt } = run;
  const { config } = report;
  const words = receiptWords;
  const { store, drafts } = useSession();
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
      // The run was the first of the template, as it were.
      const reached = watermarksOf(config, report, startedAt);
      const watermarks =
        reached.length > 0 ? await store.templates.moveWatermarks(saved.id, reached) : [];
      const { draft: shown, setTemplate } = drafts.getState();
      if (shown?.input.key === draft.input.key) setTemplate({ id: saved.id, watermarks });
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
