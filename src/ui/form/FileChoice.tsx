// Chooses a file that an option names: it stays in this window, and the plan holds its name.
import { useRef, useState } from 'react';
import { formatSize } from '../format-number.ts';
import { fileNameOf } from '../input.ts';
import { BreakableName } from '../kit/BreakableName.tsx';
import { Button } from '../kit/Button.tsx';
import { DropPlace } from '../kit/DropPlace.tsx';
import { useDraft, useDraftActions } from '../session.tsx';
import { fileWords as words } from './file-words.en.ts';
import styles from './file.module.css';

/** As `FileRef` of the contract. */
type Named = { binding: string } | { path: string };

export interface FileChoiceProps {
  /** Null: none. */
  value: Named | null;
  onChange: (value: Named | null) => void;
  /** What it is for, read out with the button. */
  title: string;
  /** Endings of names that are offered first; others are refused. */
  accept?: readonly string[] | undefined;
  describedBy?: string | undefined;
}

export function FileChoice({ value, onChange, title, accept, describedBy }: FileChoiceProps) {
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const files = useDraft((state) => state.draft!.files);
  const { keepFile } = useDraftActions();
  const file = value !== null && 'binding' in value ? files?.[value.binding] : undefined;
  const take = (chosen: File) => {
    const isFit = !accept || accept.some((ending) => chosen.name.toLowerCase().endsWith(ending));
    setRefused(isFit ? null : words.wrongKind(chosen.name, accept));
    if (isFit) onChange({ binding: keepFile(chosen) });
  };
  const missing =
    value === null || file !== undefined
      ? null
      : 'path' in value
        ? words.path(value.path)
        : words.again(fileNameOf(value.binding));
  return (
    <DropPlace className={styles.file} onFile={take}>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept?.join(',')}
        data-testid="option-file"
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          if (chosen) take(chosen);
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }}
      />
      {file === undefined ? null : (
        <span className={styles.name}>
          <BreakableName>{file.name}</BreakableName> <small>{formatSize(file.size)}</small>
        </span>
      )}
      <Button
        ref={button}
        look={file === undefined ? 'plain' : 'link'}
        aria-label={words.chosen(title)}
        aria-describedby={describedBy}
        onClick={() => input.current?.click()}
      >
        {file === undefined ? words.choose : words.replace}
      </Button>
      {value === null ? (
        <small>{words.orDrop}</small>
      ) : (
        <Button
          look="link"
          aria-label={`${words.clear}: ${title}`}
          onClick={() => {
            setRefused(null);
            onChange(null);
            button.current?.focus();
          }}
        >
          {words.clear}
        </Button>
      )}
      <p className={styles.missing} role="status">
        {refused ?? missing}
      </p>
    </DropPlace>
  );
}
