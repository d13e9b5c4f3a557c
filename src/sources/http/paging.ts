// How the pages of an API follow each other: the request of the first, and from an answer the request of the next.
import type { Limits } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import { jsonAt, linkedNext, nextValue } from './next-page.ts';
import type { HttpOptions } from './options.ts';
import { requestTo, shownAddress, type HttpRequest } from './request.ts';
import { HTTP_TEXTS } from './texts.ts';

/** A page that was read. */
export interface ReadPage {
  /** 0-based. */
  index: number;
  request: HttpRequest;
  /** Where the answer came from. */
  url: URL;
  response: Response;
  bytes: Uint8Array;
  /** Rows it held. */
  rowCount: number;
  /** Rows of all pages so far, this one too. */
  rowsSoFar: number;
}

const PARAMETERS = { cursor: 'cursor', 'page-number': 'page', offset: 'offset' };

/** Stands in the body's JSON where the digits of a number go that no double holds. */
const PLACE = '\u0000digits\u0000';

/** The request with parameters in the address or the body. `values`: texts, or digits that go in as a number. */
function withParameters(
  base: HttpRequest,
  values: [name: string, value: string, isNumber: boolean][],
  options: HttpOptions,
): HttpRequest {
  if (options.parametersIn === 'query') {
    const url = new URL(base.url);
    for (const [name, value] of values) url.searchParams.set(name, value);
    return { ...base, url };
  }
  let body = base.body ?? '';
  for (const [name, value, isNumber] of values) {
    let object: unknown;
    try {
      object = JSON.parse(body === '' ? '{}' : body);
    } catch {
      object = null;
    }
    if (typeof object !== 'object' || object === null || Array.isArray(object))
      throw new ExportError('read.http.paging', {
        address: shownAddress(base.url),
        detail: HTTP_TEXTS.bodyNotObject,
        remedy: HTTP_TEXTS.bodyRemedy,
      });
    const entries = new Map(Object.entries(object));
    entries.set(name, isNumber ? PLACE : value);
    body = JSON.stringify(Object.fromEntries(entries)).replace(JSON.stringify(PLACE), value);
  }
  return { ...base, body };
}

/** The parameters that every page is asked with. */
function sized(base: HttpRequest, options: HttpOptions): HttpRequest {
  const { paging, sizeParameter, pageSize } = options;
  if (paging === 'none' || sizeParameter === '') return base;
  return withParameters(base, [[sizeParameter, String(pageSize), true]], options);
}

export function firstPage(base: HttpRequest, options: HttpOptions): HttpRequest {
  const first = sized(base, options);
  if (options.paging === 'page-number') return numbered(first, options.firstPage, options);
  return options.paging === 'offset' ? numbered(first, 0, options) : first;
}

function numbered(base: HttpRequest, number: number, options: HttpOptions): HttpRequest {
  return withParameters(base, [[parameterOf(options), String(number), true]], options);
}

function parameterOf({ paging, pageParameter }: HttpOptions): string {
  return pageParameter ?? PARAMETERS[paging as keyof typeof PARAMETERS];
}

/** Options that end reading before the last page. */
export type StopOption = 'mostPages' | 'mostRows';

/** What says that no page is asked for behind this one, whether there is one or not. */
export function stopBehind(
  page: ReadPage,
  { mostPages, mostRows }: HttpOptions,
): StopOption | null {
  if (mostPages !== null && page.index + 1 >= mostPages) return 'mostPages';
  return mostRows !== null && page.rowsSoFar >= mostRows ? 'mostRows' : null;
}

/** The request of the page behind this one; null when it was the last. */
export async function pageBehind(
  page: ReadPage,
  options: HttpOptions,
  limits: Limits,
): Promise<HttpRequest | null> {
  const { paging, pageSize, lastPage } = options;
  if (paging === 'none') return null;
  if (paging === 'page-number' || paging === 'offset') {
    if (page.rowCount === 0 || (lastPage === 'short' && page.rowCount < pageSize)) return null;
    // The server may give fewer rows than it was asked for: what was read counts, not what was wanted.
    const number = paging === 'offset' ? page.rowsSoFar : options.firstPage + page.index + 1;
    return numbered(page.request, number, options);
  }
  const address = shownAddress(page.request.url);
  if (paging === 'link-header') return linked(page, linkedNext(page.response.headers.get('link')));
  if (page.bytes.length === 0) return null;
  if (options.morePath !== '') {
    const more = await jsonAt(page.bytes, options.morePath, address, limits);
    if (more === null || more === 'false' || more === 'null') return null;
  }
  const json = await jsonAt(page.bytes, options.nextPath, address, limits);
  const value = nextValue(json, address);
  if (value === null || paging === 'next-url') return linked(page, value);
  return withParameters(
    page.request,
    [[parameterOf(options), value, json !== null && !json.startsWith('"')]],
    options,
  );
}

/** The request to an address that stands in the answer, which may be relative to where that came from. */
function linked(page: ReadPage, target: string | null): HttpRequest | null {
  if (target === null) return null;
  const url = URL.canParse(target, page.url) ? new URL(target, page.url) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new ExportError('read.http.paging', {
      address: shownAddress(page.request.url),
      detail: HTTP_TEXTS.notNext('no address'),
      remedy: HTTP_TEXTS.notNextRemedy,
    });
  url.username = url.password = url.hash = '';
  return requestTo(page.request, url);
}
