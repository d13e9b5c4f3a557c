// The foot of the history: how much of it is kept, where it lies, and the way to forget it all.
import { useId, useState } from 'react';
import type { ExportStore, Retention } from '../../contract/store.ts';
import { Button } from '../kit/Button.tsx';
import { TextInput } from '../kit/fields.tsx';
import styles from '../kit/list-detail.module.css';
import { useRetention, useStoreChange } from '../store-queries.ts';
import own from './history.module.css';
import { historyWords as words } from './messages.en.ts';

const MOST: Retention = { maxEntries: 5_000, maxDays: 3_650 };

export function RetentionBar({
  store,
  isEmpty,
  onForgetAll,
}: {
  store: ExportStore;
  isEmpty: boolean;
  onForgetAll: () => void;
}) {
  const retention = useRetention(store).data;
  const change = useStoreChange((wanted: Retention) => store.history.setRetention(wanted));
  return (
    <div className={own.foot}>
      {retention ? (
        <div className={own.keep}>
          <span>{words.keep}</span>
          <Count
            label={words.maxEntries}
            value={retention.maxEntries}
            max={MOST.maxEntries}
            onChange={(maxEntries) => change.mutate({ ...retention, maxEntries })}
          />
          <span>{words.keepExports}</span>
          <Count
            label={words.maxDays}
            value={retention.maxDays}
            max={MOST.maxDays}
            onChange={(maxDays) => change.mutate({ ...retention, maxDays })}
          />
          <span>{words.keepDays}</span>
        </div>
      ) : null}
      {change.error ? (
        <p className={styles.bad} role="alert">
          {change.error.message}
        </p>
      ) : null}
      <p className={`${styles.help} ${own.says}`}>
        {store.isPersistent ? words.here : words.notKept} {words.nothingSecret}
      </p>
      <Button onClick={onForgetAll} disabled={isEmpty}>
        {words.forgetAll}
      </Button>
    </div>
  );
}

/** Taken over when the person leaves the field or presses Enter, not at each digit: older exports go at once. */
function Count({
  label,
  value,
  max,
  onChange,
}: {
  label: string;
  value: number;
  max: number;
  onChange: (value: number) => void;
}) {
  const [text, setText] = useState(String(value));
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(String(value));
  }
  const hint = useId();
  const wanted = /^\d+$/.test(text.trim()) ? Number(text) : 0;
  const isWrong = wanted < 1 || wanted > max;
  const keep = () => {
    if (!isWrong && wanted !== value) onChange(wanted);
  };
  return (
    <>
      <TextInput
        isNarrow
        inputMode="numeric"
        aria-label={label}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? hint : undefined}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep();
        }}
      />
      {isWrong ? (
        <span id={hint} className={`${styles.help} ${styles.bad}`} role="alert">
          {words.range(max)}
        </span>
      ) : null}
    </>
  );
}
