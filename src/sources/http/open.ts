// Opens what an address gives: one answer as a stream, or its pages one after the other.
import { ExportError } from '../../contract/errors.ts';
import type { OriginContext, OriginPiece, OriginPieces } from '../../contract/origin-plugin.ts';
import { bodyBytes, stampOf, streamedBody, wholeBody } from './body.ts';
import { createExchange, type Answer, type Exchange } from './exchange.ts';
import type { HttpOptions } from './options.ts';
import { firstPage, pageBehind, stopBehind, type ReadPage, type StopOption } from './paging.ts';
import { firstRequest, makeCredential, shownAddress, type HttpRequest } from './request.ts';
import { openSlices } from './slices.ts';
import { HTTP_TEXTS } from './texts.ts';

/** What the exchange of one opening is made of: the secret is asked for when it is needed, once. */
interface Connection {
  exchange: Exchange;
  first: HttpRequest;
}

export function openHttp(context: OriginContext<HttpOptions>): OriginPieces {
  const { options, limits, signal } = context;
  if (options.url === '')
    throw new ExportError('config.wrong-option', { path: 'url', detail: HTTP_TEXTS.nothing });
  let connection: Promise<Connection> | undefined;
  const connect = (): Promise<Connection> =>
    (connection ??= (async () => {
      const secret = options.auth === 'none' ? '' : await context.secret(options.credential.secret);
      const exchange = createExchange(context, makeCredential(options, secret));
      return { exchange, first: firstPage(firstRequest(options), options) };
    })());
  const isPaged = options.paging !== 'none';
  /** What ended the last pass before its end. */
  let stopped: StopOption | null = null;
  return {
    name: nameOf(new URL(options.url)),
    isPaged,
    warnings:
      options.paging === 'page-number' || options.paging === 'offset' ? [HTTP_TEXTS.counted] : [],
    afterwards: () => (stopped === null ? [] : [HTTP_TEXTS.cut(stopped, options[stopped]!)]),
    async *pieces(rowsBefore) {
      stopped = null;
      const { exchange, first } = await connect();
      const onStop = (option: StopOption): void => {
        stopped = option;
      };
      if (isPaged) yield* readPages(context, exchange, first, rowsBefore, onStop);
      else yield await openStream(context, exchange, first);
    },
    ...(!isPaged && {
      async slices() {
        const { exchange, first } = await connect();
        return openSlices(first, exchange, limits, signal);
      },
    }),
  };
}

/** What the file is called whose address this is: the last part of its path, or the server. */
function nameOf(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? '';
  try {
    return decodeURIComponent(last) || url.hostname;
  } catch {
    return last;
  }
}

async function openStream(
  { signal, trace }: OriginContext<HttpOptions>,
  exchange: Exchange,
  request: HttpRequest,
): Promise<OriginPiece> {
  const answer = await exchange.persist(() => exchange.send(request), request.url);
  return {
    ...factsOf(answer, request),
    bytes: streamedBody(answer, request, exchange, signal, trace),
  };
}

function factsOf(answer: Answer, request: HttpRequest): Omit<OriginPiece, 'bytes'> {
  const stamp = stampOf(answer);
  return {
    name: nameOf(request.url),
    sizeBytes: bodyBytes(answer),
    mediaType: answer.response.headers.get('content-type'),
    ...(stamp !== undefined && { stamp }),
  };
}

/** Pages are read whole before any of their rows are given, so that one that breaks off can be asked for again. */
async function* readPages(
  { options, limits, signal }: OriginContext<HttpOptions>,
  exchange: Exchange,
  first: HttpRequest,
  rowsBefore: () => number,
  onStop: (option: StopOption) => void,
): AsyncGenerator<OriginPiece> {
  const asked = new Set<string>();
  let rowsSoFar = 0;
  let request: HttpRequest | null = first;
  for (let index = 0; request !== null; index++) {
    const current: HttpRequest = request;
    const key = `${current.url.href}\n${current.body ?? ''}`;
    if (asked.has(key))
      throw new ExportError('read.http.paging', {
        address: shownAddress(current.url),
        detail: HTTP_TEXTS.repeated,
        remedy: HTTP_TEXTS.repeatedRemedy,
      });
    asked.add(key);
    const page: { answer: Answer; bytes: Uint8Array } = await exchange.persist(async () => {
      const answer = await exchange.send(current);
      return { answer, bytes: await wholeBody(answer, limits, signal) };
    }, current.url);
    const { answer, bytes } = page;
    yield {
      ...factsOf(answer, current),
      name: HTTP_TEXTS.page(index + 1),
      sizeBytes: bytes.length,
      bytes: (async function* () {
        // The receiver may use them up, and the next page is still to be found in them.
        if (bytes.length > 0) yield bytes.slice();
      })(),
    };
    const rowCount = rowsBefore();
    rowsSoFar += rowCount;
    const read: ReadPage = {
      index,
      request: current,
      url: answer.url,
      response: answer.response,
      bytes,
      rowCount,
      rowsSoFar,
    };
    const stop = stopBehind(read, options);
    if (stop === null) request = await pageBehind(read, options, limits);
    else {
      // A next page that cannot be found is no failure where none is wanted.
      const next = pageBehind(read, options, limits).catch(() => 'unknown');
      if ((await next) !== null) onStop(stop);
      return;
    }
  }
}
