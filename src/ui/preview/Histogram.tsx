// How values are spread, as bars in the type's hue: decoration beside facts in words.
import { memo } from 'react';
import type { ColumnShape } from '../../contract/column-profile.ts';
import { hueOf } from './TypeName.tsx';

/** Bars stand on a grid of this height; even one value among thousands is seen. */
const HEIGHT = 20;
const LEAST = 1;

export const Histogram = memo(function Histogram({
  shape,
  type,
  className,
}: {
  shape: ColumnShape | null;
  type: string;
  className?: string | undefined;
}) {
  // Others are no value of their own: they would be the tallest bar and say nothing.
  const counts = shape?.counts ?? [];
  const most = Math.max(1, ...counts);
  // A single bar says as little.
  if (counts.length < 2) return null;
  return (
    <svg
      className={`${className ?? ''} ${hueOf(type)}`}
      viewBox={`0 0 ${counts.length * 8} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path
        d={counts.map((count, i) => bar(i, count, most)).join('')}
        fill="currentColor"
        fillOpacity="0.8"
      />
    </svg>
  );
});

function bar(place: number, count: number, most: number): string {
  if (count === 0) return '';
  const height = Math.max(LEAST, Math.round((count / most) * HEIGHT));
  return `M${place * 8} ${HEIGHT}v-${height}h7v${height}z`;
}
