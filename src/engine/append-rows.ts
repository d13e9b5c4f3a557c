// A file with further rows behind those of an old one: the old file as it is, then the new one without its head.
import { loadCharsetEncoder } from '../charsets/encode.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import type { EncoderContext } from '../contract/encoder.ts';
import type { PlannedOutput } from './plan.ts';

const encoder = new TextEncoder();

/**
 * The bytes of both. The old one must begin with the head that the new one begins with: the same columns in the same dialect
 * and charset. Throws `deliver.append-differs`. A missing line end between them is written.
 */
export async function* appended(
  fresh: AsyncIterable<Uint8Array>,
  old: AsyncIterable<Uint8Array>,
  head: Uint8Array,
  output: PlannedOutput,
  name: string,
): AsyncGenerator<Uint8Array> {
  const openEncoder = await loadCharsetEncoder(output.config.charset.id);
  const inCharset = (text: string): Uint8Array =>
    openEncoder(output.config.charset).encode(encoder.encode(text)).bytes.slice();
  const crlf = inCharset('\r\n');
  const lineEnd = inCharset('\n');
  let size = 0;
  let tail = new Uint8Array(0);
  for await (const piece of old) {
    for (let i = 0; i < piece.length && size + i < head.length; i++)
      if (piece[i] !== head[size + i]) throw differs(name);
    size += piece.length;
    const both = new Uint8Array([...tail, ...piece.subarray(-lineEnd.length)]);
    tail = both.slice(-lineEnd.length);
    yield piece;
  }
  if (size > 0 && size < head.length) throw differs(name);
  if (size > 0 && !sameBytes(tail, lineEnd))
    yield sameBytes(head.slice(-crlf.length), crlf) ? crlf : lineEnd;
  let skip = size === 0 ? 0 : head.length;
  for await (const piece of fresh) {
    if (piece.length > skip) yield skip === 0 ? piece : piece.subarray(skip);
    skip = Math.max(0, skip - piece.length);
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function differs(name: string): ExportError {
  return new ExportError('deliver.append-differs', { name: shorten(name) });
}

/** What a file of this output begins with before its first row, in its charset. */
export async function headOf(
  output: PlannedOutput,
  context: EncoderContext<unknown>,
): Promise<Uint8Array> {
  const openEncoder = await loadCharsetEncoder(output.config.charset.id);
  const charset = openEncoder(output.config.charset, output.formatModule.escapeCodePoint);
  const pieces = [charset.begin().slice()];
  for (const { bytes } of output.formatModule.openEncoder(context).begin())
    pieces.push(charset.encode(bytes).bytes.slice());
  return new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer());
}
