// The ndjson encoder: records, each ended by LF.
import { asciiEncoder } from '../../contract/json-ascii.ts';
import { checkJsonValues, openJsonRecords } from '../../contract/json-values.ts';
import type { Encoder, EncoderContext, FormatModule } from '../../contract/plugins.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { jsonEscape } from '../../table/write-json.ts';
import type { NdjsonOptions } from './options.ts';

const NOTHING = new Uint8Array(0);
const FRAME = { first: NOTHING, before: NOTHING, after: Uint8Array.of(10) };

function openEncoder(context: EncoderContext<NdjsonOptions>): Encoder {
  const opened = openLines(context);
  return context.options.asciiOnly ? asciiEncoder(opened) : opened;
}

function openLines(context: EncoderContext<NdjsonOptions>): Encoder {
  const { options, schema } = context;
  rejectFindings(checkJsonValues(options, schema));
  const { records, startBatch, takeLosses } = openJsonRecords(schema, options, null);
  const out = new ByteWriter(1 << 16);
  return {
    begin() {
      if (options.shape === 'objects' || !options.headers) return [];
      records.writeNames(out);
      out.byte(10);
      return [{ bytes: out.take() }];
    },
    encodeBatch(batch, at) {
      startBatch(at.firstRow);
      out.clear();
      const rowCount = records.writeBatch(batch, out, FRAME);
      const segments = rowCount === 0 ? [] : [{ bytes: out.take() }];
      return { segments, rowCount, losses: takeLosses(at.isFirst && rowCount > 0) };
    },
    end: () => [],
  };
}

export const ndjsonModule: FormatModule<NdjsonOptions> = {
  openEncoder,
  escapeCodePoint: jsonEscape,
};
