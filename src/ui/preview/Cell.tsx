// A cell as the data has it, never reformatted: null, empty and white space at the edges can be told apart.
import type { PreviewCell } from '../../contract/verbs.ts';
import { messages } from '../messages.en.ts';
import styles from './preview.module.css';

const MARKS = new Map([
  [' ', '·'],
  ['\t', '⇥'],
  ['\n', '↵'],
  ['\r', '␍'],
  ['\u00a0', '⍽'],
]);

export function Cell({ value }: { value: PreviewCell }) {
  if (value === null) return <span className={styles.null}>{messages.preview.null}</span>;
  if (value === '') return <span className={styles.empty}>{messages.preview.empty}</span>;
  // Spaces between words are read as such; at the edges, and every other white space, nobody would see them.
  const parts = value.split(/(^[ ]+|[ ]+$|[\t\n\r\u00a0]+)/);
  if (parts.length === 1) return value;
  return parts.map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      <span key={i} className={styles.space}>
        {[...part].map((character) => MARKS.get(character) ?? character).join('')}
      </span>
    ),
  );
}
