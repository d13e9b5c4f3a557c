// The json encoder: one document, its records in a list.
import { asciiEncoder, asciiStream } from '../../contract/json-ascii.ts';
import { openFeatures } from '../../contract/geojson.ts';
import { schemaSegment, withSchema, withSchemaStream } from '../../contract/json-schema.ts';
import { openJsonRecords } from '../../contract/json-values.ts';
import type { Encoder, EncoderContext, Segment, StreamEncoder } from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import type { Scratch } from '../../contract/scratch.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { jsonEscape } from '../../table/write-json.ts';
import { checkJson } from './check.ts';
import { openColumnar } from './columnar.ts';
import { documentSchema } from './document-schema.ts';
import { openKeyed } from './keyed.ts';
import { createLayout } from './layout.ts';
import { createSurroundings } from './metadata.ts';
import { openNested } from './nested.ts';
import { openNormalized } from './normalized.ts';
import type { JsonOptions } from './options.ts';
import { tablesOf } from './structure.ts';

const encoder = new TextEncoder();

/** The list of records. Also writes single columns of the other structures, whose values are spelt the same. */
function openList(context: EncoderContext<JsonOptions>): Encoder {
  const { options, schema } = context;
  rejectFindings(checkJson({ ...options, structure: 'flat' }, [{ name: context.name, schema }]));
  const layout = createLayout(options);
  const isBare = options.rootKey === '';
  const { open, close } = createSurroundings(context, layout);
  const hasNames = options.shape === 'arrays' && options.headers;
  const depth = isBare ? 1 : 2;
  const { records, startBatch, takeLosses } = openJsonRecords(
    schema,
    options,
    layout.indent(depth),
  );
  const lead = layout.line(depth);
  const first = encoder.encode(lead);
  const before = encoder.encode(`,${lead}`);
  const after = new Uint8Array(0);
  const out = new ByteWriter(1 << 16);
  return {
    begin() {
      out.text(isBare ? '[' : `${open}${layout.key(options.rootKey)}[`);
      if (hasNames) {
        out.put(first);
        records.writeNames(out);
      }
      return [{ bytes: out.take() }];
    },
    encodeBatch(batch, at) {
      startBatch(at.firstRow);
      out.clear();
      const isFirst = at.isFirst && !hasNames;
      const frame = { first: isFirst ? first : before, before, after };
      const rowCount = records.writeBatch(batch, out, frame);
      const segments = rowCount === 0 ? [] : [{ bytes: out.take() }];
      return { segments, rowCount, losses: takeLosses(at.isFirst && rowCount > 0) };
    },
    end({ rowCount }) {
      if (rowCount > 0 || hasNames) out.text(layout.line(depth - 1));
      out.text(']');
      if (!isBare) out.text(close(rowCount));
      else if (options.finalNewline) out.text('\n');
      return [{ bytes: out.take() }];
    },
  };
}

/** A FeatureCollection. */
function openCollection(context: EncoderContext<JsonOptions>): Encoder {
  const { options, schema } = context;
  rejectFindings(checkJson(options, [{ name: context.name, schema }]));
  const layout = createLayout(options);
  const { open, close } = createSurroundings(context, layout);
  const features = openFeatures(schema, options, layout.indent(2));
  const first = encoder.encode(layout.line(2));
  const before = encoder.encode(`,${layout.line(2)}`);
  const after = new Uint8Array(0);
  const out = new ByteWriter(1 << 16);
  const { key } = layout;
  return {
    begin() {
      out.text(`${open}${key('type')}"FeatureCollection",${layout.open(1)}${key('features')}[`);
      return [{ bytes: out.take() }];
    },
    encodeBatch(batch, at) {
      out.clear();
      const frame = { first: at.isFirst ? first : before, before, after };
      const rowCount = features.writeBatch(batch, at.firstRow, out, frame);
      const segments = rowCount === 0 ? [] : [{ bytes: out.take() }];
      return { segments, rowCount, losses: features.takeLosses(at.isFirst && rowCount > 0) };
    },
    end({ rowCount }) {
      out.text(`${rowCount > 0 ? layout.line(1) : ''}]${close(rowCount)}`);
      return [{ bytes: out.take() }];
    },
  };
}

/** The file beside the document; null: none is asked for. */
function describe(context: EncoderContext<JsonOptions>): Segment | null {
  const { options } = context;
  return options.schemaFile ? schemaSegment(documentSchema(options, tablesOf(context))) : null;
}

function openEncoder(context: EncoderContext<JsonOptions>): Encoder {
  const { structure } = context.options;
  const opened = structure === 'geojson' ? openCollection(context) : openList(context);
  const beside = describe(context);
  const described = beside === null ? opened : withSchema(opened, beside);
  return context.options.asciiOnly ? asciiEncoder(described) : described;
}

function openStructure(
  context: EncoderContext<JsonOptions>,
  scratch: Scratch,
): StreamEncoder | null {
  switch (context.options.structure) {
    case 'flat':
    case 'geojson':
      return null;
    case 'columnar':
      return openColumnar(context, scratch);
    case 'keyed':
      return openKeyed(context, scratch);
    case 'nested':
      return openNested(context, scratch);
    case 'normalized':
      return openNormalized(context, scratch);
  }
}

function openStream(
  context: EncoderContext<JsonOptions>,
  { scratch }: { scratch: Scratch },
): StreamEncoder | null {
  const { options } = context;
  if (options.structure === 'flat' || options.structure === 'geojson') return null;
  rejectFindings(checkJson(options, tablesOf(context)));
  const opened = openStructure(context, scratch);
  if (opened === null) return null;
  const beside = describe(context);
  const described = beside === null ? opened : withSchemaStream(opened, beside);
  return options.asciiOnly ? asciiStream(described) : described;
}

export const jsonModule: FormatModule<JsonOptions> = {
  openEncoder,
  openStream,
  escapeCodePoint: jsonEscape,
};
