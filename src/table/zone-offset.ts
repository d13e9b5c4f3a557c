// How far a zone's clock is from UTC at an instant: fixed offsets by arithmetic, named zones by the runtime's zone rules.

/** Offsets that are kept at most: of some 50 years by day. */
const MOST_KNOWN = 20_000;
const FIXED = /^([+-])(\d{2}):?(\d{2})$/;

/**
 * Seconds east of UTC that `zone` (`UTC`, `+02:00`, an IANA name) shows at `seconds` since 1970.
 * Named zones need Intl, the one place on the byte path that does; throws RangeError for a zone the runtime does not know.
 */
export function createZoneOffset(zone: string): (seconds: number) => number {
  if (/^(utc|z|etc\/utc|gmt)$/i.test(zone)) return () => 0;
  const fixed = FIXED.exec(zone);
  if (fixed) {
    const size = Number(fixed[2]) * 3600 + Number(fixed[3]) * 60;
    const offset = fixed[1] === '-' ? -size : size;
    return () => offset;
  }
  const clock = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetOfQuarter = (quarter: number): number => {
    const parts = new Map(clock.formatToParts(quarter * 900_000).map((p) => [p.type, p.value]));
    const at = (type: string): number => Number(parts.get(type as never));
    const local = new Date(0);
    local.setUTCFullYear(at('year'), at('month') - 1, at('day'));
    local.setUTCHours(at('hour'), at('minute'), at('second'));
    return local.getTime() / 1000 - quarter * 900;
  };
  const known = new Map<number, number>();
  const offsetOf = (quarter: number): number => {
    let offset = known.get(quarter);
    if (offset === undefined) {
      if (known.size >= MOST_KNOWN) known.clear();
      offset = offsetOfQuarter(quarter);
      known.set(quarter, offset);
    }
    return offset;
  };
  let knownQuarter = Number.NaN;
  let knownOffset = 0;
  return (seconds) => {
    // Before 1800 every zone has its local mean time; a Date ends in the year 275760.
    const quarter = Math.floor(
      Math.min(Math.max(seconds, -5_364_662_400), 8_640_000_000_000) / 900,
    );
    if (quarter === knownQuarter) return knownOffset;
    // No zone has changed its clock and changed it back within a day: a day that begins and ends alike is alike throughout.
    const day = quarter - (((quarter % 96) + 96) % 96);
    const atStart = offsetOf(day);
    const offset = atStart === offsetOf(day + 96) ? atStart : offsetOf(quarter);
    knownQuarter = quarter;
    knownOffset = offset;
    return offset;
  };
}

/**
 * The instant (seconds since 1970) at which a zone's clock shows `localSeconds`, `offsetAt` being {@link createZoneOffset}
 * of the zone. A time that comes twice is taken the first time; one that is skipped moves on by the length of the gap.
 */
export function localToInstant(
  offsetAt: (seconds: number) => number,
  localSeconds: number,
): number {
  const before = offsetAt(localSeconds - 86_400);
  const first = localSeconds - before;
  if (offsetAt(first) === before) return first;
  const after = offsetAt(localSeconds + 86_400);
  const second = localSeconds - after;
  return offsetAt(second) === after ? second : first;
}

/** `Z` for UTC's name, else `+hh:mm` (with seconds where history had them: `+hh:mm:ss`). */
export function offsetText(offsetSeconds: number, isUtc: boolean): string {
  if (isUtc) return 'Z';
  const size = Math.abs(offsetSeconds);
  const two = (n: number): string => String(n).padStart(2, '0');
  const seconds = size % 60;
  return `${offsetSeconds < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor((size % 3600) / 60))}${seconds === 0 ? '' : `:${two(seconds)}`}`;
}
