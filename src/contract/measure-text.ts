// The short text forms of groups and measures: `country, month(at) as month` and `count(), sum(amount) as total, p95(ms)`.
import type { ColumnRef } from './filter.ts';
import { MEASURE_OPS } from './measure.ts';

/** One entry of a list: a name, quoted or plain, or a call of one; then perhaps a name of its own. */
const ENTRY =
  /\s*(?:([A-Za-z0-9 _-]+?)\s*\(\s*(?:("(?:[^"]|"")*"|[^",()]*?)(#\d+)?)?(?:\s*,\s*(\d+(?:\.\d+)?))?\s*\)|("(?:[^"]|"")*"|[^",()]*?)(#\d+)?)(?:\s+as\s+("(?:[^"]|"")*"|[^",()]+?))?\s*(?:,|$)/iy;
const INTERVAL = /^(\d+)?\s*(second|minute|hour|day|week|month|quarter|year)s?$/;
const PERCENTILE = /^(approx[ _-]+)?p(\d{1,2}(?:_\d+)?|100)$/;

interface Entry {
  /** Of a call; undefined for a mere name. */
  called?: string;
  column?: ColumnRef;
  /** A second argument: the number of `percentile(ms, 95)`. */
  number?: number;
  as?: string;
}

function plain(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.trim();
}

function columnOf(name: string | undefined, nth: string | undefined): ColumnRef | undefined {
  if (name === undefined || (name === '' && nth === undefined)) return undefined;
  return { name: plain(name), ...(nth !== undefined && { nth: Number(nth.slice(1)) - 1 }) };
}

/** The entries of a text; null when it cannot be read. */
function entriesOf(text: string): Entry[] | null {
  const entry = new RegExp(ENTRY);
  const entries: Entry[] = [];
  if (text.trim() === '') return entries;
  while (entry.lastIndex < text.length) {
    const found = entry.exec(text);
    if (found === null) return null;
    const [, called, argument, argumentNth, number, name, nameNth, as] = found;
    const column = columnOf(called === undefined ? name : argument, argumentNth ?? nameNth);
    if (called === undefined && column === undefined) return null;
    entries.push({
      ...(called !== undefined && { called: called.trim().toLowerCase() }),
      ...(column !== undefined && { column }),
      ...(number !== undefined && { number: Number(number) }),
      ...(as !== undefined && { as: plain(as) }),
    });
  }
  return entries;
}

/** Groups as a list. What is no text, or cannot be read, comes back as it is or as one name, which then is no column. */
export function groupsOfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const entries = entriesOf(value);
  if (entries === null) return [value];
  return entries.map(({ called, column, as }): unknown => {
    const named = { column, ...(as !== undefined && { as }) };
    if (called === undefined) return named;
    const found = INTERVAL.exec(called);
    if (found === null) return { ...named, bucket: { unit: called } };
    return { ...named, bucket: { unit: found[2], count: Number(found[1] ?? 1) } };
  });
}

/** Measures as a list: `p95(ms)` and `percentile(ms, 95)` are the 95th percentile, `_` stands for its point (`p99_9`). */
export function measuresOfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const entries = entriesOf(value);
  if (entries === null) return [{ op: value }];
  return entries.map(({ called, column, number, as }): unknown => {
    const named = {
      ...(column && { column }),
      ...(number !== undefined && { p: number }),
      ...(as !== undefined && { as }),
    };
    // A bare word is no measure: it is said to be none.
    const op = called?.replaceAll(/[ _]+/g, '-') ?? column!.name;
    const percentile = PERCENTILE.exec(called ?? '');
    if (percentile !== null && !(MEASURE_OPS as readonly string[]).includes(op))
      return {
        ...named,
        op: percentile[1] === undefined ? 'percentile' : 'approx-percentile',
        p: Number(percentile[2]!.replace('_', '.')),
      };
    return { op, ...named };
  });
}
