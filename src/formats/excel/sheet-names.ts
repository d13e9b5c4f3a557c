// Names of sheets as Excel takes them: short, without marks that formulas use, each once whatever its letter case.
import type { SheetNames } from './parts.ts';

const LONGEST = 31;
/** In no letter case may a sheet be called so. */
const RESERVED = 'history';

/** Whole characters of at most so many UTF-16 units. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most);
}

/** The nearest name that a sheet may have, not looking at others. */
export function validSheetName(wanted: string): string {
  const name = wanted.replace(/\p{Cs}/gu, '_').replace(
    // oxlint-disable-next-line no-control-regex -- control characters are what must go
    /[\u0000-\u001f\u007f-\u009f:\\/?*[\]\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    '_',
  );
  // Neither end may be an apostrophe, also where the end is only cut off.
  const inner = shortened(name, LONGEST).replace(/^'/, '_').replace(/'$/, '_').trim();
  if (inner === '') return 'Sheet';
  return inner.toLowerCase() === RESERVED ? `${inner}_` : inner;
}

/** Takes names one after the other: a name that is there already gets a number, `Data (2)`. */
export function createSheetNames(): SheetNames {
  const taken = new Set<string>();
  /** The number a repeated name was given last, so that thousands of equal ones take no time. */
  const lastOf = new Map<string, number>();
  return {
    take(wanted) {
      const valid = validSheetName(wanted);
      let name = valid;
      const key = valid.toLowerCase();
      for (let n = (lastOf.get(key) ?? 1) + 1; taken.has(name.toLowerCase()); n++) {
        const end = ` (${n})`;
        name = shortened(valid, LONGEST - end.length).trimEnd() + end;
        lastOf.set(key, n);
      }
      taken.add(name.toLowerCase());
      return name;
    },
  };
}
