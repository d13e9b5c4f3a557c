// Offsets of zones are those of the runtime's own clock, and local times find their instants again.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createZoneOffset, localToInstant } from './zone-offset.ts';

const ZONES = ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Casablanca'];

/** Any second, and seconds around a change of the clocks (end of March and October 2024, at 01:00 UTC; April 6th at 15:00). */
const anySecond = fc.oneof(
  fc.integer({ min: 0, max: 2_500_000_000 }),
  fc
    .tuple(
      fc.constantFrom(1_711_846_800, 1_729_990_800, 1_712_415_600),
      fc.integer({ min: -100_000, max: 100_000 }),
    )
    .map(([change, away]) => change + away),
);

it.each(ZONES)(
  '%s is as far from UTC as its clock shows, in whatever order it is asked',
  (zone) => {
    const offsetAt = createZoneOffset(zone);
    const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const expected = (seconds: number): number => {
      const name = clock
        .formatToParts(seconds * 1000)
        .find((p) => p.type === 'timeZoneName')!.value;
      const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name)!;
      const size = sign === undefined ? 0 : Number(hours) * 3600 + Number(minutes) * 60;
      return sign === '-' ? -size : size;
    };
    fc.assert(
      fc.property(anySecond, (seconds) => {
        expect(offsetAt(seconds)).toBe(expected(seconds));
      }),
      { numRuns: 300 },
    );
  },
);

it.each(ZONES)('local times of %s come back as an instant that shows them', (zone) => {
  const offsetAt = createZoneOffset(zone);
  fc.assert(
    fc.property(anySecond, (seconds) => {
      const local = seconds + offsetAt(seconds);
      const instant = localToInstant(offsetAt, local);
      expect(instant + offsetAt(instant)).toBe(local);
      // Of two instants that show the same, the first.
      expect(instant).toBeLessThanOrEqual(seconds);
    }),
    { numRuns: 300 },
  );
});
