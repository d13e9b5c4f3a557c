// Patterns of three dialects read and write the same times, as other people's formatters do, and refuse what is none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, type ClockTime } from './date-pattern.ts';
import { MISFIT, parseTimestamp } from './parse-value.ts';
import { PatternError } from './pattern-parts.ts';
import type { PatternDialect } from './pattern-dialects.ts';

const utf8 = new TextEncoder();

/** A time from its ISO text. */
function at(iso: string): ClockTime {
  const bytes = utf8.encode(iso);
  const read = parseTimestamp(bytes, 0, bytes.length);
  if (read === MISFIT) throw new Error(iso);
  const seconds = Number(read.nanoseconds / 1_000_000_000n);
  const nanos = Number(read.nanoseconds % 1_000_000_000n);
  const whole = nanos < 0 ? seconds - 1 : seconds;
  const days = Math.floor(whole / 86_400);
  return {
    days,
    seconds: whole - days * 86_400,
    nanos: nanos < 0 ? nanos + 1e9 : nanos,
    offsetSeconds: null,
  };
}

/** What Python 3.11's strftime wrote in the C locale. */
const PYTHON_PATTERN = '%Y|%y|%C|%G|%g|%V|%U|%W|%m|%d|%e|%j|%u|%w|%a|%A|%b|%B|%H|%I|%M|%S|%p|%f';
const PYTHON: [string, string][] = [
  [
    '2016-03-13T20:03:04.861168',
    '2016|16|20|2016|16|10|11|10|03|13|13|073|7|0|Sun|Sunday|Mar|March|20|08|03|04|PM|861168',
  ],
  [
    '2027-02-12T18:03:58.532084',
    '2027|27|20|2027|27|06|06|06|02|12|12|043|5|5|Fri|Friday|Feb|February|18|06|03|58|PM|532084',
  ],
  [
    '2000-01-03T13:26:04.252353',
    '2000|00|20|2000|00|01|01|01|01|03| 3|003|1|1|Mon|Monday|Jan|January|13|01|26|04|PM|252353',
  ],
  [
    '1970-09-14T01:52:36.129815',
    '1970|70|19|1970|70|38|37|37|09|14|14|257|1|1|Mon|Monday|Sep|September|01|01|52|36|AM|129815',
  ],
  [
    '2000-11-21T18:03:36.613984',
    '2000|00|20|2000|00|47|47|47|11|21|21|326|2|2|Tue|Tuesday|Nov|November|18|06|03|36|PM|613984',
  ],
  [
    '2020-01-08T01:35:54.139643',
    '2020|20|20|2020|20|02|01|01|01|08| 8|008|3|3|Wed|Wednesday|Jan|January|01|01|35|54|AM|139643',
  ],
  [
    '2004-07-05T17:07:36.323466',
    '2004|04|20|2004|04|28|27|27|07|05| 5|187|1|1|Mon|Monday|Jul|July|17|05|07|36|PM|323466',
  ],
  [
    '2027-11-06T03:37:36.669949',
    '2027|27|20|2027|27|44|44|44|11|06| 6|310|6|6|Sat|Saturday|Nov|November|03|03|37|36|AM|669949',
  ],
  [
    '2000-06-04T17:45:04.591783',
    '2000|00|20|2000|00|22|23|22|06|04| 4|156|7|0|Sun|Sunday|Jun|June|17|05|45|04|PM|591783',
  ],
  [
    '1969-10-07T15:43:34.448363',
    '1969|69|19|1969|69|41|40|40|10|07| 7|280|2|2|Tue|Tuesday|Oct|October|15|03|43|34|PM|448363',
  ],
  [
    '2016-08-19T14:23:19.260494',
    '2016|16|20|2016|16|33|33|33|08|19|19|232|5|5|Fri|Friday|Aug|August|14|02|23|19|PM|260494',
  ],
  [
    '1999-12-25T07:05:36.314834',
    '1999|99|19|1999|99|51|51|51|12|25|25|359|6|6|Sat|Saturday|Dec|December|07|07|05|36|AM|314834',
  ],
  [
    '2021-01-01T00:00:00.000000',
    '2021|21|20|2020|20|53|00|00|01|01| 1|001|5|5|Fri|Friday|Jan|January|00|12|00|00|AM|000000',
  ],
  [
    '2020-12-31T23:59:59.999999',
    '2020|20|20|2020|20|53|52|52|12|31|31|366|4|4|Thu|Thursday|Dec|December|23|11|59|59|PM|999999',
  ],
  [
    '2016-02-29T12:00:00.000001',
    '2016|16|20|2016|16|09|09|09|02|29|29|060|1|1|Mon|Monday|Feb|February|12|12|00|00|PM|000001',
  ],
  [
    '2023-01-01T12:30:00.000000',
    '2023|23|20|2022|22|52|01|00|01|01| 1|001|7|0|Sun|Sunday|Jan|January|12|12|30|00|PM|000000',
  ],
];

it('writes and reads what Python writes', () => {
  const pattern = compilePattern(PYTHON_PATTERN, 'strftime');
  for (const [iso, written] of PYTHON) {
    expect(pattern.format(at(iso))).toBe(written);
    expect(pattern.parse(written)).toEqual(at(iso));
  }
});

/** 2024-03-05 is a Tuesday; 09:07:08.012345678. */
const TIME: ClockTime = { ...at('2024-03-05T09:07:08.012345678'), offsetSeconds: 19_800 };

describe('tokens', () => {
  const cases: [PatternDialect, string, string][] = [
    ['moment', 'YYYY-MM-DD[T]HH:mm:ss.SSSZ', '2024-03-05T09:07:08.012+05:30'],
    ['moment', 'YYYY-MM-DDTHH:mm:ssZZ', '2024-03-05T09:07:08+0530'],
    ['moment', 'dddd, MMMM Do YYYY, h:mm:ss a', 'Tuesday, March 5th 2024, 9:07:08 am'],
    ['moment', 'ddd dd d do E, D/M/YY', 'Tue Tu 2 2nd 2, 5/3/24'],
    [
      'moment',
      'Qo Q Mo DDD DDDo DDDD w wo ww W Wo WW gggg gg GGGG GG',
      '1st 1 3rd 65 65th 065 10 10th 10 10 10th 10 2024 24 2024 24',
    ],
    ['moment', 'kk k hh h Y YYYYYY e', '09 9 09 9 2024 +002024 2'],
    ['moment', 'LLLL', 'Tuesday, March 5, 2024 9:07 AM'],
    ['moment', 'L LT', '03/05/2024 9:07 AM'],
    ['moment', 'll LTS', 'Mar 5, 2024 9:07:08 AM'],
    ['moment', 'X', '1709609828'],
    ['moment', 'x', '1709609828012'],
    ['moment', '\\YYYYY [YYYY]', 'Y2024 YYYY'],
    ['cldr', "yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX", '2024-03-05T09:07:08.012345678+05:30'],
    ['cldr', "EEEE, d MMMM y 'at' h 'o''clock' a", "Tuesday, 5 March 2024 at 9 o'clock AM"],
    ['cldr', 'E EEEEEE dd.MM.yy D DDD Q', 'Tue Tu 05.03.24 65 065 1'],
    ['cldr', "YYYY-'W'ww kk:KK u", '2024-W10 09:09 2024'],
    ['cldr', 'yyyyMMddHHmmssZ', '20240305090708+0530'],
    ['cldr', 'LLL yyy xxx x ZZZZZ', 'Mar 2024 +05:30 +0530 +05:30'],
    ['strftime', '%Y-%m-%dT%H:%M:%S.%f%z', '2024-03-05T09:07:08.012345+0530'],
    ['strftime', '%-d/%-m/%y %-I:%M %p %:z', '5/3/24 9:07 AM +05:30'],
    [
      'strftime',
      '%F %T %R %D|%e|%k|%l|%_m|%3N|%9f',
      '2024-03-05 09:07:08 09:07 03/05/24| 5| 9| 9| 3|012|012345678',
    ],
    ['strftime', '%c %r %v 100%%', 'Tue Mar  5 09:07:08 2024 09:07:08 AM  5-Mar-2024 100%'],
    ['strftime', '%s', '1709609828'],
  ];
  it.each(cases)('%s %s', (dialect, pattern, written) => {
    expect(compilePattern(pattern, dialect).format(TIME)).toBe(written);
  });
});

const PATTERNS: [PatternDialect, string][] = [
  ['moment', 'YYYY-MM-DDTHH:mm:ss.SSSSSSSSSZ'],
  ['moment', 'dddd, MMMM Do YYYY, h:mm:ss.SSSSSSSSS a ZZ'],
  ['moment', 'GGGG-[W]WW-E HH:mm:ss.SSSSSSSSS Z'],
  ['moment', 'gggg ww e HH:mm:ss.SSSSSSSSS Z'],
  ['moment', 'YYYYDDDDHHmmssSSSSSSSSSZZ'],
  ['moment', 'D.M.YYYY H:m:s.SSSSSSSSS Z'],
  ['cldr', 'yyyyMMddHHmmssSSSSSSSSSXX'],
  ['cldr', 'd MMM y, K:mm:ss.SSSSSSSSS a XXX'],
  ['cldr', 'y-D kk:mm:ss.SSSSSSSSS xxx'],
  ['strftime', '%d%m%Y%H%M%S%9N%z'],
  ['strftime', '%A %e %B %Y %l:%M:%S.%N %P %:z'],
  ['strftime', '%Y %U %w %H:%M:%S.%N %z'],
  ['strftime', '%Y week %W day %u, %H:%M:%S.%N %z'],
];

const anyTime: fc.Arbitrary<ClockTime> = fc.record({
  days: fc.oneof(
    fc.integer({ min: -800_000, max: 3_200_000 }),
    fc.integer({ min: 10_000, max: 21_000 }),
  ),
  seconds: fc.nat(86_399),
  nanos: fc.nat(999_999_999),
  offsetSeconds: fc.integer({ min: -1439, max: 1439 }).map((minutes) => minutes * 60),
});

it.each(PATTERNS)('%s %s reads what it writes', (dialect, text) => {
  const pattern = compilePattern(text, dialect);
  expect([pattern.hasDate, pattern.hasTime, pattern.hasOffset]).toEqual([true, true, true]);
  expect(pattern.fractionDigits).toBe(9);
  fc.assert(
    fc.property(anyTime, (time) => {
      // Years out of four digits are seven characters long: digits that follow without a sign between would run on.
      if (/YYYYDDDD|yyyyMM|%Y%H/.test(text)) fc.pre(time.days > -719_000 && time.days < 2_900_000);
      expect(pattern.parse(pattern.format(time))).toEqual(time);
    }),
    { numRuns: 300 },
  );
});

it('reads dates alone, times alone, and what is left out as the first of its kind', () => {
  const noTime = { seconds: 0, nanos: 0, offsetSeconds: null };
  const day = (iso: string): ClockTime => ({ ...at(`${iso}T00:00`), ...noTime });
  const cldr = (pattern: string, text: string) => compilePattern(pattern, 'cldr').parse(text);
  expect(cldr('dd.MM.yyyy', '29.02.2024')).toEqual(day('2024-02-29'));
  expect(cldr('yyyy', '2024')).toEqual(day('2024-01-01'));
  expect(cldr('Q/yyyy', '3/2024')).toEqual(day('2024-07-01'));
  expect(cldr('MMM yy', 'DEC 69')).toEqual(day('1969-12-01'));
  expect(cldr('MMM yy', 'sep 68')).toEqual(day('2068-09-01'));
  expect(cldr("YYYY-'W'ww", '2020-W53')).toEqual(day('2020-12-28'));
  expect(cldr('h a', '12 am')).toEqual({ ...noTime, days: 0 });
  expect(cldr('Hmm', '930')).toEqual({ ...noTime, days: 0, seconds: 34_200 });
  expect(cldr('Hmm', '1230')).toEqual({ ...noTime, days: 0, seconds: 45_000 });
  const moment = (pattern: string, text: string) => compilePattern(pattern, 'moment').parse(text);
  expect(moment('X', '-1.25')).toEqual({
    days: -1,
    seconds: 86_398,
    nanos: 750_000_000,
    offsetSeconds: 0,
  });
  expect(moment('x', '1709609828012')).toEqual({
    ...at('2024-03-05T03:37:08.012'),
    offsetSeconds: 0,
  });
  expect(compilePattern('%d/%m/%Y', 'strftime').parse('5/3/2024')).toEqual(day('2024-03-05'));
  expect(compilePattern('MM-DD', 'moment')).toMatchObject({
    unreadable: 'no-year',
    hasTime: false,
  });
  expect(compilePattern('h:mm', 'moment').unreadable).toBe('no-half-of-day');
});

describe('refuses', () => {
  it.each<[PatternDialect, string, string]>([
    ['cldr', 'dd.MM.yyyy', '30.02.2024'],
    ['cldr', 'dd.MM.yyyy', '29.02.2023'],
    ['cldr', 'dd.MM.yyyy', '1.2.2024'],
    ['cldr', 'dd.MM.yyyy', '01.02.24'],
    ['cldr', 'dd.MM.yyyy', '01.02.2024 '],
    ['cldr', 'dd.MM.yyyy', '01.13.2024'],
    ['cldr', 'dd.MM.yyyy', ''],
    ['cldr', 'EEE dd.MM.yyyy', 'Mon 05.03.2024'],
    ['cldr', 'yyyy-DDD', '2023-366'],
    ['cldr', "YYYY-'W'ww", '2021-W53'],
    ['cldr', 'Q MM yyyy', '1 04 2024'],
    ['cldr', 'HH:mm', '24:00'],
    ['cldr', 'HH:mm:ss', '23:59:60'],
    ['cldr', 'hh:mm a', '13:00 PM'],
    ['cldr', 'hh:mm a', '00:30 AM'],
    ['cldr', 'HH hh a', '13 01 AM'],
    ['cldr', 'HH:mm:ss.SSS', '10:00:00.1'],
    ['moment', 'Do MMM YYYY', '1nd Jan 2024'],
    ['moment', 'MM-DD', '01-02'],
    ['moment', 'h:mm', '1:30'],
    ['moment', 'HH:mm Z', '10:00 +24:00'],
    ['moment', 'YYYY-MM-DD', '2024-0٣-05'],
    ['strftime', '%H:%M %p', '10:00 PM'],
  ])('%s %s: %s', (dialect, pattern, text) => {
    expect(compilePattern(pattern, dialect).parse(text)).toBe(MISFIT);
  });

  it.each<[PatternDialect, string, number, string]>([
    ['cldr', 'yyyy-MM-ddTHH:mm', 10, 'T'],
    ['cldr', 'dd MMMMM', 3, 'MMMMM'],
    ['cldr', "yyyy 'open", 5, "'open"],
    ['cldr', 'yyyy-MM-DDDD', 8, 'DDDD'],
    ['moment', 'YYYY n', 5, 'n'],
    ['strftime', '%Y %Q', 3, '%Q'],
    ['strftime', '%Y %', 3, '%'],
    ['strftime', '%:m', 0, '%:m'],
    ['cldr', '', 0, ''],
  ])('the %s pattern %s at %i', (dialect, pattern, position, token) => {
    let thrown: unknown = null;
    try {
      compilePattern(pattern, dialect);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(PatternError);
    expect(thrown).toMatchObject({ position, token });
  });

  it('to write an offset that the time has not', () => {
    expect(() => compilePattern('%z', 'strftime').format(at('2024-01-01T00:00'))).toThrow(
      RangeError,
    );
  });
});
