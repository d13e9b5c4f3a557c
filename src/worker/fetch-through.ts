// A `fetch` for run workers: by way of the network worker where the page has one, else their own.
import * as Comlink from 'comlink';
import type { CountingFetch } from '../contract/counting-fetch.ts';
import type { NetworkLine, WireFailure, WireResponse } from './network-wire.ts';

/** What the origin over HTTP takes for: perhaps the server only does not let this page read it. */
function refused(): Error {
  const error = new Error(globalThis.location.origin);
  error.name = 'CorsError';
  return error;
}

function failed(failure: WireFailure, url: string): Error {
  if (failure === 'aborted') return new DOMException('The request was ended.', 'AbortError');
  const isOwn = new URL(url).origin === globalThis.location.origin;
  return isOwn ? new TypeError('The request failed.') : refused();
}

/** A failed request to another server may be one that the server does not allow. */
export const ownFetch: typeof fetch = async (input, init) => {
  try {
    return await globalThis.fetch(input, init);
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    throw failed('failed', String(input));
  }
};

/** Sends by the line that the page gave. Takes what the origin over HTTP sends: an address and a plain init. */
export function fetchThrough(port: MessagePort): CountingFetch {
  const line = Comlink.wrap<NetworkLine>(port);
  let lastId = 0;
  return async (url, init = {}) => {
    const id = ++lastId;
    const { signal } = init;
    signal?.throwIfAborted();
    const close = (): void => void line.close(id).catch(() => {});
    /** The answer, or the end of waiting for it: a worker that is gone never answers. */
    const unlessAborted = async <T>(work: Promise<T>): Promise<T> => {
      let end = (): void => {};
      const aborted = new Promise<never>((_, reject) => {
        end = () => reject(failed('aborted', url));
        signal?.addEventListener('abort', end, { once: true });
      });
      try {
        return await Promise.race([work, aborted]);
      } finally {
        signal?.removeEventListener('abort', end);
      }
    };
    signal?.addEventListener('abort', close, { once: true });
    const answer = await unlessAborted(
      line.send(
        id,
        {
          url,
          method: init.method ?? 'GET',
          headers: [...new Headers(init.headers)],
          body: typeof init.body === 'string' || init.body instanceof Blob ? init.body : null,
          redirect: init.redirect ?? 'follow',
        },
        init.onSent ? Comlink.proxy(init.onSent) : null,
      ) as Promise<WireResponse | WireFailure>,
    );
    if (typeof answer === 'string') throw failed(answer, url);
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const piece = await unlessAborted(
          line.next(id) as Promise<Uint8Array | WireFailure | null>,
        );
        if (piece === null) controller.close();
        else if (typeof piece === 'string') controller.error(failed(piece, url));
        else controller.enqueue(piece);
      },
      cancel: close,
    });
    const { status, type } = answer;
    const response = new Response(answer.hasBody ? body : null, { headers: answer.headers });
    // Only the network makes answers of some of these, so that they stand before those of this one.
    return Object.defineProperties(response, {
      status: { value: status },
      ok: { value: status >= 200 && status < 300 },
      type: { value: type },
      url: { value: answer.url },
    });
  };
}
