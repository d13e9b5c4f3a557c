// What stands around the records of a document: its braces, and what it says of itself under the key “metadata”.
import { writtenNames } from '../../contract/json-values.ts';
import type { EncoderContext } from '../../contract/encoder.ts';
import { typeName } from '../../table/data-type.ts';
import type { Layout } from './layout.ts';
import type { JsonOptions } from './options.ts';

/** Members of the outermost object, as text between its braces. */
export interface Surroundings {
  /** `{` and what comes before the first member of the structure itself. */
  open: string;
  /** What follows the last of them, `}` and the line's end. */
  close(rowCount: number): string;
}

/** Keys that the metadata takes in the outermost object. */
export function metadataKeys({ includeMetadata, metadataPlace }: JsonOptions): string[] {
  if (!includeMetadata) return [];
  return metadataPlace === 'before' ? ['metadata', 'rowCount'] : ['metadata'];
}

export function createSurroundings(
  context: EncoderContext<JsonOptions>,
  layout: Layout,
): Surroundings {
  const { options } = context;
  const { line, open, key } = layout;
  const isBefore = options.metadataPlace === 'before';
  const metadata = (rowCount?: number): string =>
    key('metadata') + layout.value(metadataOf(context, rowCount), 1);
  const after = (rowCount: number): string => {
    if (!options.includeMetadata) return '';
    // How many records there are is not known before they are written.
    const member = isBefore ? key('rowCount') + rowCount : metadata(rowCount);
    return `,${line(1)}${member}`;
  };
  return {
    open: `{${open(1)}${options.includeMetadata && isBefore ? `${metadata()},${line(1)}` : ''}`,
    close: (rowCount) => `${after(rowCount)}${open(0)}}${options.finalNewline ? '\n' : ''}`,
  };
}

function metadataOf(context: EncoderContext<JsonOptions>, rowCount?: number): object {
  const { options, startedAtMs, sourceName } = context;
  const tables = context.tables ?? [{ name: context.name, schema: context.schema }];
  const columns = tables.flatMap(({ name: table, schema }) =>
    writtenNames(schema, options).map((name, position) => ({
      ...(context.tables && { table }),
      name,
      type: typeName(schema.fields[position]!.type),
    })),
  );
  return {
    generated: new Date(startedAtMs).toISOString(),
    source: sourceName,
    ...(rowCount !== undefined && { rowCount }),
    columns,
  };
}
