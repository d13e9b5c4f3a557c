// Finds the records in the sample of a document: where they are, and how they stand there.
import { pointerText } from '../../contract/json-path.ts';
import { JSON_EVIDENCE, NO_PATH } from '../../contract/json-source-texts.ts';
import { sampleError } from '../../contract/json-inspection.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { InspectContext } from '../../contract/source-plugin.ts';
import { eachElement, eachMember, STOPPED } from '../../table/json-members.ts';
import { INCOMPLETE, type JsonScan } from '../../table/json-scan.ts';
import { jsonStringText } from '../../table/json-unescape.ts';
import type { JsonOptions } from './options.ts';

/** How far below the top lists of records are looked for. */
const MOST_LEVELS = 4;
const OBJECT = 123;
const LIST = 91;

export type JsonLayout = Exclude<JsonOptions['layout'], 'auto'>;

/** Where the records are. `at`: offset in the sample of what holds them. */
export interface Proposal {
  path: string[];
  at: number;
  layout: JsonLayout;
  evidence: { option: string; sentence: string }[];
}

/** Offset of what the path names. Throws `read.json.no-path`, and what {@link sampleError} says where the sample ends before. */
export function locate(
  scan: JsonScan,
  path: readonly string[],
  context: InspectContext<unknown>,
): number {
  let at = scan.space(0);
  for (const key of path) {
    const missing = (detail: string): ExportError =>
      new ExportError('read.json.no-path', { name: context.name, path: pointerText(path), detail });
    let found = -1;
    const stop = (start: number): false => {
      found = start;
      return false;
    };
    let result: number;
    const first = scan.bytes[at];
    if (first === OBJECT)
      result = eachKey(scan, at, (name, start) => (name === key ? stop(start) : undefined));
    else if (first === LIST) {
      let item = 0;
      result = eachStart(scan, at, (start) => (String(item++) === key ? stop(start) : undefined));
    } else throw missing(NO_PATH.scalar(shorten(key)));
    if (found >= 0) at = found;
    else if (result < 0) throw sampleError(scan, result, context);
    else throw missing(first === LIST ? NO_PATH.item(shorten(key)) : NO_PATH.key(shorten(key)));
  }
  return at;
}

/** Like `eachMember`, but told of a value where it begins, whether it is whole or not. */
function eachKey(
  scan: JsonScan,
  at: number,
  each: (name: string, start: number) => void | false,
): number {
  const { bytes } = scan;
  let i = scan.space(at + 1);
  if (bytes[i] === 125) return i + 1;
  for (;;) {
    if (bytes[i] !== 34) return scan.unexpected('key', i);
    const keyEnd = scan.string(i + 1);
    if (keyEnd < 0) return keyEnd;
    const name = jsonStringText(bytes, i + 1, keyEnd, scan.hasEscapes);
    i = scan.space(keyEnd + 1);
    if (bytes[i] !== 58) return scan.unexpected('colon', i);
    const start = scan.space(i + 1);
    if (start >= scan.to) return scan.unexpected('value', start);
    if (each(name, start) === false) return STOPPED;
    const end = scan.value(start);
    if (end < 0) return end;
    i = scan.space(end);
    if (bytes[i] === 125) return i + 1;
    if (bytes[i] !== 44) return scan.unexpected('comma', i);
    i = scan.space(i + 1);
  }
}

/** Like `eachElement`, but told of a value where it begins. */
function eachStart(scan: JsonScan, at: number, each: (start: number) => void | false): number {
  const { bytes } = scan;
  let i = scan.space(at + 1);
  if (bytes[i] === 93) return i + 1;
  for (;;) {
    if (i >= scan.to) return scan.unexpected('value', i);
    if (each(i) === false) return STOPPED;
    const end = scan.value(i);
    if (end < 0) return end;
    i = scan.space(end);
    if (bytes[i] === 93) return i + 1;
    if (bytes[i] !== 44) return scan.unexpected('comma', i);
    i = scan.space(i + 1);
  }
}

interface List {
  path: string[];
  at: number;
  length: number;
}

/** Whole objects in the list at `at`, as far as the sample goes; 0 when it holds anything else. */
function countObjects(scan: JsonScan, at: number): number {
  let count = 0;
  let isOther = false;
  eachElement(scan, at, (start) => {
    isOther = scan.bytes[start] !== OBJECT;
    if (isOther) return false;
    count++;
    return undefined;
  });
  return isOther ? 0 : count;
}

/** The longest list of objects below the object at `at`; the first of equals. */
function longestList(scan: JsonScan, at: number, path: string[], best: List | null): List | null {
  eachKey(scan, at, (name, start) => {
    const here = [...path, name];
    const first = scan.bytes[start];
    if (first === LIST) {
      const length = countObjects(scan, start);
      if (length > (best?.length ?? 0)) best = { path: here, at: start, length };
    } else if (first === OBJECT && here.length < MOST_LEVELS)
      best = longestList(scan, start, here, best);
  });
  return best;
}

/** The layout of the object at `at`, of which no list inside is told. */
function objectLayout(
  scan: JsonScan,
  at: number,
  context: InspectContext<unknown>,
): { layout: JsonLayout; sentence: string } {
  const { bytes } = scan;
  const lengths: number[] = [];
  let objects = 0;
  let members = 0;
  let isFlat = true;
  let lastFirst = 0;
  eachKey(scan, at, (_, start) => {
    lastFirst = bytes[start]!;
  });
  const result = eachMember(scan, at, (_, __, ___, start) => {
    members++;
    if (bytes[start] === OBJECT) objects++;
    if (bytes[start] !== LIST) isFlat = false;
    else {
      let length = 0;
      eachElement(scan, start, (from) => {
        length++;
        isFlat &&= bytes[from] !== OBJECT && bytes[from] !== LIST;
      });
      lengths.push(length);
    }
  });
  const single = { layout: 'single', sentence: JSON_EVIDENCE.single } as const;
  if (result === INCOMPLETE) {
    if (objects > 0 && objects === members && lastFirst === OBJECT)
      return { layout: 'entries', sentence: JSON_EVIDENCE.entries(objects) };
    // Lists beside each other, and single records, are read whole.
    throw sampleError(scan, result, context);
  }
  if (result < 0) throw sampleError(scan, result, context);
  if (members > 0 && isFlat && lengths[0]! > 0 && lengths.every((n) => n === lengths[0]))
    return { layout: 'columns', sentence: JSON_EVIDENCE.columns(members, lengths[0]!) };
  if (members > 1 && objects === members)
    return { layout: 'entries', sentence: JSON_EVIDENCE.entries(members) };
  return single;
}

/** Where the records are: as the options say, found where they say nothing. */
export function proposeRecords(
  scan: JsonScan,
  options: JsonOptions,
  path: readonly string[] | null,
  context: InspectContext<unknown>,
): Proposal {
  const evidence: Proposal['evidence'] = [];
  const at = locate(scan, path ?? [], context);
  const base = { path: [...(path ?? [])], at, evidence };
  const { layout } = options;
  const first = scan.bytes[at];
  // A list further down is proposed where nothing is said that speaks against it.
  const isFree = path === null && (layout === 'auto' || layout === 'list');
  if (isFree && first === OBJECT) {
    const list = longestList(scan, at, [], null);
    if (list !== null) {
      const sentence = JSON_EVIDENCE.listAt(pointerText(list.path), list.length);
      evidence.push({ option: 'path', sentence });
      return { path: list.path, at: list.at, layout: 'list', evidence };
    }
  }
  if (layout !== 'auto') return { ...base, layout };
  const found =
    first === LIST
      ? { layout: 'list' as const, sentence: JSON_EVIDENCE.list }
      : first === OBJECT
        ? objectLayout(scan, at, context)
        : { layout: 'single' as const, sentence: JSON_EVIDENCE.single };
  evidence.push({ option: 'layout', sentence: found.sentence });
  return { ...base, layout: found.layout };
}
