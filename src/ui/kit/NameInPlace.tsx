// A heading that is renamed where it stands: Enter or leaving keeps the new name, Escape the old one.
import { useEffect, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { TextInput } from './fields.tsx';

export function NameInPlace({
  name,
  label,
  rename,
  onRename,
}: {
  name: string;
  /** Of the field. */
  label: string;
  /** Of the button. */
  rename: string;
  onRename: (name: string) => void;
}) {
  const [text, setText] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isEditing = text !== null;
  const wasEditing = useRef(false);
  const isClosing = useRef(false);
  useEffect(() => {
    isClosing.current = false;
    if (isEditing) input.current?.select();
    else if (wasEditing.current && document.activeElement === document.body)
      button.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);

  if (text === null)
    return (
      <>
        <h2>{name}</h2>
        <Button ref={button} look="link" onClick={() => setText(name)}>
          {rename}
        </Button>
      </>
    );
  const close = () => {
    // Its going away takes the focus from it, which must not keep the name a second time.
    isClosing.current = true;
    setText(null);
  };
  const keep = () => {
    if (isClosing.current) return;
    const wanted = text.trim();
    if (wanted !== '' && wanted !== name) onRename(wanted);
    close();
  };
  return (
    <TextInput
      ref={input}
      aria-label={label}
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          // Else it would press the button that gets the focus.
          event.preventDefault();
          keep();
        }
        if (event.key === 'Escape') {
          // Nothing else is closed by it.
          event.stopPropagation();
          close();
        }
      }}
    />
  );
}
