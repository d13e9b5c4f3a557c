// A stretch of a text round a mistake, with its character marked.
import styles from './plan.module.css';

/** `position`: 0-based. */
export function TextPlace({ text, position }: { text: string; position: number }) {
  const from = Math.max(0, position - 24);
  const character = text.slice(position, position + 1);
  return (
    <code className={styles.pointer}>
      {from > 0 ? '…' : ''}
      {text.slice(from, position)}
      <mark>{character === '' || character === '\n' ? ' ' : character}</mark>
      {text.slice(position + 1, position + 25)}
    </code>
  );
}
