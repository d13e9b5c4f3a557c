// Looks at the records in a JSON source's sample: what they are made of, which columns they have, and of which types.
import type { Field } from '../table/data-type.ts';
import { INCOMPLETE, SCAN_SPARE, WRONG, JsonScan } from '../table/json-scan.ts';
import { eachElement, eachMember } from '../table/json-members.ts';
import { jsonStringBytes, jsonStringText } from '../table/json-unescape.ts';
import { sizeText } from './byte-size.ts';
import { applyEdits } from './column-edits.ts';
import { ExportError } from './errors.ts';
import { faultErrorAt, placeIn } from './json-document.ts';
import { createJsonGuess, IS_STRING, kindOfFirstByte, type JsonGuess } from './json-guess.ts';
import type { JsonFraming } from './json-reading.ts';
import type { JsonRecordShape } from './json-rows.ts';
import { JSON_EVIDENCE } from './json-source-texts.ts';
import { profilesOf } from './column-profile.ts';
import type { InspectContext, SourceInspection } from './source-plugin.ts';

const RECORD_SEPARATOR = 0x1e;

/** What the user left open about the records, and what was found. */
export interface RecordOptions {
  records: 'auto' | JsonRecordShape;
  header: 'auto' | 'present' | 'absent';
}

/** A scan over a copy of the sample. Throws `read.empty` where there is nothing but white space. */
export function scanSample({ sample, isWhole, limits, name }: InspectContext<unknown>): JsonScan {
  const bytes = new Uint8Array(sample.length + SCAN_SPARE);
  bytes.set(sample);
  const scan = new JsonScan(limits.depth);
  scan.setWindow(bytes, sample.length, isWhole);
  if (scan.space(0) >= sample.length && isWhole) throw new ExportError('read.empty', { name });
  return scan;
}

/** What a scan that ended so at `at` means, where it cannot go on. */
export function sampleError(
  scan: JsonScan,
  result: number,
  { limits, sample }: InspectContext<unknown>,
  remedy?: string,
): ExportError {
  if (result === WRONG)
    return faultErrorAt(scan, placeIn(scan.bytes, scan.fault.at), limits.depth, remedy);
  return new ExportError('read.json.record-too-large', {
    line: placeIn(scan.bytes, scan.resumeAt).line,
    limit: sizeText(sample.length),
  });
}

interface Records {
  /** Key's inside, or null; the value's range. */
  each: { key: Uint8Array | null; start: number; end: number }[];
  /** What ended the scan: INCOMPLETE or WRONG, or the offset behind the last one. */
  result: number;
}

/** The whole records of the sample. */
function findRecords(scan: JsonScan, framing: JsonFraming, from: number): Records {
  const { bytes } = scan;
  const each: Records['each'] = [];
  if (framing === 'list') {
    const result = eachElement(scan, from, (start, end) => {
      each.push({ key: null, start, end });
    });
    return { each, result };
  }
  if (framing === 'entries') {
    const result = eachMember(scan, from, (keyStart, keyEnd, hasEscapes, start, end) => {
      each.push({ key: jsonStringBytes(bytes, keyStart, keyEnd, hasEscapes), start, end });
    });
    return { each, result };
  }
  for (let at = from; ;) {
    at = scan.space(at);
    while (bytes[at] === RECORD_SEPARATOR) at = scan.space(at + 1);
    if (at >= scan.to) return { each, result: scan.isEnd ? at : INCOMPLETE };
    const end = scan.value(at);
    if (end < 0) return { each, result: end };
    each.push({ key: null, start: at, end });
    if (framing === 'single') return { each, result: end };
    at = end;
  }
}

/** The records' shape, and why. */
function findShape(
  bytes: Uint8Array,
  { each }: Records,
): { shape: JsonRecordShape; sentence: string } {
  const isAll = (first: number): boolean => each.every(({ start }) => bytes[start] === first);
  if (each.length === 0 || isAll(123))
    return { shape: 'objects', sentence: JSON_EVIDENCE.objects(each.length) };
  if (isAll(91)) return { shape: 'arrays', sentence: JSON_EVIDENCE.arrays(each.length) };
  return { shape: 'values', sentence: JSON_EVIDENCE.values };
}

/** The texts of a list that holds texts only and none twice; null otherwise. */
function namesIn(scan: JsonScan, start: number): string[] | null {
  const names: string[] = [];
  let isTexts = true;
  eachElement(scan, start, (from, end) => {
    isTexts &&= scan.bytes[from] === 34;
    names.push(isTexts ? jsonStringText(scan.bytes, from + 1, end - 1, true) : '');
  });
  return isTexts && names.length > 0 && new Set(names).size === names.length ? names : null;
}

/** Whether the first of some lists holds the columns' names. */
function findNames(scan: JsonScan, { each }: Records): string[] | null {
  const names = each.length === 0 ? null : namesIn(scan, each[0]!.start);
  if (names === null) return null;
  // Texts over texts alone may as well be values.
  return each.slice(1).some(({ start }) => namesIn(scan, start) === null) ? names : null;
}

/** Adds the value [start, end) to a guess. */
export function learnValue(
  { bytes }: JsonScan,
  guess: JsonGuess,
  start: number,
  end: number,
): void {
  const kind = kindOfFirstByte(bytes[start]!);
  const value = bytes.subarray(start, end);
  guess.add(
    kind,
    kind === IS_STRING ? jsonStringBytes(bytes, start + 1, end - 1, value.includes(92)) : value,
  );
}

/** Schema and profiles of columns that were guessed over `rows` rows, with the user's types. */
export function describeColumns(
  names: readonly string[],
  guesses: readonly JsonGuess[],
  rows: number,
  context: InspectContext<unknown>,
): Pick<SourceInspection<unknown>, 'schema' | 'columns'> {
  const fields = names.map((name, c): Field => ({
    name,
    type: guesses[c]!.type(),
    nullable: true,
    origin: 'inferred',
  }));
  applyEdits(fields, context.columns);
  return {
    schema: { fields },
    columns: context.profiles
      ? profilesOf(fields, (c, type) => guesses[c]!.profile(type, rows))
      : [],
  };
}

/** What a sample of records says. */
export interface InspectedRecords {
  shape: JsonRecordShape;
  hasHeader: boolean;
  evidence: { option: string; sentence: string }[];
  inspection: Omit<SourceInspection<unknown>, 'options' | 'evidence'>;
}

/**
 * Inspects the records that begin at `from` (the bracket of their list or object, or the first of them). `keyColumn` names
 * the column of the keys that entries stand under.
 */
export function inspectRecords(
  scan: JsonScan,
  framing: JsonFraming,
  from: number,
  options: RecordOptions,
  keyColumn: string,
  context: InspectContext<unknown>,
): InspectedRecords {
  const { limits, isWhole, sizeBytes, profiles } = context;
  const records = findRecords(scan, framing, from);
  const { each, result } = records;
  if (each.length === 0 && result < 0) throw sampleError(scan, result, context);
  const evidence: InspectedRecords['evidence'] = [];
  const found = findShape(scan.bytes, records);
  if (options.records === 'auto') evidence.push({ option: 'records', sentence: found.sentence });
  const shape = options.records === 'auto' ? found.shape : options.records;

  const names: string[] = [];
  const guesses: JsonGuess[] = [];
  const addColumn = (name: string): JsonGuess => {
    if (names.length >= limits.columns)
      throw new ExportError('read.json.too-many-columns', { limit: limits.columns });
    names.push(name);
    const guess = createJsonGuess(profiles);
    guesses.push(guess);
    return guess;
  };
  let rows = 0;
  const first = framing === 'entries' ? 1 : 0;
  if (first === 1) addColumn(keyColumn);
  const columns = new Map<string, number>();
  /** The record that a column was met in last. */
  const met: number[] = [];
  let listNames: string[] | null = null;
  if (shape === 'arrays' && options.header !== 'absent') {
    listNames = findNames(scan, records);
    if (options.header === 'present')
      listNames = each.length === 0 ? [] : headerTexts(scan, each[0]!.start);
    else
      evidence.push({
        option: 'header',
        sentence: listNames === null ? JSON_EVIDENCE.noHeader : JSON_EVIDENCE.header,
      });
    listNames?.forEach((name) => addColumn(name));
  }
  if (shape === 'values') addColumn('value');
  const sampled = listNames === null ? each : each.slice(1);
  for (const { key, start, end } of sampled) {
    if (key !== null) guesses[0]!.add(IS_STRING, key);
    if (shape === 'values') learnValue(scan, guesses[first]!, start, end);
    else if (shape === 'arrays' && scan.bytes[start] === 91) {
      let column = first;
      eachElement(scan, start, (from, to) => {
        learnValue(scan, guesses[column] ?? addColumn(`column${column - first + 1}`), from, to);
        column++;
      });
    } else if (shape === 'objects' && scan.bytes[start] === 123)
      eachMember(scan, start, (keyStart, keyEnd, hasEscapes, from, to) => {
        const name = jsonStringText(scan.bytes, keyStart, keyEnd, hasEscapes);
        let column = columns.get(name);
        if (column === undefined) {
          column = names.length;
          columns.set(name, column);
          addColumn(name);
        }
        // Of a key that stands twice, one is enough for a proposal.
        if (met[column] !== rows) learnValue(scan, guesses[column]!, from, to);
        met[column] = rows;
      });
    rows++;
  }

  const isAll = isWhole && result >= 0;
  const span = sampled.length === 0 ? 0 : sampled.at(-1)!.end - sampled[0]!.start;
  return {
    shape,
    hasHeader: listNames !== null,
    evidence,
    inspection: {
      ...describeColumns(names, guesses, rows, context),
      sampledRows: rows,
      isWhole: isAll,
      estimatedRows: isAll
        ? rows
        : sizeBytes === null || rows === 0
          ? null
          : Math.max(rows, Math.round((sizeBytes - sampled[0]!.start) / ((span + 1) / rows))),
    },
  };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The items of a list as names: texts as they are, anything else as its JSON. */
function headerTexts(scan: JsonScan, at: number): string[] {
  const names: string[] = [];
  eachElement(scan, at, (start, end) => {
    names.push(
      scan.bytes[start] === 34
        ? jsonStringText(scan.bytes, start + 1, end - 1, true)
        : decoder.decode(scan.bytes.subarray(start, end)),
    );
  });
  return names;
}
