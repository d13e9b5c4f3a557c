// An error in its three parts: what happened, where, what to do; the stable code stands last.
import type { ReactNode } from 'react';
import type { ErrorData } from '../../contract/errors.ts';
import { formatCount } from '../format-number.ts';
import { placeWords } from './run-words.en.ts';
import styles from './run.module.css';

export function ErrorPanel({
  error,
  fileName,
  actions,
}: {
  error: ErrorData;
  fileName?: string;
  actions?: ReactNode;
}) {
  const place = placeOf(error, fileName);
  return (
    <div className={styles.trouble} role="alert">
      <h2>{error.sentence}</h2>
      {place === '' ? null : <p className={styles.place}>{place}</p>}
      <p>{error.hint}</p>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
      <p className={styles.code}>{error.code}</p>
    </div>
  );
}

/** File, line, column, row and byte, as far as the error knows them. */
function placeOf(error: ErrorData, fileName: string | undefined): string {
  const { parameters } = error;
  const words = placeWords;
  const parts: string[] = [];
  const name = fileName ?? (error.code.startsWith('read.') ? parameters.name : undefined);
  if (name !== undefined) parts.push(String(name));
  for (const key of ['line', 'row', 'column', 'offset', 'position'] as const) {
    const value = parameters[key];
    if (value !== undefined && value !== '')
      parts.push(words[key](typeof value === 'number' ? formatCount(value) : value));
  }
  return parts.join(', ');
}
