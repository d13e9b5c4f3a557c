// The frame of the run bar: a sentence at the left, what can be done at the right.
import type { ReactNode } from 'react';
import { messages } from '../messages.en.ts';
import styles from './run.module.css';

export function Bar({
  title,
  says,
  isBad = false,
  figures,
  children,
}: {
  title: string;
  says: string;
  isBad?: boolean;
  /** What it will take, beside the buttons. */
  figures?: ReactNode;
  children: ReactNode;
}) {
  return (
    <footer className={styles.bar} data-region="run" aria-label={messages.runBar.title}>
      <div className={`${styles.sentence} ${isBad ? styles.isBad : ''}`} aria-live="polite">
        <b>{title}</b>
        <span>{says}</span>
      </div>
      <div className={styles.actions}>
        {figures}
        {children}
      </div>
    </footer>
  );
}
