// Looks at the start of a document and says which elements are its records and which columns they have.
import { sizeText } from '../../contract/byte-size.ts';
import { applyEdits } from '../../contract/column-edits.ts';
import { createGuess, type ColumnGuess } from '../../contract/column-guess.ts';
import { ExportError } from '../../contract/errors.ts';
import {
  createJsonGuess,
  IS_ARRAY,
  kindOfFirstByte,
  IS_STRING,
} from '../../contract/json-guess.ts';
import { profilesOf, type ColumnProfile } from '../../contract/column-profile.ts';
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import { JSON_TEXT, type DataType, type Field } from '../../table/data-type.ts';
import { XmlElements, type XmlElement } from './element.ts';
import { faultError } from './faults.ts';
import { FlatShape } from './flatten.ts';
import { INCOMPLETE, SPARE, WRONG } from './lexer.ts';
import { XmlNaming } from './naming.ts';
import { xmlOptions, type XmlOptions } from './options.ts';
import { PathMatcher } from './path.ts';
import { proposePath } from './propose.ts';
import { RecordFinder } from './record-finder.ts';
import { START, XmlScan } from './scan.ts';
import { XML_EVIDENCE } from './texts.ts';
import { placeIn } from './window.ts';

const encoder = new TextEncoder();

type Context = InspectContext<XmlOptions>;

interface SampledRecords {
  records: XmlElement[];
  /** Bytes from the first to behind the last. */
  bytes: number;
  /** What ended the sample. */
  token: number;
}

function scanSample({ sample, isWhole, limits }: Context): XmlScan {
  const bytes = new Uint8Array(sample.length + SPARE);
  bytes.set(sample);
  const scan = new XmlScan(limits.depth);
  scan.setWindow(bytes, sample.length, isWhole, 0);
  return scan;
}

function sampleError(scan: XmlScan, token: number, context: Context): ExportError {
  const { bytes, fault, to } = scan;
  if (token === WRONG) {
    const open = scan.depth === 0 ? '' : scan.openName(scan.depth);
    return faultError(fault, bytes, to, placeIn(bytes, fault.at), open, context.limits.depth);
  }
  return new ExportError('read.xml.record-too-large', {
    line: placeIn(bytes, scan.at).line,
    limit: sizeText(to),
  });
}

function takeRecords(scan: XmlScan, options: XmlOptions): SampledRecords {
  const naming = new XmlNaming(options);
  const elements = new XmlElements(scan, naming, options.whitespace);
  const finder = new RecordFinder(scan, new PathMatcher(options.path!), naming);
  const records: XmlElement[] = [];
  let first = 0;
  let last = 0;
  for (;;) {
    const token = finder.next();
    if (token !== START) return { records, bytes: last - first, token };
    if (records.length === 0) first = finder.recordAt;
    const record = elements.read(finder.isKept);
    if (typeof record === 'number') return { records, bytes: last - first, token: record };
    records.push(record);
    last = scan.at;
  }
}

/** A column of the sample. */
interface SampledColumn {
  name: string;
  /** Learns the record's value: a text, or the JSON of a list or of a nested value. */
  add(text: string, isJson: boolean): void;
  /** Counts a null. */
  addNull(): void;
  type(): DataType;
  profile(type: DataType, rowCount: number): ColumnProfile;
  /** Values so far, nulls too. */
  count: number;
}

function textColumn(name: string, guess: ColumnGuess, emptyValues: XmlOptions['emptyValues']) {
  let empty = 0;
  const settle = (): void => {
    // Empty values of numbers and dates are nulls; of texts they are texts.
    const isText = emptyValues === 'text' || guess.type().kind === 'utf8';
    for (; empty > 0; empty--)
      guess.add(isText && emptyValues !== 'null' ? new Uint8Array(0) : null);
  };
  const column: SampledColumn = {
    name,
    count: 0,
    add(text) {
      column.count++;
      if (text === '') empty++;
      else guess.add(encoder.encode(text));
    },
    addNull() {
      column.count++;
      guess.add(null);
    },
    type() {
      settle();
      return guess.type();
    },
    profile(type, rowCount) {
      settle();
      for (; column.count < rowCount; column.count++) guess.add(null);
      return guess.profile(type);
    },
  };
  return column;
}

function jsonColumn(name: string, isList: boolean, isProfiled: boolean): SampledColumn {
  const guess = createJsonGuess(isProfiled);
  const column: SampledColumn = {
    name,
    count: 0,
    add(text) {
      column.count++;
      const json = encoder.encode(text);
      const kind = isList ? IS_ARRAY : kindOfFirstByte(json[0]!);
      guess.add(kind, kind === IS_STRING ? encoder.encode(JSON.parse(text) as string) : json);
    },
    addNull() {
      column.count++;
    },
    type() {
      const type = guess.type();
      return isList && type.kind !== 'list' ? { kind: 'list', item: JSON_TEXT } : type;
    },
    profile: (type, rowCount) => guess.profile(type, rowCount),
  };
  return column;
}

/** The columns of the records, in the order in which they were met. */
function columnsOf(
  records: readonly XmlElement[],
  options: XmlOptions,
  shape: FlatShape,
  { limits, profiles }: Context,
): SampledColumn[] {
  for (const record of records) shape.learn(record);
  const columns = new Map<string, SampledColumn>();
  for (const record of records) {
    const items = new Map<string, string[]>();
    for (const { column: name, text, form } of shape.values(record)) {
      let column = columns.get(name);
      if (column === undefined) {
        if (columns.size >= limits.columns)
          throw new ExportError('read.xml.too-many-columns', { limit: limits.columns });
        column =
          form === 'text'
            ? textColumn(name, createGuess(profiles), options.emptyValues)
            : jsonColumn(name, form === 'item', profiles);
        columns.set(name, column);
      }
      if (form === 'item') {
        const list = items.get(name);
        if (list === undefined) items.set(name, [text!]);
        else list.push(text!);
      } else if (text === null || text === 'null') column.addNull();
      else if (form === 'json' && text === '""' && options.emptyValues !== 'text') column.addNull();
      else column.add(text, form === 'json');
    }
    for (const [name, list] of items) columns.get(name)!.add(`[${list.join(',')}]`, true);
  }
  return [...columns.values()];
}

/** Proposals for everything the user left open. Throws ExportError for empty input and what is not well-formed. */
export function inspectXml(context: Context): SourceInspection<XmlOptions> {
  const { sample, isWhole, sizeBytes, name, profiles } = context;
  const options: XmlOptions = { ...xmlOptions.defaults, ...context.given };
  const scan = scanSample(context);
  if (isWhole && scan.space(0) >= sample.length) throw new ExportError('read.empty', { name });
  const evidence: SourceInspection['evidence'] = [];
  if (options.path === null) {
    const found = proposePath(scanSample(context));
    if (found === null) throw sampleError(scan, firstFault(scan), context);
    options.path = found.path;
    evidence.push({ option: 'path', sentence: found.sentence });
  }
  const { records, bytes, token } = takeRecords(scan, options);
  if (records.length === 0) {
    if (token === WRONG || token === INCOMPLETE) throw sampleError(scan, token, context);
    throw new ExportError('read.xml.no-path', { name, path: options.path });
  }
  if (charsetConflict(scan.encoding, context))
    evidence.push({
      option: '',
      sentence: XML_EVIDENCE.encoding(scan.encoding!, context.charset!.id),
    });
  const shape = new FlatShape(options);
  const sampled = columnsOf(records, options, shape, context);
  const fields = sampled.map((column): Field => ({
    name: column.name,
    type: column.type(),
    nullable: true,
    origin: 'inferred',
  }));
  const lists = sampled.find((column) => shape.lists.has(column.name));
  if (lists !== undefined)
    evidence.push({ option: 'nested', sentence: XML_EVIDENCE.list(lists.name) });
  applyEdits(fields, context.columns);
  const isAll = isWhole && token > 0;
  const perRecord = bytes / records.length;
  return {
    options,
    evidence,
    schema: { fields },
    columns: profiles
      ? profilesOf(fields, (c, type) => sampled[c]!.profile(type, records.length))
      : [],
    sampledRows: records.length,
    isWhole: isAll,
    estimatedRows: isAll
      ? records.length
      : sizeBytes === null
        ? null
        : Math.max(records.length, Math.round(sizeBytes / perRecord)),
  };
}

/** Whether the document says it is in another charset than it was read in. */
function charsetConflict(declared: string | null, { charset }: Context): boolean {
  if (declared === null || charset === undefined) return false;
  // UTF-16 is of either order.
  if (/^utf-?16$/i.test(declared) && charset.id.startsWith('utf-16')) return false;
  return !charset.isCalled(declared);
}

/** What ends a sample in which no element begins. */
function firstFault(scan: XmlScan): number {
  for (;;) {
    const token = scan.next();
    if (token < 0) return token;
  }
}
