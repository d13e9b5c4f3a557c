// Reads the body of an answer: whole and in one go, or as a stream that goes on where the connection broke.
import { sizeText } from '../../contract/byte-size.ts';
import type { Limits } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import { crc32 } from '../../kernels/crc32.ts';
import type { Answer, Exchange } from './exchange.ts';
import { PassingFailure } from './failure.ts';
import { shownAddress, type HttpRequest } from './request.ts';
import { HTTP_TEXTS } from './texts.ts';

/** Bytes of the body as they will arrive; null where that is not told, or told of the packed body. */
export function bodyBytes({ response }: Answer): number | null {
  const length = response.headers.get('content-length');
  // A page is not shown how an answer from elsewhere was packed; the browser compares the lengths itself.
  if (length === null || response.headers.has('content-encoding') || response.type === 'cors')
    return null;
  return /^\d{1,15}$/.test(length) ? Number(length) : null;
}

/** What the bytes of an answer can be told by: its strong ETag, or when they were changed; undefined without either. */
export function stampOf({ response }: Answer): string | undefined {
  const tag = strongTag(response);
  return tag ?? response.headers.get('last-modified') ?? undefined;
}

/** An ETag that stands for the very bytes; null without one. */
export function strongTag({ headers }: Response): string | null {
  const tag = headers.get('etag');
  return tag !== null && /^"[^"]*"$/.test(tag) ? tag : null;
}

function cut(url: URL, received: number, expected: number | null): PassingFailure {
  return new PassingFailure(
    new ExportError('read.http.cut', {
      address: shownAddress(url),
      received,
      expected: expected === null ? '' : HTTP_TEXTS.expected(expected),
    }),
  );
}

/** The next chunk; an end before the announced length, or one that is no end at all, is a cut. */
async function nextChunk(
  answer: Answer,
  received: number,
  expected: number | null,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  let chunk: Uint8Array | null;
  try {
    chunk = await answer.next();
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown instanceof PassingFailure ? thrown : cut(answer.url, received, expected);
  }
  const total = received + (chunk?.length ?? 0);
  if (expected !== null && (chunk === null ? total < expected : total > expected))
    throw cut(answer.url, total, expected);
  return chunk;
}

/** All bytes of a page. Throws `read.http.page-too-large` above limits.recordBytes. */
export async function wholeBody(
  answer: Answer,
  limits: Limits,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const expected = bodyBytes(answer);
  const chunks: Uint8Array[] = [];
  let received = 0;
  try {
    for (;;) {
      const chunk = await nextChunk(answer, received, expected, signal);
      if (chunk === null) break;
      chunks.push(chunk);
      received += chunk.length;
      if (received > limits.recordBytes)
        throw new ExportError('read.http.page-too-large', {
          address: shownAddress(answer.url),
          limit: sizeText(limits.recordBytes),
        });
    }
  } finally {
    answer.close();
  }
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** What was given of a body so far. */
interface Given {
  bytes: number;
  crc: number;
}

/**
 * The body from its first byte. Where the connection breaks, the rest is asked for by range if the server tells the bytes by
 * a strong ETag; else all is asked for again, and what was given already is compared. Bytes that changed are `read.changed`.
 */
export async function* streamedBody(
  first: Answer,
  request: HttpRequest,
  exchange: Exchange,
  signal: AbortSignal,
  trace: (line: string) => void,
): AsyncGenerator<Uint8Array> {
  const given: Given = { bytes: 0, crc: 0 };
  const state: { answer: Answer | null; total: number | null } = {
    answer: first,
    total: bodyBytes(first),
  };
  const tag = first.response.headers.has('content-encoding') ? null : strongTag(first.response);
  const next = (): Promise<Uint8Array | null> =>
    exchange.persist(async (madeProgress) => {
      try {
        state.answer ??= await goOn(request, exchange, given, state, tag, signal, trace);
        const chunk = await nextChunk(state.answer, given.bytes, state.total, signal);
        if (chunk !== null) madeProgress();
        return chunk;
      } catch (thrown) {
        state.answer?.close();
        state.answer = null;
        throw thrown;
      }
    }, request.url);
  try {
    for (;;) {
      const chunk = await next();
      if (chunk === null) return;
      if (chunk.length === 0) continue;
      given.crc = crc32(chunk, given.crc);
      given.bytes += chunk.length;
      yield chunk;
    }
  } finally {
    state.answer?.close();
  }
}

/** An answer that stands at the first byte that was not given yet. */
async function goOn(
  request: HttpRequest,
  exchange: Exchange,
  given: Given,
  state: { total: number | null },
  tag: string | null,
  signal: AbortSignal,
  trace: (line: string) => void,
): Promise<Answer> {
  const address = shownAddress(request.url);
  const isRange = tag !== null && given.bytes > 0;
  const answer = await exchange.send(
    request,
    isRange
      ? [
          ['Range', `bytes=${given.bytes}-`],
          ['If-Range', tag],
        ]
      : [],
  );
  if (answer.response.status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(
      answer.response.headers.get('content-range') ?? '',
    );
    const isSame = range !== null && Number(range[1]) === given.bytes;
    const isUnchanged =
      strongTag(answer.response) === tag &&
      (state.total === null || range?.[2] === '*' || Number(range?.[2]) === state.total);
    if (!isSame || !isUnchanged) {
      answer.close();
      throw new ExportError('read.changed', { name: address });
    }
    trace(HTTP_TEXTS.resumed(address, given.bytes));
    return answer;
  }
  state.total = bodyBytes(answer);
  if (given.bytes > 0) {
    await skipGiven(answer, given, state.total, address, signal);
    trace(HTTP_TEXTS.resumed(address, given.bytes));
  }
  return answer;
}

/** Reads over what was given already, which has to be the same. */
async function skipGiven(
  answer: Answer,
  given: Given,
  total: number | null,
  address: string,
  signal: AbortSignal,
): Promise<void> {
  const next = answer.next.bind(answer);
  let skipped = 0;
  let crc = 0;
  for (;;) {
    const chunk = skipped === given.bytes ? null : await nextChunk(answer, skipped, total, signal);
    if (chunk === null) {
      if (skipped === given.bytes && crc === given.crc) return;
      answer.close();
      throw new ExportError('read.changed', { name: address });
    }
    const own = chunk.subarray(0, given.bytes - skipped);
    crc = crc32(own, crc);
    skipped += own.length;
    if (own.length < chunk.length) {
      let rest: Uint8Array | null = chunk.subarray(own.length);
      answer.next = () => {
        const begun = rest;
        rest = null;
        return begun === null ? next() : Promise.resolve(begun);
      };
    }
  }
}
