// One request as the options make it; what is secret in it goes to the server that was named and to no other.
import type { HttpOptions } from './options.ts';

export interface HttpRequest {
  method: string;
  url: URL;
  headers: Map<string, string>;
  body: string | null;
}

/** What proves who asks, and the server it may be shown to. */
export interface Credential {
  origin: string;
  header: [name: string, value: string] | null;
  parameter: [name: string, value: string] | null;
  /** Texts that must not be repeated anywhere. */
  secrets: string[];
}

/** An address as messages show it: without what stands behind the question mark, which may be secret. */
export function shownAddress(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** The credential for the address of the options; null where none is wanted. */
export function makeCredential(options: HttpOptions, secret: string): Credential | null {
  const { auth, user, keyName } = options;
  const { origin } = new URL(options.url);
  const none = { origin, header: null, parameter: null };
  if (auth === 'none') return null;
  if (auth === 'query')
    return {
      ...none,
      parameter: [keyName, secret],
      secrets: [secret, encodeURIComponent(secret)],
    };
  if (auth === 'header') return { ...none, header: [keyName, secret], secrets: [secret] };
  if (auth === 'bearer')
    return { ...none, header: ['Authorization', `Bearer ${secret}`], secrets: [secret] };
  const pair = base64(`${user}:${secret}`);
  return { ...none, header: ['Authorization', `Basic ${pair}`], secrets: [secret, pair] };
}

/** The first request, without what its page is asked by. */
export function firstRequest(options: HttpOptions): HttpRequest {
  const url = new URL(options.url);
  url.hash = '';
  for (const [name, value] of Object.entries(options.query)) url.searchParams.set(name, value);
  const headers = new Map(Object.entries(options.headers));
  const body = options.method === 'POST' ? options.body : null;
  if (body !== null) headers.set('Content-Type', options.bodyType);
  return { method: options.method, url, headers, body };
}

/** The same request to another address: what belongs to the first server stays there. */
export function requestTo(request: HttpRequest, url: URL): HttpRequest {
  if (url.origin === request.url.origin) return { ...request, url };
  const { headers } = request;
  const isPublic = ([name]: [string, string]): boolean => /^(?:accept|content-type)$/i.test(name);
  return { ...request, url, headers: new Map([...headers].filter(isPublic)) };
}

/** What goes over the line: with the credential where the address is its own server's. */
export function withCredential(request: HttpRequest, credential: Credential | null): HttpRequest {
  if (credential === null || credential.origin !== request.url.origin) return request;
  const url = new URL(request.url);
  const headers = new Map(request.headers);
  if (credential.parameter !== null) url.searchParams.set(...credential.parameter);
  if (credential.header !== null) headers.set(...credential.header);
  return { ...request, url, headers };
}
