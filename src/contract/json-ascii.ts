// Encoders whose JSON is ASCII alone.
import { jsonInAscii } from '../table/json-ascii.ts';
import type { EncodedBatch, Encoder, Segment, Segments, StreamEncoder } from './encoder.ts';

const escaped = (segment: Segment): Segment => ({
  ...segment,
  bytes: jsonInAscii(segment.bytes),
});

const escapedBatch = (encoded: EncodedBatch): EncodedBatch => ({
  ...encoded,
  segments: encoded.segments.map(escaped),
});

async function* escapedStream(segments: Segments): AsyncGenerator<Segment> {
  for await (const segment of segments) yield escaped(segment);
}

/** What the encoder writes, every character beyond ASCII escaped. */
export function asciiEncoder(encoder: Encoder): Encoder {
  return {
    begin: () => encoder.begin().map(escaped),
    encodeBatch: (batch, at) => escapedBatch(encoder.encodeBatch(batch, at)),
    end: (totals) => encoder.end(totals).map(escaped),
  };
}

/** The same for an encoder that takes its batches in one place. */
export function asciiStream(encoder: StreamEncoder): StreamEncoder {
  return {
    begin: () => escapedStream(encoder.begin()),
    encodeBatch: async (batch, at) => escapedBatch(await encoder.encodeBatch(batch, at)),
    beginTable: (table) => escapedStream(encoder.beginTable?.(table) ?? []),
    endTable: (table, totals) => escapedStream(encoder.endTable?.(table, totals) ?? []),
    end: (totals) => escapedStream(encoder.end(totals)),
    close: () => encoder.close(),
  };
}
