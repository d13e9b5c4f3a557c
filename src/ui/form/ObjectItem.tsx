// One object of a list: in a few words or with its parts, with what moves it and takes it away.
import { useId, type ReactNode } from 'react';
import type { OptionField } from '../../contract/options.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import type { ObjectProps } from './editor-props.ts';
import { formWords } from './form-words.en.ts';
import { missingParts, shownParts } from './object-model.ts';
import { Summary, Wrong } from './ObjectSummary.tsx';
import { structuredWords as words } from './structured-words.en.ts';
import styles from './structured.module.css';

/** `fields`: the rows of its parts. */
export function ObjectItem({
  index,
  count,
  name,
  parts,
  isInLine,
  isPending,
  isOpen,
  onOpen,
  onMove,
  onRemove,
  fields,
  ...object
}: Omit<ObjectProps, 'onChange' | 'options'> & {
  index: number;
  count: number;
  name: string;
  parts: readonly OptionField[];
  isInLine: boolean;
  isPending: boolean;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
  fields: ReactNode;
}) {
  const body = useId();
  const ofNone = object.inner.filter(
    ({ at }) => !shownParts(parts, object.given).some(({ id }) => id === at[0]),
  );
  const buttons = (
    <span className={styles.buttons}>
      {isPending || count < 2 ? null : (
        <>
          <Button
            look="icon"
            aria-label={words.up(name)}
            disabled={index === 0}
            onClick={() => onMove(index - 1)}
          >
            <Icon name="up" />
          </Button>
          <Button
            look="icon"
            aria-label={words.down(name)}
            disabled={index === count - 1}
            onClick={() => onMove(index + 1)}
          >
            <Icon name="down" />
          </Button>
        </>
      )}
      <Button look="icon" aria-label={formWords.remove(name)} onClick={onRemove}>
        <Icon name="close" />
      </Button>
    </span>
  );
  const needed = isPending ? (
    <p className={styles.quiet}>
      {words.needed(missingParts(parts, object.given).map(({ title }) => title))}
    </p>
  ) : null;
  return (
    <div
      role="group"
      aria-label={name}
      className={isInLine ? styles.short : styles.item}
      data-item={index}
    >
      {isInLine ? (
        <>
          <div className={styles.fields}>{fields}</div>
          {buttons}
        </>
      ) : (
        <div className={styles.head}>
          <button
            type="button"
            className={styles.summary}
            aria-expanded={isOpen}
            aria-controls={body}
            onClick={() => onOpen(!isOpen)}
          >
            <Icon name="chevron" />
            <span>{isPending ? words.fresh : <Summary parts={parts} {...object} />}</span>
          </button>
          {buttons}
        </div>
      )}
      {isInLine || !isOpen ? null : (
        <div id={body} className={styles.body}>
          {fields}
        </div>
      )}
      <Wrong inner={isOpen ? ofNone : object.inner} />
      {needed}
    </div>
  );
}
