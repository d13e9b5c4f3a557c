// A long list in pages: which part is shown, and the way to the part before and after.
import { useState } from 'react';
import { Button } from './Button.tsx';
import styles from './controls.module.css';

export interface Page<T> {
  /** The items shown now. */
  items: readonly T[];
  /** Place of the first of them in the list. */
  from: number;
  all: number;
  before: (() => void) | null;
  after: (() => void) | null;
}

/** The part of a list that is shown, `size` items at a time; it starts anew when the list gets too short for the page. */
export function usePages<T>(list: readonly T[], size: number): Page<T> {
  const [page, setPage] = useState(0);
  const last = Math.max(0, Math.ceil(list.length / size) - 1);
  const at = Math.min(page, last);
  return {
    items: list.slice(at * size, (at + 1) * size),
    from: at * size,
    all: list.length,
    before: at > 0 ? () => setPage(at - 1) : null,
    after: at < last ? () => setPage(at + 1) : null,
  };
}

/** Nothing while the list has one page. */
export function Pager({
  page,
  words,
  isBar = false,
}: {
  page: Page<unknown>;
  words: {
    before: string;
    after: string;
    place: (from: number, to: number, all: number) => string;
  };
  /** Whether it stands as a bar above what it pages. */
  isBar?: boolean;
}) {
  if (page.before === null && page.after === null) return null;
  return (
    <div className={`${styles.pager} ${isBar ? styles.bar : ''}`}>
      <Button disabled={page.before === null} onClick={() => page.before?.()}>
        {words.before}
      </Button>
      <Button disabled={page.after === null} onClick={() => page.after?.()}>
        {words.after}
      </Button>
      <span aria-live="polite">
        {words.place(page.from + 1, page.from + page.items.length, page.all)}
      </span>
    </div>
  );
}
