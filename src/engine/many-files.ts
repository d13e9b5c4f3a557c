// Several files as one source: each opened and inspected, their columns united, read one after the other.
import type { FilesConfig, SourceConfig } from '../contract/config.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import type { ByteInput } from '../contract/source-input.ts';
import type { SourceInspection } from '../contract/source-plugin.ts';
import type { Loss } from '../contract/report.ts';
import { firstRows, placesAmong } from '../contract/spread-rows.ts';
import { uniteSchemas, type ColumnDifference } from '../contract/unite-schemas.ts';
import { selectedCount, type Batch } from '../table/batch.ts';
import { textColumn, underSchema } from '../table/convert-columns.ts';
import { UTF8, type DataType, type Field, type Schema } from '../table/data-type.ts';
import type { ListedFiles } from './list-files.ts';
import {
  planFile,
  type PlannedFile,
  type PlannedSource,
  type SourceContext,
  type SourceReading,
} from './plan-source.ts';
import { FILES_TEXTS, PROFILE_TEXTS } from './texts.ts';

/** Files that a sample comes from, where there are more. */
const MOST_SAMPLED = 24;

const DEFAULT_RULE: FilesConfig['columns'] = 'same';

interface OneOfMany {
  name: string;
  planned: PlannedFile;
  /** What the file is read under. */
  schema: Schema;
  /** Per field of the common schema, without the name's: its place in the file, or -1. */
  places: number[];
  leftOut: string[];
}

/** Opens and inspects every file. Throws `read.files.differ`, and what opening one of them throws. */
export async function planFiles(
  source: SourceConfig,
  { name, files, isZip }: ListedFiles,
  context: SourceContext,
): Promise<PlannedSource> {
  const { columns: rule = DEFAULT_RULE, nameColumn } = source.files ?? {};
  const each: PlannedFile[] = [];
  let kind = source.kind;
  for (const file of files) {
    context.hints.signal?.throwIfAborted();
    const key = `${source.id}\0${file.name}`;
    const planned = await planFile({ ...source, kind }, await file.open(), context, key);
    // The first tells the kind of all: a table among lists would be a mistake.
    kind = planned.config.kind;
    planned.opened.dropSample();
    each.push(planned);
  }
  const united = uniteSchemas(
    each.map(({ schema }, i) => ({ name: files[i]!.name, schema })),
    rule,
    (difference) => filesDiffer(difference, files[0]!.name),
  );
  const nameField: Field[] =
    nameColumn === undefined
      ? []
      : [{ name: nameColumn, type: UTF8, nullable: false, origin: 'native' }];
  const asText = context.hints.asText;
  const schema: Schema = {
    fields: [
      ...nameField,
      ...united.fields.map((field, k): Field =>
        asText?.has(k + nameField.length) === true && field.origin === 'inferred'
          ? { ...field, type: UTF8, origin: 'declared' }
          : // The type object tells whose column it is wherever the field goes.
            { ...field, type: { ...field.type } as DataType },
      ),
    ],
  };
  const parts = each.map((planned, i): OneOfMany => {
    const places = united.places[i]!;
    const isText = new Set(places.filter((_, k) => asText?.has(k + nameField.length) === true));
    return {
      name: files[i]!.name,
      planned,
      places,
      leftOut: united.leftOut[i]!,
      schema: {
        fields: planned.schema.fields.map((field, c) =>
          isText.has(c) && field.origin === 'inferred'
            ? { ...field, type: UTF8, origin: 'declared' as const }
            : field,
        ),
      },
    };
  });
  const inspection = inspectionOf(each, schema, parts, nameField.length);
  const counts = { rows: parts.map(() => 0), at: 0, bytes: 0 };
  const bytesRead = (): number => counts.bytes + parts[counts.at]!.planned.opened.bytesRead();
  const first = each[0]!;
  const leftOutLosses = (): Loss[] => lossesOf(parts, counts.rows);
  return {
    config: { ...source, kind },
    card: first.card,
    input: inputOf(name, each),
    options: first.options,
    schema,
    opened: {
      charset: first.opened.charset,
      charsetSentence: first.opened.charsetSentence,
      charsetAlternatives: first.opened.charsetAlternatives,
      mojibake: first.opened.mojibake,
      compression: isZip ? 'zip' : first.opened.compression,
      bytesRead,
      losses: () => [...each.flatMap(({ opened }) => opened.losses()), ...leftOutLosses()],
    },
    inspection,
    files: files.map((file) => file.name),
    warnings: each.flatMap(({ warnings = [] }, i) =>
      warnings.map((sentence) => FILES_TEXTS.inFile(files[i]!.name, sentence)),
    ),
    async *read(reading) {
      counts.rows.fill(0);
      counts.at = 0;
      counts.bytes = 0;
      for (const [i, part] of parts.entries()) {
        counts.at = i;
        yield* readPart(part, schema, nameField.length > 0, reading, (rowCount) => {
          counts.rows[i]! += rowCount;
        });
        if (i + 1 < parts.length) counts.bytes += part.planned.opened.bytesRead();
      }
    },
    async spread(reading, sample) {
      const chosen = placesAmong(parts.length, Math.max(sample.places, MOST_SAMPLED));
      const each = Math.ceil(sample.rows / chosen.length);
      return {
        places: chosen.length,
        estimatedRows: inspection.estimatedRows,
        sentence: PROFILE_TEXTS.sample.files(chosen.length, parts.length),
        batches: (async function* () {
          for (const i of chosen)
            yield* firstRows(
              readPart(parts[i]!, schema, nameField.length > 0, reading, () => {}),
              each,
            );
        })(),
      };
    },
    facts: () => ({
      files: parts.map((part, i) => ({ name: part.name, rows: counts.rows[i]! })),
    }),
  };
}

function filesDiffer({ table, column, lacks }: ColumnDifference, first: string): ExportError {
  return new ExportError('read.files.differ', {
    name: shorten(table),
    column: shorten(column),
    verb: lacks ? 'lacks' : 'has',
    first: shorten(first),
    other: lacks ? 'has' : 'lacks',
  });
}

/** The whole as it is known from outside; it is read by its parts. */
function inputOf(name: string, each: readonly PlannedFile[]): ByteInput {
  const sizes = each.map(({ input }) => (input.kind === 'bytes' ? input.sizeBytes : null));
  return {
    kind: 'bytes',
    name,
    sizeBytes: sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0),
    once: each.some(({ input }) => input.once),
    async *open() {
      for (const { input } of each) yield* (input as ByteInput).open();
    },
  };
}

async function* readPart(
  part: OneOfMany,
  schema: Schema,
  hasName: boolean,
  reading: SourceReading,
  count: (rowCount: number) => void,
): AsyncGenerator<Batch> {
  const { signal, lose, filtered, wanted } = reading;
  const shift = Number(hasName);
  const batches = part.planned.readAs(part.schema, {
    signal,
    lose,
    filtered,
    ...(wanted && { wanted: wantedOf(part, wanted, shift) }),
    reject(reject) {
      count(1);
      reading.reject({
        ...reject,
        file: part.name,
        sentence: FILES_TEXTS.inFile(part.name, reject.sentence),
      });
    },
  });
  const rest: Schema = hasName ? { fields: schema.fields.slice(1) } : schema;
  for await (const batch of batches) {
    count(selectedCount(batch));
    const moved = underSchema(batch, rest, part.places);
    yield hasName
      ? { ...moved, schema, columns: [textColumn(part.name, batch.rowCount), ...moved.columns] }
      : moved;
  }
}

/** Places in the file of the wanted columns. */
function wantedOf(part: OneOfMany, wanted: ReadonlySet<number>, shift: number): Set<number> {
  return new Set(part.places.filter((place, k) => place >= 0 && wanted.has(k + shift)));
}

/** Columns that the first file has not, once for each file's rows. */
function lossesOf(parts: readonly OneOfMany[], rows: readonly number[]): Loss[] {
  const losses = new Map<string, Loss>();
  for (const [i, part] of parts.entries())
    for (const column of part.leftOut) {
      const known = losses.get(column);
      if (known !== undefined) known.count += rows[i]!;
      else
        losses.set(column, {
          code: 'files.column-left-out',
          sentence: FILES_TEXTS.leftOut(parts[0]!.name),
          column,
          count: rows[i]!,
          example: part.name,
        });
    }
  return [...losses.values()];
}

/** What is said of all: proposals as the first file's, counts of columns added up. */
function inspectionOf(
  each: readonly PlannedFile[],
  schema: Schema,
  parts: readonly OneOfMany[],
  shift: number,
): SourceInspection<unknown> {
  const all = each.map(({ inspection }) => inspection);
  const first = all[0]!;
  const hasProfiles = all.every((inspection) => inspection.columns.length > 0);
  const estimates = all.map(({ estimatedRows }) => estimatedRows);
  return {
    ...first,
    schema,
    columns: !hasProfiles
      ? []
      : schema.fields.map((_, k) => {
          if (k < shift)
            return {
              sentence: FILES_TEXTS.nameColumn,
              nullCount: 0,
              distinctCount: each.length,
              emptyCount: 0,
              longest: Math.max(...parts.map(({ name }) => name.length)),
              examples: parts.slice(0, 3).map(({ name }) => name),
              shape: null,
            };
          const own = all.flatMap((inspection, i) => {
            const place = parts[i]!.places[k - shift]!;
            return place < 0 ? [] : [inspection.columns[place]!];
          });
          const lacking = all.reduce(
            (sum, { sampledRows }, i) => sum + (parts[i]!.places[k - shift]! < 0 ? sampledRows : 0),
            0,
          );
          if (own.length === 1 && lacking === 0) return own[0]!;
          return {
            sentence: own[0]!.sentence,
            nullCount: own.reduce((sum, { nullCount }) => sum + nullCount, lacking),
            // Of each file alone: how many are the same in several is not known.
            distinctCount: Math.max(...own.map(({ distinctCount }) => distinctCount)),
            emptyCount: own.reduce((sum, { emptyCount }) => sum + emptyCount, 0),
            longest: Math.max(...own.map(({ longest }) => longest)),
            examples: own[0]!.examples,
            shape: null,
          };
        }),
    sampledRows: all.reduce((sum, { sampledRows }) => sum + sampledRows, 0),
    isWhole: all.every(({ isWhole }) => isWhole),
    estimatedRows: estimates.reduce(
      (sum, rows) => (sum === null || rows === null ? null : sum + rows),
      0,
    ),
  };
}
