// What a document says of itself under the key “metadata”.
import type { EncoderContext } from '../../contract/plugins.ts';
import { typeName } from '../../table/data-type.ts';
import type { JsonOptions } from './options.ts';

/** The value of the key, indented as it stands one level deep. */
export function metadataText(context: EncoderContext<JsonOptions>, rowCount: number): string {
  const { options, schema, tables, startedAtMs, sourceName } = context;
  const columns = (tables ?? [{ name: '', schema }]).flatMap((table) =>
    table.schema.fields.map(({ name, type }) => ({
      ...(tables && { table: table.name }),
      name,
      type: typeName(type),
    })),
  );
  const metadata = {
    generated: new Date(startedAtMs).toISOString(),
    source: sourceName,
    rowCount,
    columns,
  };
  const text = JSON.stringify(metadata, null, options.prettyPrint ? 2 : 0);
  return options.prettyPrint ? text.replaceAll('\n', '\n  ') : text;
}
