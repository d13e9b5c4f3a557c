// The ndjson encoder: records, each ended by LF.
import { asciiEncoder } from '../../contract/json-ascii.ts';
import { openFeatures } from '../../contract/geojson.ts';
import { schemaSegment, withSchema } from '../../contract/json-schema.ts';
import { openJsonRecords } from '../../contract/json-values.ts';
import type { Encoder, EncoderContext } from '../../contract/encoder.ts';
import type { FormatModule } from '../../contract/format-plugin.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import type { RecordFrame } from '../../table/json-records.ts';
import { jsonEscape } from '../../table/write-json.ts';
import { checkNdjson } from './check.ts';
import { lineSchema } from './line-schema.ts';
import type { NdjsonOptions } from './options.ts';

const LINE_FEED = 10;
/** U+001E, before each record of a JSON text sequence (RFC 7464). */
const RECORD_SEPARATOR = 30;

function openEncoder(context: EncoderContext<NdjsonOptions>): Encoder {
  const { options, schema } = context;
  rejectFindings(checkNdjson(options, schema));
  const opened = options.structure === 'geojson' ? openFeatureLines(context) : openLines(context);
  const described = options.schemaFile
    ? withSchema(opened, schemaSegment(lineSchema(options, schema)))
    : opened;
  return options.asciiOnly ? asciiEncoder(described) : described;
}

function frameOf({ recordSeparator }: NdjsonOptions): RecordFrame {
  const before = Uint8Array.from(recordSeparator ? [RECORD_SEPARATOR] : []);
  return { first: before, before, after: Uint8Array.of(LINE_FEED) };
}

function openLines({ options, schema }: EncoderContext<NdjsonOptions>): Encoder {
  const { records, startBatch, takeLosses } = openJsonRecords(schema, options, null);
  const frame = frameOf(options);
  const out = new ByteWriter(1 << 16);
  return {
    begin() {
      if (options.shape === 'objects' || !options.headers) return [];
      out.put(frame.first);
      records.writeNames(out);
      out.put(frame.after);
      return [{ bytes: out.take() }];
    },
    encodeBatch(batch, at) {
      startBatch(at.firstRow);
      out.clear();
      const rowCount = records.writeBatch(batch, out, frame);
      const segments = rowCount === 0 ? [] : [{ bytes: out.take() }];
      return { segments, rowCount, losses: takeLosses(at.isFirst && rowCount > 0) };
    },
    end: () => [],
  };
}

function openFeatureLines({ options, schema }: EncoderContext<NdjsonOptions>): Encoder {
  const features = openFeatures(schema, options, null);
  const frame = frameOf(options);
  const out = new ByteWriter(1 << 16);
  return {
    begin: () => [],
    encodeBatch(batch, at) {
      out.clear();
      const rowCount = features.writeBatch(batch, at.firstRow, out, frame);
      const segments = rowCount === 0 ? [] : [{ bytes: out.take() }];
      return { segments, rowCount, losses: features.takeLosses(at.isFirst && rowCount > 0) };
    },
    end: () => [],
  };
}

export const ndjsonModule: FormatModule<NdjsonOptions> = {
  openEncoder,
  escapeCodePoint: jsonEscape,
};
