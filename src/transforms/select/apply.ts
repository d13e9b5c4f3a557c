// Rearranges column references: include, exclude, order, rename, headers, in this order; no value is touched.
import { indexColumns, unknownColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { ColumnRef } from '../../contract/filter.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import type { Schema } from '../../table/data-type.ts';
import type { SelectOptions } from './options.ts';

function conflict(detail: string, remedy: string): ExportError {
  return new ExportError('config.conflict', { detail, remedy });
}

type Find = (refs: readonly ColumnRef[] | null, option: string, kept?: Set<number>) => number[];

/**
 * Looks up the positions a list names, in its order; a name without `nth` stands for every column of that name,
 * or, with `kept`, for those of them that are kept.
 */
function finder(schema: Schema): Find {
  const index = indexColumns(schema);
  return (refs, option, kept) => {
    const seen = new Set<number>();
    for (const ref of refs ?? []) {
      const named = index.get(ref.name) ?? [];
      const meant = ref.nth === undefined ? named : named.slice(ref.nth, ref.nth + 1);
      if (meant.length === 0) throw unknownColumn(schema, ref);
      const found = kept ? meant.filter((position) => kept.has(position)) : meant;
      if (found.length === 0)
        throw conflict(
          `The column “${shorten(ref.name)}” stands in “${option}”, but is left out.`,
          `Keep the column, or take it out of “${option}”.`,
        );
      for (const position of found) {
        if (seen.has(position))
          throw conflict(
            `The column “${shorten(ref.name)}” is named twice in “${option}”.`,
            'Name each column once; repeated names are told apart by nth.',
          );
        seen.add(position);
      }
    }
    return [...seen];
  };
}

/** Positions of the columns that go on, in their new order, and new names by old position. */
function arrange(
  schema: Schema,
  options: SelectOptions,
): { kept: number[]; names: Map<number, string> } {
  const find = finder(schema);
  const include = find(options.include, 'include');
  const exclude = new Set(find(options.exclude, 'exclude'));
  const both = include.find((position) => exclude.has(position));
  if (both !== undefined)
    throw conflict(
      `The column “${shorten(schema.fields[both]!.name)}” stands in “include” and in “exclude”.`,
      'Take it out of one of them.',
    );
  const candidates = include.length > 0 ? include : schema.fields.map((_, position) => position);
  const kept = new Set(candidates.filter((position) => !exclude.has(position)));
  if (kept.size === 0 && schema.fields.length > 0)
    throw conflict('No column is left.', 'Leave out fewer columns.');

  const first = new Set(find(options.order, 'order', kept));
  const names = new Map<number, string>();
  for (const { column, name } of options.rename)
    for (const position of find([column], 'rename', kept)) {
      if (names.has(position))
        throw conflict(
          `The column “${shorten(column.name)}” is renamed twice.`,
          'Give it one new name; repeated names are told apart by nth.',
        );
      names.set(position, name);
    }
  const ordered = [...first, ...[...kept].filter((position) => !first.has(position))];
  const { headers } = options;
  if (headers === null || headers.length === 0) return { kept: ordered, names };
  if (names.size > 0)
    throw conflict(
      'Columns are given names by “rename” and by “headers”.',
      'Give the names in one of them.',
    );
  if (headers.length !== ordered.length)
    throw conflict(
      `“headers” has ${headers.length} names for ${ordered.length} columns.`,
      'Name each column that goes on, in order.',
    );
  return { kept: ordered, names: new Map(ordered.map((position, i) => [position, headers[i]!])) };
}

export function open({ options, schema }: TransformContext<SelectOptions>): Transform {
  const { kept, names } = arrange(schema, options);
  const arranged: Schema = {
    fields: kept.map((position) => {
      const field = schema.fields[position]!;
      const name = names.get(position);
      return name === undefined ? field : { ...field, name };
    }),
  };
  return {
    schema: arranged,
    needs: (wanted) => new Set(kept.filter((_, position) => wanted.has(position))),
    async *apply(batches) {
      for await (const batch of batches)
        yield {
          ...batch,
          schema: arranged,
          columns: kept.map((position) => batch.columns[position]!),
        };
    },
  };
}
