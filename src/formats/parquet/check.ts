// What can be said about parquet options and columns before the run.
import { indexColumns } from '../../contract/columns.ts';
import { shorten } from '../../contract/errors.ts';
import type { FormatFinding } from '../../contract/format-finding.ts';
import { type DataType, type Schema, typeName } from '../../table/data-type.ts';
import { canEncode } from './encodings.ts';
import { parseOwnType, plainType, planFileColumns } from './file-columns.ts';
import { leafTypeOf } from './leaf-type.ts';
import type { ParquetOptions } from './options.ts';
import { CHECK_TEXTS } from './texts.ts';

/** Conflicts and losses of these options for these columns. */
export function checkParquet(options: ParquetOptions, schema: Schema): FormatFinding[] {
  return [
    ...optionErrors(options, schema),
    ...warnings(options, schema),
    ...losses(options, schema),
  ];
}

const LEVELS = new Map<string, readonly [string, number, number]>([
  ['gzip', ['gzip', 1, 9]],
  ['brotli', ['Brotli', 0, 11]],
  ['zstd', ['Zstandard', 1, 22]],
  ['lzo', ['Zstandard', 1, 22]],
]);

const isNested = (type: DataType): boolean =>
  type.kind === 'list' || type.kind === 'struct' || type.kind === 'map';

export function optionErrors(options: ParquetOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const error = (
    option: keyof ParquetOptions,
    code: string,
    sentence: string,
    more: Pick<FormatFinding, 'column' | 'remedy'> = {},
  ): void => {
    findings.push({ severity: 'error', option, code, sentence, ...more });
  };
  const { compression, compressionLevel: level } = options;
  const [codec, least, most] = LEVELS.get(compression) ?? ['', 0, 22];
  if (level !== null && (level < least || level > most))
    error('compressionLevel', 'parquet.level', CHECK_TEXTS.levelOutOfRange(codec, least, most), {
      remedy: { title: CHECK_TEXTS.usualLevel, options: { compressionLevel: null } },
    });

  const places = indexColumns(schema);
  const seen = new Set<number>();
  for (const { column, type } of options.schema) {
    const name = shorten(column.name);
    const at = places.get(column.name)?.[column.nth ?? 0];
    if (at === undefined) {
      error('schema', 'parquet.unknown-column', CHECK_TEXTS.unknownColumn(name));
      continue;
    }
    if (seen.has(at))
      error('schema', 'parquet.column-twice', CHECK_TEXTS.twice(name), { column: column.name });
    seen.add(at);
    if (type === undefined) continue;
    if (parseOwnType(type) === null)
      error('schema', 'parquet.unknown-type', CHECK_TEXTS.unknownType(shorten(type)), {
        column: column.name,
      });
    else if (isNested(plainType(schema.fields[at]!.type)))
      error('schema', 'parquet.nested-type', CHECK_TEXTS.nestedType(name), {
        column: column.name,
      });
  }
  const planned = planFileColumns(options, schema);
  for (const [name, encoding] of Object.entries(options.encodings)) {
    const found = planned.filter((column) => column.name === name);
    if (found.length === 0)
      error('encodings', 'parquet.unknown-column', CHECK_TEXTS.unknownColumn(shorten(name)));
    for (const { type, leaf } of found) {
      const plain = plainType(type);
      const physicals = leaf !== null ? [leaf.physical] : leavesOf(plain);
      if (!physicals.some((physical) => canEncode(physical, encoding)))
        error(
          'encodings',
          'parquet.wrong-encoding',
          CHECK_TEXTS.wrongEncoding(shorten(name), encoding, shorten(typeName(plain))),
          { column: name },
        );
    }
  }
  for (const { name, type } of schema.fields)
    if (hasEmptyStruct(type))
      findings.push({
        severity: 'error',
        column: name,
        code: 'parquet.empty-struct',
        sentence: CHECK_TEXTS.emptyStruct(shorten(name)),
      });
  return findings;
}

/** Physical types of all leaves of a type. */
function leavesOf(type: DataType): number[] {
  switch (type.kind) {
    case 'dictionary':
      return leavesOf(type.value);
    case 'list':
      return leavesOf(type.item);
    case 'map':
      return [...leavesOf(type.key), ...leavesOf(type.value)];
    case 'struct':
      return type.fields.flatMap((field) => leavesOf(field.type));
    default:
      return [leafTypeOf(type).physical];
  }
}

function hasEmptyStruct(type: DataType): boolean {
  switch (type.kind) {
    case 'dictionary':
      return hasEmptyStruct(type.value);
    case 'list':
      return hasEmptyStruct(type.item);
    case 'map':
      return hasEmptyStruct(type.key) || hasEmptyStruct(type.value);
    case 'struct':
      return type.fields.length === 0 || type.fields.some((field) => hasEmptyStruct(field.type));
    default:
      return false;
  }
}

/** Rows below which groups cost more than they give. */
const FEW_ROWS = 20_000;

function warnings(options: ParquetOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  if (options.rowGroupSize < FEW_ROWS)
    findings.push({
      severity: 'warning',
      option: 'rowGroupSize',
      code: 'parquet.small-groups',
      sentence: CHECK_TEXTS.smallGroups(options.rowGroupSize),
      remedy: { title: CHECK_TEXTS.largerGroups, options: { rowGroupSize: 100_000 } },
    });
  if (schema.fields.length === 0)
    findings.push({
      severity: 'warning',
      code: 'parquet.no-columns',
      sentence: CHECK_TEXTS.noColumns,
    });
  for (const [name, places] of indexColumns(schema))
    if (places.length > 1)
      findings.push({
        severity: 'warning',
        column: name,
        code: 'parquet.repeated-name',
        sentence: CHECK_TEXTS.repeatedName(shorten(name)),
      });
  return findings;
}

function losses(options: ParquetOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  if (options.compression === 'lzo')
    findings.push({
      severity: 'loss',
      option: 'compression',
      code: 'parquet.lzo-as-zstd',
      sentence: CHECK_TEXTS.lzo,
      remedy: { title: CHECK_TEXTS.useZstd, options: { compression: 'zstd' } },
    });
  for (const { name, type } of planFileColumns(options, schema)) {
    const zone = zoneOf(type);
    if (zone !== null)
      findings.push({
        severity: 'loss',
        column: name,
        code: 'parquet.zone',
        sentence: CHECK_TEXTS.zone(zone),
      });
  }
  return findings;
}

/** A zone other than UTC somewhere in a type. */
function zoneOf(type: DataType): string | null {
  switch (type.kind) {
    case 'timestamp':
      return type.zone === null || type.zone === 'UTC' ? null : type.zone;
    case 'dictionary':
      return zoneOf(type.value);
    case 'list':
      return zoneOf(type.item);
    case 'map':
      return zoneOf(type.key) ?? zoneOf(type.value);
    case 'struct':
      return type.fields.map((field) => zoneOf(field.type)).find((zone) => zone !== null) ?? null;
    default:
      return null;
  }
}
