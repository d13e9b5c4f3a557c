// The stretch of time that goes out: a column with dates or times, and from when to when; a filter of its own in the plan.
import { useState } from 'react';
import type { InspectedColumn } from '../../contract/verbs.ts';
import { isSameColumn } from '../column-edits.ts';
import { RANGE_STEP, stepOf } from '../plan-parts.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { Segments } from '../kit/Segments.tsx';
import { Select, TextInput } from '../kit/fields.tsx';
import { dataWords, timeWords, zoneWords } from './data-words.en.ts';
import { useDraft, useDraftActions } from '../session.tsx';
import { useFilterColumns } from './filter-columns.ts';
import { isValue, valueKindOf } from './filter-model.ts';
import { StepPart } from './Step.tsx';
import {
  STRETCHES,
  rangeOf,
  readStretch,
  relativeTo,
  saysOf,
  type Ends,
  type Stretch,
} from './time-range.ts';
import { ZoneSelect } from './ZoneSelect.tsx';
import styles from './plan.module.css';

const OPEN: Ends = { from: '', to: '' };

/** Nothing where no column holds dates or timestamps. */
export function TimeRange({ columns }: { columns: readonly InspectedColumn[] }) {
  const words = timeWords;
  const step = useDraft((state) => stepOf(state.draft!.config, RANGE_STEP));
  const timeZone = useDraft((state) => state.draft!.config.timeZone);
  const { setTimeRange, setTimeZone } = useDraftActions();
  const known = useFilterColumns(columns);
  const stored = readStretch(step?.options.where);
  const places = columns.flatMap(({ type }, place) =>
    /^(date|timestamp)/.test(type) ? [place] : [],
  );
  const [picked, setPicked] = useState<number | null>(null);
  /** The ends are being typed, none is there yet. */
  const [isRange, setIsRange] = useState(false);
  const [typed, setTyped] = useState<{ ends: Ends; key: string } | null>(null);
  if (places.length === 0) return null;

  const storedPlace = stored
    ? columns.findIndex((_, place) => isSameColumn(known.refs[place]!, stored.column))
    : -1;
  const place = storedPlace >= 0 ? storedPlace : (picked ?? places[0]!);
  const column = columns[place]!;
  const kind = valueKindOf(column.type) === 'date' ? 'date' : 'timestamp';
  const key = JSON.stringify(stored);
  const stretch: Stretch = stored?.stretch ?? (isRange ? 'range' : 'all');
  const ends = typed?.key === key ? typed.ends : (stored?.ends ?? OPEN);
  const wrong = (['from', 'to'] as const).find(
    (end) => ends[end] !== '' && !isValue(ends[end], kind, column.type),
  );

  const store = (next: Stretch, of: Ends, at = place) => {
    const ref = known.refs[at]!;
    const isDate = valueKindOf(columns[at]!.type) === 'date';
    setIsRange(next === 'range');
    setTimeRange(next === 'range' ? rangeOf(ref, of) : relativeTo(next, ref, isDate));
  };
  const choose = (next: Stretch) => {
    setTyped(null);
    store(next, ends);
  };
  const type = (end: keyof Ends, text: string) => {
    const next = { ...ends, [end]: text };
    if (text !== '' && !isValue(text, kind, column.type)) setTyped({ ends: next, key });
    else {
      setTyped(null);
      store('range', next);
    }
  };
  return (
    <StepPart title={words.title} says={stored ? saysOf(stored) : words.any}>
      <OptionRow title={words.column}>
        {(ids) => (
          <Select
            id={ids.control}
            value={place}
            onChange={(event) => {
              const next = Number(event.currentTarget.value);
              setPicked(next);
              setTyped(null);
              if (stored === null) return;
              const isDate = valueKindOf(columns[next]!.type) === 'date';
              store(
                stretch,
                { from: fitted(ends.from, isDate), to: fitted(ends.to, isDate) },
                next,
              );
            }}
          >
            {places.map((each) => (
              <option key={each} value={each}>
                {columns[each]!.name || dataWords.noName}
                {known.refs[each]!.nth === undefined ? '' : ` #${columns[each]!.nth + 1}`}
              </option>
            ))}
          </Select>
        )}
      </OptionRow>
      <Segments
        isSmall
        aria-label={words.stretch}
        segments={STRETCHES.map((value) => ({ value, label: words.stretches[value] }))}
        value={stretch}
        onChange={choose}
      />
      {stretch === 'range' ? (
        <div className={styles.ends}>
          {(['from', 'to'] as const).map((end) => (
            <label key={end}>
              {words[end]}
              <TextInput
                isMono
                aria-invalid={wrong === end}
                placeholder={words.placeholder[kind]}
                value={ends[end]}
                onChange={(event) => type(end, event.currentTarget.value)}
              />
            </label>
          ))}
        </div>
      ) : null}
      <p className={wrong ? styles.bad : styles.help} aria-live="polite">
        {wrong
          ? words.wrong(ends[wrong], words.placeholder[kind])
          : stored === null
            ? words.help
            : stretch === 'range'
              ? words.halfOpen(timeZone)
              : words.moves(timeZone)}
      </p>
      <OptionRow title={zoneWords.title} help={zoneWords.help}>
        {(ids) => (
          <ZoneSelect
            id={ids.control}
            aria-describedby={ids.describedBy}
            value={timeZone}
            onChange={setTimeZone}
          />
        )}
      </OptionRow>
    </StepPart>
  );
}

/** An end as the other kind of column has it. */
function fitted(end: string, isDate: boolean): string {
  return isDate ? end.slice(0, 10) : end;
}
