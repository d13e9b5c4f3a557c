// Records that stand as columns, an object of lists: the lists are held whole, as the last one tells of the first row.
import { valueWord, LAYOUT_WORDS } from '../../contract/json-source-texts.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import { faultErrorAt, JsonDocument, placeIn } from '../../contract/json-document.ts';
import { GrowingSchema } from '../../contract/json-growth.ts';
import { createJsonGuess } from '../../contract/json-guess.ts';
import { describeColumns, learnValue, sampleError } from '../../contract/json-inspection.ts';
import { ascend, descend, pointerKeys } from '../../contract/json-path.ts';
import { createBatches, tellLosses } from '../../contract/json-reading.ts';
import { JsonRows } from '../../contract/json-rows.ts';
import type {
  InspectContext,
  ReadContext,
  SourceInspection,
} from '../../contract/source-plugin.ts';
import type { Batch } from '../../table/batch.ts';
import { eachElement, eachMember } from '../../table/json-members.ts';
import { INCOMPLETE, WRONG, type JsonScan } from '../../table/json-scan.ts';
import { jsonStringText } from '../../table/json-unescape.ts';
import type { JsonOptions } from './options.ts';

/** One column: where its values begin and end, in turn. */
interface ColumnList {
  name: string;
  ranges: number[];
}

type DuplicateKeys = JsonOptions['duplicateKeys'];

/** The lists of the object at `at`, which is whole. Throws for what is no list, and lists of other lengths. */
function listsOf(
  scan: JsonScan,
  at: number,
  duplicateKeys: DuplicateKeys,
): { lists: ColumnList[]; duplicates: string[] } {
  const { bytes } = scan;
  const lists = new Map<string, ColumnList>();
  const duplicates: string[] = [];
  eachMember(scan, at, (keyStart, keyEnd, hasEscapes, start) => {
    const name = jsonStringText(bytes, keyStart, keyEnd, hasEscapes);
    if (bytes[start] !== 91) {
      const { line, column } = placeIn(bytes, start);
      const found = valueWord(bytes[start]);
      const expected = LAYOUT_WORDS.columns;
      throw new ExportError('read.json.wrong-layout', { expected, found, line, column });
    }
    if (lists.has(name)) {
      if (duplicateKeys === 'fail') {
        const { line, column } = placeIn(bytes, keyStart - 1);
        throw new ExportError('read.json.duplicate-key', { key: shorten(name), line, column });
      }
      duplicates.push(name);
      if (duplicateKeys === 'first') return;
    }
    const ranges: number[] = [];
    eachElement(scan, start, (from, to) => {
      ranges.push(from, to);
    });
    lists.set(name, { name, ranges });
  });
  const all = [...lists.values()];
  for (const { name, ranges } of all)
    if (ranges.length !== all[0]!.ranges.length)
      throw new ExportError('read.json.uneven-columns', {
        column: shorten(name),
        found: ranges.length / 2,
        first: shorten(all[0]!.name),
        expected: all[0]!.ranges.length / 2,
      });
  return { lists: all, duplicates };
}

/** Columns and types of the object of lists at `at`. */
export function inspectColumns(
  scan: JsonScan,
  at: number,
  duplicateKeys: DuplicateKeys,
  context: InspectContext<unknown>,
): Omit<SourceInspection<unknown>, 'options' | 'evidence'> {
  const { limits, profiles } = context;
  const end = scan.value(at);
  if (end < 0) throw sampleError(scan, end, context);
  const { lists } = listsOf(scan, at, duplicateKeys);
  if (lists.length > limits.columns)
    throw new ExportError('read.json.too-many-columns', { limit: limits.columns });
  const rows = (lists[0]?.ranges.length ?? 0) / 2;
  const guesses = lists.map(({ ranges }) => {
    const guess = createJsonGuess(profiles);
    for (let i = 0; i < ranges.length; i += 2) learnValue(scan, guess, ranges[i]!, ranges[i + 1]!);
    return guess;
  });
  const names = lists.map((list) => list.name);
  return {
    ...describeColumns(names, guesses, rows, context),
    sampledRows: rows,
    isWhole: true,
    estimatedRows: rows,
  };
}

/** Reads the lists of one object as columns. */
export async function* readColumns(context: ReadContext<JsonOptions>): AsyncGenerator<Batch> {
  const { input, options, schema, limits, signal } = context;
  if (input.kind !== 'bytes') throw new TypeError('the JSON source reads bytes');
  const document = new JsonDocument(input, limits);
  try {
    await document.fill(document.windowBytes);
    signal.throwIfAborted();
    const way = await descend(document, pointerKeys(options.path ?? ''), input.name);
    const { scan } = document;
    let end = scan.value(document.at);
    while (end === INCOMPLETE) {
      await document.more();
      end = scan.value(document.at);
    }
    const { at } = document;
    if (end === WRONG) throw faultErrorAt(scan, document.placeOf(scan.fault.at), limits.depth);
    const { lists, duplicates } = listsOf(scan, at, options.duplicateKeys);
    const isSame =
      lists.length === schema.fields.length &&
      lists.every(({ name }, c) => name === schema.fields[c]!.name);
    if (!isSame) throw new ExportError('read.changed', { name: input.name });
    const growing = new GrowingSchema(schema, scan, limits.columns, (offset) =>
      document.placeOf(offset),
    );
    const { newKeys, loneSurrogates, duplicateKeys } = options;
    const rowOptions = {
      newKeys,
      loneSurrogates,
      duplicateKeys,
      shape: 'arrays',
      hasKey: false,
    } as const;
    const rows = new JsonRows(scan, schema, rowOptions, growing, context.wanted);
    for (const key of duplicates)
      rows.counts.duplicates.set(key, (rows.counts.duplicates.get(key) ?? 0) + 1);
    const batchOf = createBatches(context, 'json');
    const rowCount = (lists[0]?.ranges.length ?? 0) / 2;
    const { line } = document.placeOf(at);
    let firstRow = 0;
    for (let row = 0; row < rowCount; row++) {
      // Written on the line their object begins on: a row stands in as many places as it has values.
      const isWritten = rows.cells(
        lists.map(({ ranges }) => ranges[row * 2]!),
        line,
      );
      if (!isWritten) {
        const { column } = rows.problem as { column: number };
        throw new ExportError('read.json.lone-surrogate', {
          column: shorten(rows.nameOf(column)),
          line,
        });
      }
      if (!rows.block.isFull && row < rowCount - 1) continue;
      signal.throwIfAborted();
      tellLosses(context, rows, { kind: 'json', duplicateKeys });
      const block = rows.block.take(firstRow);
      firstRow += block.rowCount;
      yield batchOf(block, []);
    }
    document.at = end;
    await ascend(document, way);
  } finally {
    await document.close();
  }
}
