// A list with what is chosen of it beside it; where there is no room for both, one or the other.
import type { ReactNode } from 'react';
import styles from './list-detail.module.css';

export function ListDetail({
  label,
  list,
  detail,
  isOpen,
  isWideList = false,
  bar,
}: {
  label: string;
  list: ReactNode;
  /** null: nothing is chosen. */
  detail: ReactNode | null;
  /** Whether the person chose it: only then it takes the list's place where it is narrow. */
  isOpen: boolean;
  /** The list has many columns: it gets the greater part. */
  isWideList?: boolean;
  /** Stands below both. */
  bar?: ReactNode;
}) {
  const classes = [
    styles.page,
    isOpen ? styles.isOpen : '',
    isWideList ? styles.isWideList : '',
    detail === null ? styles.isAlone : '',
  ];
  return (
    <main className={classes.join(' ')} aria-label={label}>
      <div className={styles.list}>{list}</div>
      {detail === null ? null : <div className={styles.detail}>{detail}</div>}
      {bar === undefined ? null : <div className={styles.bar}>{bar}</div>}
    </main>
  );
}
