// The json encoder: one document, its records in a list.
import { openJsonRecords } from '../../contract/json-values.ts';
import type {
  Encoder,
  EncoderContext,
  FormatModule,
  Scratch,
  StreamEncoder,
} from '../../contract/plugins.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import { ByteWriter } from '../../table/byte-writer.ts';
import { jsonEscape } from '../../table/write-json.ts';
import { checkJson } from './check.ts';
import { metadataText } from './metadata.ts';
import { openNested } from './nested.ts';
import { openNormalized } from './normalized.ts';
import type { JsonOptions } from './options.ts';
import { tablesOf } from './structure.ts';

const encoder = new TextEncoder();

/** The list of records. Also writes single columns of the other structures, whose values are spelt the same. */
function openEncoder(context: EncoderContext<JsonOptions>): Encoder {
  const { options, schema } = context;
  rejectFindings(checkJson({ ...options, structure: 'flat' }, [{ name: context.name, schema }]));
  const isBare = options.rootKey === '';
  const isPretty = options.prettyPrint;
  const hasNames = options.shape === 'arrays';
  const outer = isPretty && !isBare ? 2 : 0;
  const { records, startBatch, takeLosses } = openJsonRecords(
    schema,
    options,
    isPretty ? outer + 2 : null,
  );
  const lead = `\n${' '.repeat(isPretty ? outer + 2 : 0)}`;
  const first = encoder.encode(lead);
  const before = encoder.encode(`,${lead}`);
  const after = new Uint8Array(0);
  const out = new ByteWriter(1 << 16);
  const key = `${JSON.stringify(options.rootKey)}:`;
  return {
    begin() {
      if (isBare) out.ascii('[');
      else out.text(isPretty ? `{\n  ${key} [` : `{${key}[`);
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
      if (rowCount > 0 || hasNames) out.text(`\n${' '.repeat(outer)}`);
      out.text(']');
      if (options.includeMetadata)
        out.text(
          `,${isPretty ? '\n  "metadata": ' : '\n"metadata":'}${metadataText(context, rowCount)}`,
        );
      if (!isBare) out.text(isPretty ? '\n}' : '}');
      out.text('\n');
      return [{ bytes: out.take() }];
    },
  };
}

function openStream(
  context: EncoderContext<JsonOptions>,
  { scratch }: { scratch: Scratch },
): StreamEncoder | null {
  const { options } = context;
  if (options.structure === 'flat') return null;
  rejectFindings(checkJson(options, tablesOf(context)));
  return options.structure === 'nested'
    ? openNested(context, scratch)
    : openNormalized(context, scratch);
}

export const jsonModule: FormatModule<JsonOptions> = {
  openEncoder,
  openStream,
  escapeCodePoint: jsonEscape,
};
