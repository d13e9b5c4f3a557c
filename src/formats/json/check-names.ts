// Columns and data sets that a structure's options name and that are not there.
import { indexColumns } from '../../contract/columns.ts';
import { shorten } from '../../contract/errors.ts';
import type { ColumnRef } from '../../contract/filter.ts';
import { JSON_VALUE_FINDINGS } from '../../contract/json-value-findings.ts';
import type { EncodedTable } from '../../contract/encoder.ts';
import type { FormatFinding } from '../../contract/format-finding.ts';
import type { Schema } from '../../table/data-type.ts';
import type { JsonOptions } from './options.ts';
import { STRUCTURE_TEXTS } from './texts.ts';

function missingOf(
  option: keyof JsonOptions,
  refs: readonly ColumnRef[],
  schema: Schema,
): FormatFinding[] {
  const known = indexColumns(schema);
  return refs
    .filter(({ name, nth = 0 }) => known.get(name)?.[nth] === undefined)
    .map(({ name }) => ({
      severity: 'error',
      option,
      code: 'json.no-column',
      sentence: JSON_VALUE_FINDINGS.noColumn(shorten(name)),
    }));
}

/** Empty where all names have something that they name. */
export function checkNames(options: JsonOptions, tables: readonly EncodedTable[]): FormatFinding[] {
  const { structure, keyColumns, levels, entities, references } = options;
  const [{ name: only, schema }] = tables as [EncodedTable];
  if (structure === 'keyed') return missingOf('keyColumns', keyColumns, schema);
  const groups = levels.map(({ column }) => column);
  if (structure === 'nested') return missingOf('levels', groups, schema);
  if (structure !== 'normalized') return [];
  const schemaOf = (name: string): Schema | undefined => {
    const entity = entities.find((each) => each.name === name);
    const wanted = entity?.dataset ?? (tables.length === 1 ? only : name);
    return tables.find((table) => table.name === wanted)?.schema;
  };
  const ofEntities = entities.flatMap(({ name, dataset, key, columns }): FormatFinding[] => {
    const own = schemaOf(name);
    if (own !== undefined) return missingOf('entities', [...key, ...(columns ?? [])], own);
    const sentence = STRUCTURE_TEXTS.noTable(name, dataset ?? name);
    return [{ severity: 'error', option: 'entities', code: 'json.no-table', sentence }];
  });
  const ofReferences = references.flatMap(({ from, column }) => {
    const own = schemaOf(from);
    return own === undefined ? [] : missingOf('references', [{ name: column }], own);
  });
  return [...ofEntities, ...ofReferences];
}
