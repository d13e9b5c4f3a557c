// Dates and times as whole units, in which readers of typed formats state them.

/** Dates and times as whole units, so that all spellings of one are equal; any other text as it is. */
export function unitsOf(text: string): string {
  const time = /^(\d\d):(\d\d):(\d\d)(?:\.(\d+))?$/.exec(text);
  if (time) return `time ${nanosOf(0n, time.slice(1))}`;
  const found =
    /^([-+]?\d{4,6})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[-+]\d\d:\d\d)?)?$/.exec(
      text,
    );
  if (!found) return text;
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const days = BigInt(date.getTime()) / 86_400_000n;
  if (hour === undefined) return `day ${days}`;
  const nanos = nanosOf(days, [hour, minute!, second!, fraction]);
  if (zone === undefined) return `wall ${nanos}`;
  const shift =
    zone === 'Z'
      ? 0
      : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  return `instant ${nanos - BigInt(shift) * 60_000_000_000n}`;
}

function nanosOf(days: bigint, parts: readonly (string | undefined)[]): bigint {
  const [hour, minute, second, fraction = ''] = parts;
  const seconds = (days * 24n + BigInt(hour!)) * 3600n + BigInt(minute!) * 60n + BigInt(second!);
  return seconds * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
}
