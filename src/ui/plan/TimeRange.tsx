// The stretch of time that goes out: a column with dates or times, and from when to when; a filter of its own in the plan.
import { useState } from 'react';
import type { InspectedColumn } from '../../contract/verbs.ts';
import { RANGE_STEP, isSameColumn, stepOf } from '../draft.ts';
import { OptionRow } from '../form/OptionRow.tsx';
import { Segments } from '../kit/Segments.tsx';
import { Select, TextInput } from '../kit/fields.tsx';
import { studioMessages } from '../studio-messages.en.ts';
import { useDraft, useDraftActions } from '../session.tsx';
import { useFilterColumns } from './filter-columns.ts';
import { isValue, valueKindOf } from './filter-model.ts';
import { StepPart } from './Step.tsx';
import { STRETCHES, endsOf, rangeOf, readRange, type Ends, type Stretch } from './time-range.ts';
import styles from './plan.module.css';

const OPEN: Ends = { from: '', to: '' };

/** Nothing where no column holds dates or timestamps. */
export function TimeRange({ columns }: { columns: readonly InspectedColumn[] }) {
  const words = studioMessages.time;
  const step = useDraft((state) => stepOf(state.draft!.config, RANGE_STEP));
  const { setTimeRange } = useDraftActions();
  const known = useFilterColumns(columns);
  const stored = readRange(step?.options.where);
  const places = columns.flatMap(({ type }, place) =>
    /^(date|timestamp)/.test(type) ? [place] : [],
  );
  const [picked, setPicked] = useState<number | null>(null);
  // Which button the stored ends came from: they are fixed, so they cannot tell themselves.
  const [chosen, setChosen] = useState<{ stretch: Stretch; key: string } | null>(null);
  const [typed, setTyped] = useState<{ ends: Ends; key: string } | null>(null);
  if (places.length === 0) return null;

  const storedPlace = stored
    ? columns.findIndex((_, place) => isSameColumn(known.refs[place]!, stored.column))
    : -1;
  const place = storedPlace >= 0 ? storedPlace : (picked ?? places[0]!);
  const column = columns[place]!;
  const kind = valueKindOf(column.type) === 'date' ? 'date' : 'timestamp';
  const key = JSON.stringify(stored);
  const stretch: Stretch = chosen?.key === key ? chosen.stretch : stored === null ? 'all' : 'range';
  const ends = typed?.key === key ? typed.ends : (stored?.ends ?? OPEN);
  const wrong = (['from', 'to'] as const).find(
    (end) => ends[end] !== '' && !isValue(ends[end], kind, column.type),
  );

  const store = (next: Ends, of: Stretch, at = place) => {
    const range = rangeOf(known.refs[at]!, next);
    setTimeRange(range);
    setChosen({ stretch: of, key: JSON.stringify(readRange(range)) });
  };
  const choose = (next: Stretch) => {
    setTyped(null);
    store(endsOf(next, Date.now(), kind === 'date') ?? (next === 'range' ? ends : OPEN), next);
  };
  const type = (end: keyof Ends, text: string) => {
    const next = { ...ends, [end]: text };
    if (text !== '' && !isValue(text, kind, column.type)) setTyped({ ends: next, key });
    else {
      setTyped(null);
      store(next, 'range');
    }
  };
  return (
    <StepPart title={words.title} says={stored ? words.says(stored.ends) : words.any}>
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
                endsOf(stretch, Date.now(), isDate) ?? {
                  from: fitted(ends.from, isDate),
                  to: fitted(ends.to, isDate),
                },
                stretch,
                next,
              );
            }}
          >
            {places.map((each) => (
              <option key={each} value={each}>
                {columns[each]!.name || studioMessages.data.noName}
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
              ? words.halfOpen
              : words.fixed}
      </p>
    </StepPart>
  );
}

/** An end as the other kind of column has it. */
function fitted(end: string, isDate: boolean): string {
  return isDate ? end.slice(0, 10) : end;
}
