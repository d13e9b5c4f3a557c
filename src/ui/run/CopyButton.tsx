// A button that copies a text and says whether it did.
import { useEffect, useState } from 'react';
import { Button } from '../kit/Button.tsx';
import { Hidden } from '../kit/fields.tsx';
import { receiptWords } from './receipt-words.en.ts';
import styles from './run.module.css';

/** How long the button says what it did. */
const TOLD_MS = 2000;

export function CopyButton({
  text,
  label,
  look = 'plain',
  onCopied,
}: {
  text: () => string;
  label: string;
  look?: 'plain' | 'link';
  onCopied?: () => void;
}) {
  const words = receiptWords;
  const [told, setTold] = useState<string | null>(null);
  useEffect(() => {
    if (told === null) return;
    const timer = setTimeout(() => setTold(null), TOLD_MS);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setTold(words.copied);
      onCopied?.();
    } catch {
      setTold(words.notCopied);
    }
  };
  return (
    <span className={styles.copy}>
      <Button look={look} onClick={() => void copy()}>
        {told ?? label}
      </Button>
      <span aria-live="polite">
        <Hidden>{told}</Hidden>
      </span>
    </span>
  );
}
