// A row of choices of which one holds, as a group of radio buttons.
import { useId, type ReactNode } from 'react';
import styles from './controls.module.css';

export interface Segment<V extends string> {
  value: V;
  label: ReactNode;
  /** Read out instead of a label that is only a sign. */
  name?: string;
  isOff?: boolean;
}

export function Segments<V extends string>({
  segments,
  value,
  onChange,
  isSmall = false,
  ...aria
}: {
  segments: readonly Segment<V>[];
  value: V;
  onChange: (value: V) => void;
  isSmall?: boolean;
  'aria-label'?: string;
  'aria-labelledby'?: string;
  'aria-describedby'?: string | undefined;
}) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      className={`${styles.segments} ${isSmall ? styles.small : ''}`}
      {...aria}
    >
      {segments.map((segment) => (
        <label key={segment.value}>
          <input
            type="radio"
            name={name}
            checked={segment.value === value}
            disabled={segment.isOff}
            onChange={() => onChange(segment.value)}
            {...(segment.name === undefined ? {} : { 'aria-label': segment.name })}
          />
          {segment.label}
        </label>
      ))}
    </div>
  );
}
