// What can be said about excel options and columns before the run.
import { shorten } from '../../contract/errors.ts';
import type { ColumnRef } from '../../contract/filter.ts';
import type { EncodedTable } from '../../contract/encoder.ts';
import type { FormatFinding } from '../../contract/format-finding.ts';
import type { DataType, Schema } from '../../table/data-type.ts';
import { cellKind } from './cells.ts';
import { findColumn, headerNames } from './layout.ts';
import { checkExtras } from './extras-check.ts';
import { EXCEL_OPTIONS, type ExcelOptions } from './options.ts';
import { createdAt } from './properties.ts';
import { placeholders } from './row-formulas.ts';
import { isFinerThanCells } from './serial.ts';
import { checkTemplate } from './template/check-template.ts';
import { CHECK_TEXTS } from './texts.ts';

const MOST_COLUMNS = 16_384;

/** Conflicts, and the losses of one table. */
export function checkExcel(
  options: ExcelOptions,
  schema: Schema,
  tables: readonly EncodedTable[] | undefined,
): FormatFinding[] {
  return [
    ...optionErrors(options, tables ?? [{ name: '', schema }]),
    ...schema.fields.flatMap(({ name, type }) => lossesOf(options, name, type)),
    ...emptyTotals(options, schema),
    ...renamed(options, schema),
    ...(options.nullText === ''
      ? []
      : [
          loss('excel.null-as-text', CHECK_TEXTS.nullAsText, 'nullText', undefined, {
            title: CHECK_TEXTS.leaveEmpty,
            options: { nullText: '' },
          }),
        ]),
  ];
}

function loss(
  code: string,
  sentence: string,
  option?: string,
  column?: string,
  remedy?: FormatFinding['remedy'],
): FormatFinding {
  return {
    severity: 'loss',
    code,
    sentence,
    ...(option !== undefined && { option }),
    ...(column !== undefined && { column }),
    ...(remedy && { remedy }),
  };
}

/** What cannot be written at all. */
export function optionErrors(
  options: ExcelOptions,
  tables: readonly EncodedTable[],
): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const error = (
    option: keyof ExcelOptions | undefined,
    code: string,
    sentence: string,
    remedy?: FormatFinding['remedy'],
  ): void => {
    findings.push({
      severity: 'error',
      code,
      sentence,
      ...(option !== undefined && { option }),
      ...(remedy && { remedy }),
    });
  };
  for (const { schema } of tables)
    if (schema.fields.length + options.formulas.length > MOST_COLUMNS)
      error(undefined, 'excel.too-many-columns', CHECK_TEXTS.tooManyColumns(schema.fields.length));
  if (options.table && !options.headers)
    error('table', 'excel.table-header', CHECK_TEXTS.tableHeader, {
      title: CHECK_TEXTS.withHeader,
      options: { headers: true },
    });
  if (
    options.table &&
    tables.some(({ schema }) => schema.fields.length + options.formulas.length === 0)
  )
    error('table', 'excel.table-columns', CHECK_TEXTS.tableColumns, {
      title: CHECK_TEXTS.noTable,
      options: { table: false },
    });
  if (createdAt(options.created) === null)
    error('created', 'excel.created', CHECK_TEXTS.created(shorten(options.created)), {
      title: CHECK_TEXTS.now,
      options: { created: '' },
    });
  const properties = new Set<string>();
  for (const name of Object.keys(options.properties)) {
    const folded = name.toLowerCase();
    if (name === '' || name.length > 255 || properties.has(folded))
      error('properties', 'excel.property-name', CHECK_TEXTS.propertyName(shorten(name)));
    properties.add(folded);
  }
  const isKnown = (column: ColumnRef): boolean =>
    tables.some(({ schema }) => findColumn(schema, column) >= 0);
  const known = (option: keyof ExcelOptions, column: ColumnRef): void => {
    if (!isKnown(column))
      error(option, 'excel.unknown-column', CHECK_TEXTS.unknownColumn(shorten(column.name)));
  };
  for (const { column } of options.columns) known('columns', column);
  for (const { column } of options.notes) known('notes', column);
  for (const name of options.links) known('links', { name });
  if (options.sheetBy !== '') known('sheetBy', { name: options.sheetBy });
  for (const { columns } of options.conditionalFormats)
    for (const column of columns) known('conditionalFormats', column);
  for (const { columns } of options.validations)
    for (const column of columns) known('validations', column);
  for (const { column } of options.totals)
    if (!options.formulas.some(({ name }) => name === column.name)) known('totals', column);
  for (const [option, formula] of formulasOf(options))
    for (const name of placeholders(formula)) known(option, { name });
  if (options.notes.length > 0 && !options.headers)
    error('notes', 'excel.notes-header', CHECK_TEXTS.noHeaderForNotes, {
      title: CHECK_TEXTS.withHeader,
      options: { headers: true },
    });
  if (options.protectPassword !== null && !options.protect)
    error('protectPassword', 'excel.password-alone', CHECK_TEXTS.passwordAlone, {
      title: CHECK_TEXTS.protectThem,
      options: { protect: true },
    });
  return [
    ...findings,
    ...checkExtras(options, tables),
    ...checkTemplate(options, EXCEL_OPTIONS.defaults, tables),
  ];
}

/** Formulas with columns in braces, by the options they stand in. */
function formulasOf(options: ExcelOptions): [keyof ExcelOptions, string][] {
  return [
    ...options.formulas.map(({ formula }): [keyof ExcelOptions, string] => ['formulas', formula]),
    ...options.conditionalFormats.flatMap((rule): [keyof ExcelOptions, string][] =>
      rule.kind === 'formula' ? [['conditionalFormats', rule.formula]] : [],
    ),
    ...options.validations.flatMap((rule): [keyof ExcelOptions, string][] =>
      rule.kind === 'formula' ? [['validations', rule.formula]] : [],
    ),
  ];
}

function lossesOf(options: ExcelOptions, name: string, type: DataType): FormatFinding[] {
  const plain = type.kind === 'dictionary' ? type.value : type;
  const kind = cellKind(plain, options);
  const found: FormatFinding[] = [];
  if (plain.kind === 'timestamp' && plain.zone !== null && kind === 'timestamp')
    found.push(
      loss('excel.zone-dropped', CHECK_TEXTS.zoneDropped, 'zones', name, {
        title: CHECK_TEXTS.asText,
        options: { zones: 'text' },
      }),
    );
  if (
    (plain.kind === 'timestamp' || plain.kind === 'time') &&
    kind !== 'text' &&
    isFinerThanCells(plain.unit)
  )
    found.push(
      loss('excel.time-rounded', CHECK_TEXTS.timeRounded, 'dates', name, {
        title: CHECK_TEXTS.asText,
        options: { dates: 'text' },
      }),
    );
  if (['list', 'struct', 'map', 'json'].includes(plain.kind))
    found.push(loss('excel.nested-as-text', CHECK_TEXTS.nested, undefined, name));
  if (kind === 'long-number' && plain.kind === 'decimal' && options.longNumbers === 'number')
    found.push(
      loss('excel.digits-lost', CHECK_TEXTS.longNumbers, 'longNumbers', name, {
        title: CHECK_TEXTS.asText,
        options: { longNumbers: 'text' },
      }),
    );
  return found;
}

/** Functions of numbers over columns whose cells are none. */
function emptyTotals(options: ExcelOptions, schema: Schema): FormatFinding[] {
  return options.totals.flatMap((total, i): FormatFinding[] => {
    const at = findColumn(schema, total.column);
    if (at < 0 || total.function === 'count') return [];
    const { name, type } = schema.fields[at]!;
    if (!['text', 'bool'].includes(cellKind(type, options))) return [];
    return [
      {
        severity: 'warning',
        option: 'totals',
        column: name,
        code: 'excel.total-of-text',
        sentence: CHECK_TEXTS.totalOfText(shorten(name, 40)),
        remedy: {
          title: CHECK_TEXTS.countInstead,
          options: { totals: options.totals.with(i, { ...total, function: 'count' }) },
        },
      },
    ];
  });
}

function renamed(options: ExcelOptions, schema: Schema): FormatFinding[] {
  if (!options.table) return [];
  return headerNames(schema, options).flatMap((written, position) => {
    const { name } = schema.fields[position]!;
    return written === name
      ? []
      : [
          loss(
            'excel.name-changed',
            CHECK_TEXTS.nameChanged(shorten(name, 40), shorten(written, 40)),
            'table',
            name,
          ),
        ];
  });
}
