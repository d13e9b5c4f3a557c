// Reads parts of a file on a server by range requests, as long as it stays the file it was.
import { ExportError } from '../../contract/errors.ts';
import type { ByteSlices } from '../../contract/source-input.ts';
import { strongTag, wholeBody } from './body.ts';
import type { Answer, Exchange } from './exchange.ts';
import { shownAddress, type HttpRequest } from './request.ts';
import type { Limits } from '../../contract/config.ts';

/** Slices of what the request asks for; null where the server gives no parts, or does not tell the file by a strong ETag or a date. */
export async function openSlices(
  request: HttpRequest,
  exchange: Exchange,
  limits: Limits,
  signal: AbortSignal,
): Promise<ByteSlices | null> {
  if (request.method !== 'GET') return null;
  const name = shownAddress(request.url);
  const first = await exchange.persist(
    () => exchange.send(request, [['Range', 'bytes=0-0']]),
    request.url,
  );
  first.close();
  const found = rangeOf(first);
  if (found === null || found.total === null || first.response.headers.has('content-encoding'))
    return null;
  const sizeBytes = found.total;
  const stamp = stampOfParts(first);
  if (stamp === null) return null;
  const condition: [string, string][] =
    strongTag(first.response) === null ? [] : [['If-Range', stamp]];
  return {
    sizeBytes,
    read(from, to) {
      const end = Math.min(to, sizeBytes);
      if (end <= from) return Promise.resolve(new Uint8Array(0));
      return exchange.persist(async () => {
        const range: [string, string] = ['Range', `bytes=${from}-${end - 1}`];
        const answer = await exchange.send(request, [range, ...condition]);
        const given = rangeOf(answer);
        const isSame = given?.from === from && given.to === end && given.total === sizeBytes;
        if (!isSame || stampOfParts(answer) !== stamp) {
          answer.close();
          throw new ExportError('read.changed', { name });
        }
        const bytes = await wholeBody(answer, { ...limits, recordBytes: end - from }, signal);
        if (bytes.length !== end - from) throw new ExportError('read.changed', { name });
        return bytes;
      }, request.url);
    },
  };
}

/** What the parts of a file are told by. Changes of date within a second go unseen without an ETag, as RFC 9110, 8.8.2.2 has it. */
function stampOfParts({ response }: Answer): string | null {
  return strongTag(response) ?? response.headers.get('last-modified');
}

/** Bytes [from, to) of `total` that an answer says it holds; null when it holds all. */
function rangeOf({ response }: Answer): { from: number; to: number; total: number | null } | null {
  if (response.status !== 206) return null;
  const range = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(
    response.headers.get('content-range') ?? '',
  );
  if (range === null) return null;
  const total = range[3] === '*' ? null : Number(range[3]);
  return { from: Number(range[1]), to: Number(range[2]) + 1, total };
}
