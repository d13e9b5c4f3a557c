// Makes a row of each element of a list column; elements of JSON text stay as they are written.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { stepMisfit } from '../../contract/step-misfit.ts';
import {
  batchBytes,
  isNullValue,
  selectedCount,
  selectedRow,
  type Batch,
  type Column,
  type TypedColumn,
} from '../../table/batch.ts';
import { blockBatch, BlockWriter } from '../../table/block-writer.ts';
import { createBuilder } from '../../table/builders.ts';
import { typeName, type DataType, type Field, type Schema } from '../../table/data-type.ts';
import { NO_ROW, withoutDictionary } from '../../table/gather-column.ts';
import { gatherBeside } from '../../table/gather.ts';
import { eachElement } from '../../table/json-members.ts';
import { addJsonCell, CellScan, isJsonNull } from '../../table/json-parts.ts';
import { materialiseAs } from '../../table/materialise.ts';
import { entryType } from '../../table/nested-builder.ts';
import { fieldContent, fieldText } from '../../table/text-block.ts';
import type { UnnestOptions } from './options.ts';
import { UNNEST_SAYS } from './texts.ts';

const OUTPUT_BYTES = 1024 * 1024;
const OPENING_BRACKET = 91;
const INDEX: DataType = { kind: 'int', bits: 32, signed: true };

/** The type of a list's elements; null where it is none. What is JSON may be a list, and its elements are JSON. */
function elementType(type: DataType): DataType | null {
  switch (type.kind) {
    case 'dictionary':
      return elementType(type.value);
    case 'list':
      return type.item;
    case 'map':
      return entryType(type);
    case 'json':
      return type;
    default:
      return null;
  }
}

/** The elements of a batch's lists, one after the other, and whose they are. */
interface Elements {
  /** One column. */
  batch: Batch;
  /** Parallel: the row that comes out (physical), its element ({@link NO_ROW} = none) and the element's number from 1 (0 = none). */
  rows: number[];
  elements: number[];
  numbers: number[];
  dropped: number;
  added: number;
}

export function open(context: TransformContext<UnnestOptions>): Transform {
  const { schema, options, signal, filtered, added } = context;
  if (options.column === null) return { schema, apply: (batches) => batches };
  const position = resolveColumn(schema, options.column);
  const field = schema.fields[position]!;
  const type = elementType(field.type);
  if (type === null)
    throw new ExportError('config.conflict', {
      detail: UNNEST_SAYS.noList(shorten(field.name), typeName(field.type)),
      remedy: UNNEST_SAYS.noListRemedy,
    });
  const element: Schema = { fields: [{ ...field, type, nullable: true }] };
  const indexField: Field[] =
    options.indexColumn === null
      ? []
      : [{ name: options.indexColumn, type: INDEX, nullable: true, origin: 'native' }];
  const unnested: Schema = {
    fields: schema.fields.toSpliced(position, 1, element.fields[0]!, ...indexField),
  };
  const cell = new CellScan();

  /** Notes that a row has `count` elements, the first of which is number `from`. */
  function note(found: Elements, row: number, from: number, count: number): void {
    if (count === 0) {
      if (options.empty === 'drop') {
        found.dropped++;
        return;
      }
      found.rows.push(row);
      found.elements.push(NO_ROW);
      found.numbers.push(0);
      return;
    }
    found.added += count - 1;
    for (let k = 0; k < count; k++) {
      found.rows.push(row);
      found.elements.push(from + k);
      found.numbers.push(k + 1);
    }
  }

  function ofText(batch: Batch, index: number): Elements {
    const writer = new BlockWriter(1);
    const found = { rows: [], elements: [], numbers: [], dropped: 0, added: 0 };
    const made: Elements = { batch, ...found };
    const put = (start: number, end: number): void => {
      addJsonCell(writer, cell.scan.bytes, start, end, type!);
      writer.endRow();
    };
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      const content = fieldContent(batch.block!, row, index);
      const before = writer.rowCount;
      if (content !== null && !putElements(content, put))
        throw stepMisfit(
          { ...batch, schema },
          position,
          row,
          fieldText(batch.block!, row, index) ?? '',
        );
      note(made, row, before, writer.rowCount - before);
    }
    return { ...made, batch: blockBatch(element, writer.take()) };
  }

  /** Whether the content is a list. Of JSON columns anything is a list, of one element where it is no array. */
  function putElements(content: Uint8Array, put: (start: number, end: number) => void): boolean {
    const at = cell.open(content);
    const { scan } = cell;
    const end = scan.value(at);
    if (!cell.isWhole(end)) return false;
    if (isJsonNull(scan.bytes, at)) return true;
    if (scan.bytes[at] === OPENING_BRACKET) eachElement(scan, at, put);
    else if (field.type.kind === 'json') put(at, end);
    else return false;
    return true;
  }

  function ofTyped(batch: Batch, column: TypedColumn): Elements {
    const child = column.children[0]!;
    const found: Elements = {
      batch: {
        schema: element,
        rowCount: child.length,
        selection: null,
        columns: [child],
        block: null,
      },
      rows: [],
      elements: [],
      numbers: [],
      dropped: 0,
      added: 0,
    };
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      const from = column.offsets![row]!;
      note(found, row, from, isNullValue(column, row) ? 0 : column.offsets![row + 1]! - from);
    }
    return found;
  }

  function elementsOf(batch: Batch): Elements {
    const column = batch.columns[position]!;
    if (column.storage === 'text') {
      if (field.type.kind !== 'map') return ofText(batch, column.index);
      const told = (row: number, text: string): never => {
        throw stepMisfit({ ...batch, schema }, position, row, text);
      };
      return ofTyped(batch, materialiseAs(batch, position, field.type, told));
    }
    const plain = withoutDictionary(column);
    if (plain.type.kind !== 'json') return ofTyped(batch, plain);
    // JSON that stands in a typed column, as text.
    const writer = new BlockWriter(1);
    for (let row = 0; row < plain.length; row++) {
      if (isNullValue(plain, row)) writer.addNull();
      else writer.addText(plain.bytes!, plain.offsets![row]!, plain.offsets![row + 1]!);
      writer.endRow();
    }
    return ofText({ ...batch, block: writer.take() }, 0);
  }

  function* rowsOf(batch: Batch): Generator<Batch> {
    const {
      batch: elements,
      rows,
      elements: places,
      numbers,
      dropped,
      added: more,
    } = elementsOf(batch);
    filtered(dropped);
    added(more);
    const others = { ...batch, columns: batch.columns.toSpliced(position, 1) };
    const bytes = batchBytes(others);
    const rowBytes = bytes / Math.max(1, batch.rowCount) + 16;
    const most = Math.max(1, Math.min(65_536, Math.floor(OUTPUT_BYTES / rowBytes)));
    for (let from = 0; from < rows.length; from += most) {
      const to = from + most;
      const beside = gatherBeside(unnested, [
        { batch: others, rows: Uint32Array.from(rows.slice(from, to)) },
        { batch: elements, rows: Uint32Array.from(places.slice(from, to)) },
      ]);
      const index = indexField.length === 0 ? [] : [indexColumn(numbers.slice(from, to))];
      const made = beside.columns.at(-1)!;
      const columns = beside.columns.slice(0, -1).toSpliced(position, 0, made, ...index);
      yield { ...beside, columns };
    }
  }

  const behind = 1 + indexField.length;
  return {
    schema: unnested,
    needs: (wanted) =>
      new Set([
        position,
        ...[...wanted].flatMap((at) =>
          at < position ? [at] : at < position + behind ? [] : [at - behind + 1],
        ),
      ]),
    async *apply(batches) {
      for await (const batch of batches) {
        signal.throwIfAborted();
        yield* rowsOf(batch);
      }
    },
  };
}

function indexColumn(numbers: readonly number[]): Column {
  const builder = createBuilder(INDEX, numbers.length);
  for (const number of numbers) builder.append(number === 0 ? null : number);
  return builder.finish();
}
