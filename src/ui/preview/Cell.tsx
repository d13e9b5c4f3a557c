// A cell as the data has it, never reformatted: null, empty, white space and what does not fit can be told apart.
import type { PreviewCell } from '../../contract/verbs.ts';
import { previewWords } from './preview-words.en.ts';
import styles from './preview.module.css';

const MARKS = new Map([
  [' ', '·'],
  ['\t', '⇥'],
  ['\n', '↵'],
  ['\r', '␍'],
  ['\u00a0', '⍽'],
]);
// Spaces between words are read as such; at the edges, in rows of several, and every other white space nobody would see them.
const UNSEEN = /(^ +| +$| {2,}|[\t\n\r\u00a0]+)/;

export function Cell({
  value,
  isInvalid = false,
}: {
  value: PreviewCell;
  /** Not of the column's type. */
  isInvalid?: boolean;
}) {
  if (value === null) return <span className={styles.null}>{previewWords.null}</span>;
  if (value === '') return <span className={styles.empty}>{previewWords.empty}</span>;
  const parts = value.split(UNSEEN);
  const text =
    parts.length === 1
      ? value
      : parts.map((part, i) =>
          i % 2 === 0 ? (
            part
          ) : (
            <span key={i} className={styles.space}>
              {[...part].map((character) => MARKS.get(character) ?? character).join('')}
            </span>
          ),
        );
  return isInvalid ? <span className={styles.invalid}>{text}</span> : text;
}
