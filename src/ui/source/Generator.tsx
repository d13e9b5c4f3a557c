// Rows made up on this machine as they are read: a shape, how many, and a seed that repeats them exactly.
import { useId, useState } from 'react';
import type { GeneratedBytes } from '../../contract/bindings.ts';
import type { Input } from '../input.ts';
import { formatCount } from '../format-number.ts';
import { Button } from '../kit/Button.tsx';
import { Select, TextInput } from '../kit/fields.tsx';
import { Segments } from '../kit/Segments.tsx';
import { messages } from '../messages.en.ts';
import styles from './source.module.css';

const SHAPES: readonly GeneratedBytes['shape'][] = ['orders', 'agents', 'commands'];
const PRESETS = [1_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
const FEWEST_ROWS = 1_000;
const MOST_ROWS = 100_000_000;
const MOST_SEED = 2 ** 32 - 1;

export function Generator({ onOpen }: { onOpen: (input: Input) => void }) {
  const words = messages.generator;
  const [shape, setShape] = useState<GeneratedBytes['shape']>('orders');
  const [rowsText, setRowsText] = useState(formatCount(1_000_000));
  const [seedText, setSeedText] = useState('42');
  const id = useId();
  const rows = wholeNumber(rowsText);
  const seed = wholeNumber(seedText);
  const isRows = rows !== null && rows >= FEWEST_ROWS && rows <= MOST_ROWS;
  const isSeed = seed !== null && seed <= MOST_SEED;
  return (
    <form
      className={styles.generator}
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isRows || !isSeed) return;
        onOpen({
          name: `${shape}-${rows}.csv`,
          sizeBytes: null,
          data: { bytes: { generate: { shape, rows, seed } } },
        });
      }}
    >
      <div className={styles.partHead}>
        <h2>{words.title}</h2>
        <span>{words.says}</span>
      </div>
      <div className={styles.setting}>
        <label htmlFor={`${id}-shape`}>{words.shape}</label>
        <Select
          id={`${id}-shape`}
          value={shape}
          onChange={(event) => setShape(event.currentTarget.value as GeneratedBytes['shape'])}
        >
          {SHAPES.map((each) => (
            <option key={each} value={each}>
              {words.shapes[each]}
            </option>
          ))}
        </Select>
      </div>
      <div className={styles.setting}>
        <label htmlFor={`${id}-rows`}>{words.rows}</label>
        <div>
          <div className={styles.many}>
            <TextInput
              id={`${id}-rows`}
              className={styles.number}
              inputMode="numeric"
              value={rowsText}
              aria-invalid={!isRows}
              aria-describedby={isRows ? undefined : `${id}-rows-error`}
              onChange={(event) => setRowsText(event.currentTarget.value)}
              onBlur={() => {
                if (rows !== null) setRowsText(formatCount(rows));
              }}
            />
            <Segments
              aria-label={words.preset}
              value={String(rows)}
              segments={PRESETS.map((count) => ({
                value: String(count),
                label: words.short(count),
                name: formatCount(count),
              }))}
              onChange={(count) => setRowsText(formatCount(Number(count)))}
            />
          </div>
          {isRows ? null : (
            <p className={styles.problem} id={`${id}-rows-error`}>
              {words.wrongRows(formatCount(FEWEST_ROWS), formatCount(MOST_ROWS))}
            </p>
          )}
        </div>
      </div>
      <div className={styles.setting}>
        <label htmlFor={`${id}-seed`}>{words.seed}</label>
        <div>
          <div className={styles.many}>
            <TextInput
              id={`${id}-seed`}
              className={styles.number}
              inputMode="numeric"
              value={seedText}
              aria-invalid={!isSeed}
              aria-describedby={`${id}-seed-help`}
              onChange={(event) => setSeedText(event.currentTarget.value)}
            />
            <span className={styles.repeats} id={`${id}-seed-help`}>
              {isSeed ? words.repeats : words.wrongSeed(formatCount(MOST_SEED))}
            </span>
            <Button type="submit" disabled={!isRows || !isSeed}>
              {words.make}
            </Button>
          </div>
        </div>
      </div>
    </form>
  );
}

/** A whole number as people type it, thousands apart or not; null for anything else. */
function wholeNumber(text: string): number | null {
  const digits = text.replace(/[\s,._\u00a0\u202f']/g, '');
  return /^\d{1,12}$/.test(digits) ? Number(digits) : null;
}
