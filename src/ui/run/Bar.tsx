// The frame of the run bar: a sentence at the left, what can be done at the right.
import type { ReactNode } from 'react';
import { messages } from '../messages.en.ts';
import styles from './run.module.css';

export function Bar({
  title,
  says,
  isBad = false,
  children,
}: {
  title: string;
  says: string;
  isBad?: boolean;
  children: ReactNode;
}) {
  return (
    <footer className={styles.bar} data-region="run" aria-label={messages.runBar.title}>
      <div className={`${styles.sentence} ${isBad ? styles.isBad : ''}`} aria-live="polite">
        <b>{title}</b>
        <span>{says}</span>
      </div>
      <div className={styles.actions}>{children}</div>
    </footer>
  );
}
