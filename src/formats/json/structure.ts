// Groups and entities of a document: the columns that the options name, found in the tables, and what is wrong with them.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError } from '../../contract/errors.ts';
import type { ColumnRef } from '../../contract/filter.ts';
import { checkGeo } from '../../contract/geojson.ts';
import { jsonTimes } from '../../contract/json-times.ts';
import type { EncodedTable, EncoderContext } from '../../contract/encoder.ts';
import type { FormatFinding } from '../../contract/format-finding.ts';
import type { Batch } from '../../table/batch.ts';
import type { Schema } from '../../table/data-type.ts';
import type { JsonTime } from '../../table/write-json.ts';
import { metadataKeys } from './metadata.ts';
import type { JsonOptions } from './options.ts';
import { STRUCTURE_TEXTS } from './texts.ts';

/** Some columns of a table in an order of their own. */
export interface Part {
  positions: number[];
  schema: Schema;
}

export interface Entity extends Part {
  name: string;
  table: number;
  /** Positions of the key's columns in the table; empty: every row is a record of a list. */
  key: number[];
}

/** A column of one entity that holds keys of another. */
export interface Reference {
  from: string;
  column: string;
  to: string;
}

export function partOf(schema: Schema, positions: number[]): Part {
  return { positions, schema: { fields: positions.map((position) => schema.fields[position]!) } };
}

/** The batch with the columns of a part alone. */
export function project(batch: Batch, { positions, schema }: Part): Batch {
  return { ...batch, schema, columns: positions.map((position) => batch.columns[position]!) };
}

/** How the times of a part's columns are written, by its positions. */
export function timesOf({ positions }: Part, options: JsonOptions, schema: Schema): JsonTime[] {
  const times = jsonTimes(options, schema);
  return positions.map((position) => times[position]!);
}

/** All tables of a file, also where it has only one. */
export function tablesOf({
  tables,
  name,
  schema,
}: Pick<EncoderContext<unknown>, 'tables' | 'name' | 'schema'>): readonly EncodedTable[] {
  return tables ?? [{ name, schema }];
}

/** The columns that group, outermost first, and those that stay in the records. */
export function readLevels(options: JsonOptions, schema: Schema): { groups: number[]; rest: Part } {
  const groups = options.levels.map(({ column }) => resolveColumn(schema, column));
  const rest = schema.fields.map((_, position) => position).filter((p) => !groups.includes(p));
  return { groups, rest: partOf(schema, rest) };
}

/** The columns that a record's key is made of, and those that stand in the records. */
export function readRecordKey(options: JsonOptions, schema: Schema): { key: number[]; rest: Part } {
  const key = options.keyColumns.map((column) => resolveColumn(schema, column));
  const all = schema.fields.map((_, position) => position);
  const rest = options.keepKey ? all : all.filter((position) => !key.includes(position));
  return { key, rest: partOf(schema, rest) };
}

/** The entities in the order in which they stand in the document: those of the first table first. */
export function readEntities(options: JsonOptions, tables: readonly EncodedTable[]): Entity[] {
  const all = (schema: Schema): number[] => schema.fields.map((_, position) => position);
  if (options.entities.length === 0)
    return tables.map(({ name, schema }, table) => ({
      name,
      table,
      key: [],
      ...partOf(schema, all(schema)),
    }));
  const entities = options.entities.map(({ name, dataset, key, columns }): Entity => {
    const wanted = dataset ?? (tables.length === 1 ? tables[0]!.name : name);
    const table = tables.findIndex((found) => found.name === wanted);
    if (table < 0)
      throw new ExportError('config.conflict', {
        detail: STRUCTURE_TEXTS.noTable(name, wanted),
        remedy: STRUCTURE_TEXTS.noTableRemedy(tables.map((found) => found.name)),
      });
    const { schema } = tables[table]!;
    const find = (refs: readonly ColumnRef[]): number[] =>
      refs.map((ref) => resolveColumn(schema, ref));
    const positions = columns === null ? all(schema) : find(columns);
    return { name, table, key: find(key), ...partOf(schema, positions) };
  });
  return entities.toSorted((a, b) => a.table - b.table);
}

/** The references that were named, and those that a key's column in another entity of its table is by itself. */
export function readReferences(
  options: JsonOptions,
  entities: readonly Entity[],
  tables: readonly EncodedTable[],
): Reference[] {
  const references = options.references.map((reference) => ({ ...reference }));
  for (const to of entities) {
    if (to.key.length !== 1) continue;
    const [key] = to.key as [number];
    const column = tables[to.table]!.schema.fields[key]!.name;
    for (const from of entities)
      if (
        from !== to &&
        from.table === to.table &&
        from.positions.includes(key) &&
        !(from.key.length === 1 && from.key[0] === key) &&
        !references.some((r) => r.from === from.name && r.column === column)
      )
        references.push({ from: from.name, column, to: to.name });
  }
  return references;
}

const conflict = (
  option: string,
  code: string,
  sentence: string,
  remedy?: FormatFinding['remedy'],
): FormatFinding => ({ severity: 'error', option, code, sentence, ...(remedy && { remedy }) });

/** What cannot be of the structure's options, with a proposal where they say nothing yet. */
export function checkStructure(
  options: JsonOptions,
  tables: readonly EncodedTable[],
): FormatFinding[] {
  const { schema } = tables[0]!;
  switch (options.structure) {
    case 'flat':
      return [];
    case 'geojson':
      return [...checkObjects(options), ...checkGeo(options, schema)];
    case 'columnar':
      return [...checkObjects(options), ...checkColumnar(options)];
    case 'keyed':
      return [...checkObjects(options), ...checkKeyed(options, schema)];
    case 'nested':
      return [
        ...checkObjects(options),
        ...checkKeys(options, tables),
        ...checkNested(options, schema),
      ];
    case 'normalized':
      return [
        ...checkObjects(options),
        ...checkKeys(options, tables),
        ...checkNormalized(options, tables),
      ];
  }
}

function checkObjects({ shape }: JsonOptions): FormatFinding[] {
  if (shape === 'objects') return [];
  return [
    conflict('shape', 'json.structure-needs-objects', STRUCTURE_TEXTS.needsObjects, {
      title: STRUCTURE_TEXTS.needsObjectsRemedy,
      options: { shape: 'objects' },
    }),
  ];
}

/** Keys of the outermost object must differ. */
function checkKeys(options: JsonOptions, tables: readonly EncodedTable[]): FormatFinding[] {
  const isNested = options.structure === 'nested';
  const own = isNested
    ? options.levels.slice(0, 1).map((level) => level.key)
    : [...readEntities(options, tables).map((entity) => entity.name), 'relationships'];
  const names = [...own, ...metadataKeys(options)];
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated === undefined) return [];
  const sentence = STRUCTURE_TEXTS.keyRepeated(repeated);
  return [conflict(isNested ? 'levels' : 'entities', 'json.key-repeated', sentence)];
}

const KEEP_ARRAYS = {
  title: STRUCTURE_TEXTS.cannotExpandRemedy,
  options: { arrayHandling: 'keep' },
};

function checkColumnar({ arrayHandling, nullHandling }: JsonOptions): FormatFinding[] {
  const findings: FormatFinding[] = [];
  if (arrayHandling === 'expand')
    findings.push(
      conflict(
        'arrayHandling',
        'json.columns-cannot-expand',
        STRUCTURE_TEXTS.columnsCannotExpand,
        KEEP_ARRAYS,
      ),
    );
  if (nullHandling === 'exclude')
    findings.push(
      conflict('nullHandling', 'json.columns-need-nulls', STRUCTURE_TEXTS.columnsNeedNulls, {
        title: STRUCTURE_TEXTS.columnsNeedNullsRemedy,
        options: { nullHandling: 'include' },
      }),
    );
  return findings;
}

function checkKeyed(options: JsonOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  if (options.arrayHandling === 'expand')
    findings.push(
      conflict(
        'arrayHandling',
        'json.entities-cannot-expand',
        STRUCTURE_TEXTS.cannotExpand,
        KEEP_ARRAYS,
      ),
    );
  const [column] = schema.fields;
  if (options.keyColumns.length === 0)
    findings.push(
      conflict(
        'keyColumns',
        'json.needs-key',
        STRUCTURE_TEXTS.needsKey,
        column && {
          title: STRUCTURE_TEXTS.needsKeyRemedy(column.name),
          options: { keyColumns: [column.name] },
        },
      ),
    );
  readRecordKey(options, schema);
  return findings;
}

function checkNested(options: JsonOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  if (options.levels.length === 0) {
    // Texts group, numbers and times rarely do.
    const column =
      schema.fields.find(({ type }) => type.kind === 'utf8' || type.kind === 'dictionary') ??
      schema.fields[0];
    findings.push(
      conflict(
        'levels',
        'json.nested-needs-levels',
        STRUCTURE_TEXTS.needsLevels,
        column && {
          title: STRUCTURE_TEXTS.needsLevelsRemedy(column.name),
          options: { levels: [{ column: { name: column.name }, key: keyFor(column.name) }] },
        },
      ),
    );
  }
  const { groups } = readLevels(options, schema);
  if (new Set(groups).size < groups.length)
    findings.push(conflict('levels', 'json.level-repeated', STRUCTURE_TEXTS.levelRepeated));
  return findings;
}

function checkNormalized(options: JsonOptions, tables: readonly EncodedTable[]): FormatFinding[] {
  const findings: FormatFinding[] = [];
  if (options.arrayHandling === 'expand')
    findings.push(
      conflict(
        'arrayHandling',
        'json.entities-cannot-expand',
        STRUCTURE_TEXTS.cannotExpand,
        KEEP_ARRAYS,
      ),
    );
  const entities = readEntities(options, tables);
  if (options.entities.length === 0 && tables.length === 1)
    findings.push(
      conflict(
        'entities',
        'json.needs-entities',
        STRUCTURE_TEXTS.needsEntities,
        proposal(tables[0]!.schema),
      ),
    );
  for (const [table, { name }] of tables.entries())
    if (!entities.some((entity) => entity.table === table))
      findings.push(conflict('entities', 'json.table-left-out', STRUCTURE_TEXTS.leftOut(name)));
  for (const { from, column, to } of options.references) {
    const entity = entities.find(({ name }) => name === from);
    if (entity === undefined || !entities.some(({ name }) => name === to))
      findings.push(
        conflict('references', 'json.no-entity', STRUCTURE_TEXTS.noEntity(entity ? to : from)),
      );
    else resolveColumn(entity.schema, { name: column });
  }
  return findings;
}

/** `agent_id` → `agents`. */
function keyFor(column: string): string {
  const stem = column.replace(/_?id$/i, '') || column;
  return stem.endsWith('s') ? stem : `${stem}s`;
}

/** One entity for the first column that names another thing (`agent_id`), and all rows. */
function proposal({ fields }: Schema): FormatFinding['remedy'] {
  const column = fields.slice(1).find(({ name }) => /.id$/i.test(name)) ?? fields[1] ?? fields[0];
  if (column === undefined) return undefined;
  const name = keyFor(column.name);
  return {
    title: STRUCTURE_TEXTS.needsEntitiesRemedy(name),
    options: {
      entities: [
        { name, key: [{ name: column.name }], columns: [{ name: column.name }] },
        { name: name === 'records' ? 'rows' : 'records' },
      ],
    },
  };
}
