// A choice of time zone: UTC and this machine's first, then all that there are.
import type { ComponentProps } from 'react';
import { Select } from '../kit/fields.tsx';
import { zoneWords } from './data-words.en.ts';

const all = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const first = ['UTC', ...(here === 'UTC' ? [] : [here])];

/** `usual`: what no choice means, as a first entry. */
export function ZoneSelect({
  value,
  usual,
  onChange,
  ...rest
}: Omit<ComponentProps<typeof Select>, 'value' | 'onChange'> & {
  value: string;
  usual?: string;
  onChange: (zone: string) => void;
}) {
  const words = zoneWords;
  const isKnown = value === '' || first.includes(value) || all.includes(value);
  return (
    <Select {...rest} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {usual === undefined ? null : <option value="">{usual}</option>}
      {isKnown ? null : <option value={value}>{value}</option>}
      {first.map((zone) => (
        <option key={zone} value={zone}>
          {zone === here && here !== 'UTC' ? words.here(zone) : zone}
        </option>
      ))}
      <optgroup label={words.all}>
        {all
          .filter((zone) => !first.includes(zone))
          .map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
      </optgroup>
    </Select>
  );
}
