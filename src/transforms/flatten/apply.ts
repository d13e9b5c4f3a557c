// Puts the members of struct columns where the structs stood: typed ones where they are, those of JSON text as they are written.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { stepMisfit } from '../../contract/step-misfit.ts';
import {
  selectedCount,
  selectedRow,
  type Batch,
  type Column,
  type TypedColumn,
} from '../../table/batch.ts';
import { blockBatch, BlockWriter } from '../../table/block-writer.ts';
import { typeName, type DataType, type Field, type Schema } from '../../table/data-type.ts';
import { withoutDictionary } from '../../table/gather-column.ts';
import { gatherBeside } from '../../table/gather.ts';
import { CellScan } from '../../table/json-parts.ts';
import { fieldContent, fieldText } from '../../table/text-block.ts';
import { membersOf, MemberPlaces, takeTyped, type Member } from './members.ts';
import type { FlattenOptions } from './options.ts';
import { FLATTEN_SAYS } from './texts.ts';

/** A column that is taken apart. */
interface Apart {
  position: number;
  members: Map<string, Member>;
  fields: Field[];
}

function structOf(type: DataType): (DataType & { kind: 'struct' }) | null {
  if (type.kind === 'dictionary') return structOf(type.value);
  return type.kind === 'struct' && type.fields.length > 0 ? type : null;
}

function columnsApart(schema: Schema, { columns, separator, depth }: FlattenOptions): Apart[] {
  const apart = (position: number): Apart | null => {
    const field = schema.fields[position]!;
    const struct = structOf(field.type);
    return struct && { position, ...membersOf(struct, field.name, separator, depth ?? Infinity) };
  };
  if (columns === null) return schema.fields.flatMap((_, position) => apart(position) ?? []);
  const positions = new Set(columns.map((ref) => resolveColumn(schema, ref)));
  return [...positions]
    .toSorted((a, b) => a - b)
    .map((position) => {
      const found = apart(position);
      if (found !== null) return found;
      const { name, type } = schema.fields[position]!;
      throw new ExportError('config.conflict', {
        detail: FLATTEN_SAYS.noStruct(shorten(name), typeName(type)),
        remedy: FLATTEN_SAYS.noStructRemedy,
      });
    });
}

export function open(context: TransformContext<FlattenOptions>): Transform {
  const { schema, signal, lose } = context;
  const apart = columnsApart(schema, context.options);
  if (apart.length === 0) return { schema, apply: (batches) => batches };
  const byPosition = new Map(apart.map((column) => [column.position, column]));
  const origins: number[] = [];
  const flat: Schema = {
    fields: schema.fields.flatMap((field, position) => {
      const fields = byPosition.get(position)?.fields ?? [field];
      origins.push(...fields.map(() => position));
      return fields;
    }),
  };
  const cell = new CellScan();

  /** The members of a text column, a cell for each in each selected row. */
  function readText(batch: Batch, { position, members, fields }: Apart): Batch {
    const column = batch.columns[position]!;
    const index = column.storage === 'text' ? column.index : 0;
    const places = new MemberPlaces(fields);
    const writer = new BlockWriter(fields.length);
    const others = new Map<string, number>();
    const onOther = (name: string): void => void others.set(name, (others.get(name) ?? 0) + 1);
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      const content = fieldContent(batch.block!, row, index);
      if (content === null) places.clear();
      else if (!places.find(cell, content, members, onOther))
        throw stepMisfit(
          { ...batch, schema },
          position,
          row,
          fieldText(batch.block!, row, index) ?? '',
        );
      places.write(writer, cell.scan.bytes);
      writer.endRow();
    }
    for (const [name, count] of others)
      lose({
        code: 'flatten.member-left-out',
        sentence: FLATTEN_SAYS.leftOut,
        column: schema.fields[position]!.name,
        count,
        example: shorten(name),
      });
    return blockBatch({ fields }, writer.take());
  }

  function flatten(batch: Batch): Batch {
    const texts = apart.filter(({ position }) => batch.columns[position]!.storage === 'text');
    let current = batch;
    /** By old position. */
    let columns: Column[][] = batch.columns.map((column) => [column]);
    if (texts.length > 0) {
      const count = selectedCount(batch);
      const rows = Uint32Array.from({ length: count }, (_, i) => selectedRow(batch, i));
      const all = Uint32Array.from({ length: count }, (_, i) => i);
      const rest = batch.columns.filter((_, c) => !texts.some(({ position }) => position === c));
      current = gatherBeside(flat, [
        { batch: { ...batch, columns: rest }, rows },
        ...texts.map((column) => ({ batch: readText(batch, column), rows: all })),
      ]);
      const moved = current.columns.slice(0, rest.length);
      let at = rest.length;
      const made = new Map<number, Column[]>();
      for (const { position, fields } of texts) {
        made.set(position, current.columns.slice(at, at + fields.length));
        at += fields.length;
      }
      columns = batch.columns.map((_, position) => made.get(position) ?? [moved.shift()!]);
    }
    for (const { position, members } of apart) {
      const column = columns[position]![0]!;
      if (batch.columns[position]!.storage === 'text' || column.storage === 'text') continue;
      const children: TypedColumn[] = [];
      takeTyped(withoutDictionary(column), members, children);
      columns[position] = children;
    }
    return { ...current, schema: flat, columns: columns.flat() };
  }

  return {
    schema: flat,
    needs: (wanted) => new Set([...wanted].map((at) => origins[at]!)),
    async *apply(batches) {
      for await (const batch of batches) {
        signal.throwIfAborted();
        if (selectedCount(batch) > 0) yield flatten(batch);
      }
    },
  };
}
