// Sends requests: no more of them than allowed, with patience, following redirects, again when a failure may pass.
import { ExportError } from '../../contract/errors.ts';
import type { OriginContext } from '../../contract/origin-plugin.ts';
import { createRandom } from '../../table/random.ts';
import { connectionFailure, PassingFailure, refuseStatus } from './failure.ts';
import type { HttpOptions } from './options.ts';
import {
  requestTo,
  shownAddress,
  withCredential,
  type Credential,
  type HttpRequest,
} from './request.ts';
import { HTTP_TEXTS } from './texts.ts';

const MOST_REDIRECTS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** An answer whose body is still to be read. */
export interface Answer {
  response: Response;
  /** Where it came from after all redirects. */
  url: URL;
  /** Next chunk of the body, null at its end. Throws PassingFailure when nothing comes. */
  next(): Promise<Uint8Array | null>;
  /** Lets go of the connection. Safe twice. */
  close(): void;
}

export interface Exchange {
  /** One answer of a good status; failures that may pass are thrown as such. */
  send(request: HttpRequest, headers?: [name: string, value: string][]): Promise<Answer>;
  /** Does the work again while it fails in a way that may pass; `madeProgress` begins the counting anew. */
  persist<T>(work: (madeProgress: () => void) => Promise<T>, url: URL): Promise<T>;
}

export function createExchange(
  context: OriginContext<HttpOptions>,
  credential: Credential | null,
): Exchange {
  const { options, signal, now } = context;
  const random = createRandom(context.seed, 0x687474);
  const spacingMs = options.requestsPerSecond === null ? 0 : 1000 / options.requestsPerSecond;
  const longestWaitMs = options.longestWaitSeconds * 1000;
  let nextAtMs = 0;

  const takeTurn = async (): Promise<void> => {
    const waitMs = nextAtMs - now();
    nextAtMs = Math.max(nextAtMs, now()) + spacingMs;
    if (waitMs > 0) await context.sleep(waitMs);
    signal.throwIfAborted();
  };

  /** One request over the line. */
  const exchange = async (
    request: HttpRequest,
    more: [string, string][],
    redirect: RequestRedirect,
  ): Promise<Answer> => {
    await takeTurn();
    const whole = withCredential(request, credential);
    const abort = new AbortController();
    const onAbort = (): void => abort.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    /** Ends the request when nothing has come for so long. */
    const patiently = async <T>(work: Promise<T>): Promise<T> => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        abort.abort();
      }, options.timeoutSeconds * 1000);
      try {
        return await work;
      } catch (thrown) {
        signal.throwIfAborted();
        if (!isLate) throw thrown;
        throw new PassingFailure(
          new ExportError('read.http.timeout', {
            address: shownAddress(request.url),
            seconds: options.timeoutSeconds,
          }),
        );
      } finally {
        clearTimeout(timer);
      }
    };
    const close = (): void => {
      signal.removeEventListener('abort', onAbort);
      abort.abort();
    };
    let response: Response;
    const headers = new Map([...whole.headers, ...more]);
    try {
      response = await patiently(
        context.fetch(whole.url.href, {
          method: whole.method,
          headers: [...headers],
          redirect,
          signal: abort.signal,
          credentials: 'omit',
          cache: 'no-store',
          referrerPolicy: 'no-referrer',
          ...(whole.body !== null && { body: whole.body }),
        }),
      );
    } catch (thrown) {
      close();
      if (thrown instanceof PassingFailure || signal.aborted) throw thrown;
      throw connectionFailure(thrown, request.url, headers.keys());
    }
    const reader = response.body?.getReader();
    return {
      response,
      url: redirect === 'follow' && response.url !== '' ? new URL(response.url) : request.url,
      async next() {
        if (reader === undefined) return null;
        const { done, value } = await patiently(reader.read());
        if (!done) return value;
        close();
        return null;
      },
      close,
    };
  };

  /** Where a redirect leads; throws where it must not be followed. */
  const follow = (request: HttpRequest, { response }: Answer): HttpRequest => {
    const failed = (detail: string): ExportError =>
      new ExportError('read.http.redirect', {
        address: shownAddress(request.url),
        detail,
        remedy: HTTP_TEXTS.redirectRemedy,
      });
    const location = response.headers.get('location') ?? '';
    if (location === '' || !URL.canParse(location, request.url)) throw failed(HTTP_TEXTS.noTarget);
    const url = new URL(location, request.url);
    url.username = url.password = url.hash = '';
    if (!/^https?:$/.test(url.protocol)) throw failed(HTTP_TEXTS.noTarget);
    const isElsewhere = url.origin !== request.url.origin;
    if (options.redirects === 'refuse' || (options.redirects === 'same-origin' && isElsewhere))
      throw failed(HTTP_TEXTS.elsewhere(url.origin));
    const next = requestTo(request, url);
    // RFC 9110, 15.4: as every client does it.
    const isGet = response.status === 303 || (response.status <= 302 && request.method === 'POST');
    if (!isGet) return next;
    const headers = new Map([...next.headers].filter(([name]) => !/^content-type$/i.test(name)));
    return { ...next, method: 'GET', body: null, headers };
  };

  /** A page is not told where a redirect leads: the browser may follow it where no key of ours would go along. */
  const followHidden = (request: HttpRequest, more: [string, string][]): Promise<Answer> => {
    const key = credential?.origin === request.url.origin ? credential.header : null;
    // Of all headers, browsers keep this one alone from other servers.
    const isSafe = key === null || key[0] === 'Authorization';
    if (options.redirects === 'follow' && isSafe) return exchange(request, more, 'follow');
    throw new ExportError('read.http.redirect', {
      address: shownAddress(request.url),
      detail: HTTP_TEXTS.hidden,
      remedy: isSafe ? HTTP_TEXTS.redirectRemedy : HTTP_TEXTS.hiddenRemedy,
    });
  };

  return {
    async send(request, more = []) {
      let current = request;
      for (let count = 0; ; count++) {
        let answer = await exchange(current, more, 'manual');
        if (answer.response.type === 'opaqueredirect') {
          answer.close();
          answer = await followHidden(current, more);
        }
        if (!REDIRECTS.has(answer.response.status)) {
          try {
            refuseStatus(answer.response, answer.url, now());
          } catch (thrown) {
            answer.close();
            throw thrown;
          }
          return answer;
        }
        answer.close();
        if (count === MOST_REDIRECTS)
          throw new ExportError('read.http.redirect', {
            address: shownAddress(request.url),
            detail: HTTP_TEXTS.tooMany(MOST_REDIRECTS),
            remedy: HTTP_TEXTS.redirectRemedy,
          });
        current = follow(current, answer);
      }
    },
    async persist(work, url) {
      let failures = 0;
      for (;;) {
        try {
          return await work(() => {
            failures = 0;
          });
        } catch (thrown) {
          if (!(thrown instanceof PassingFailure)) throw thrown;
          failures++;
          if (failures > options.retries) throw thrown.error;
          const { error, waitMs: asked } = thrown;
          if (asked !== null && asked > longestWaitMs)
            throw new ExportError(error.code, {
              ...error.parameters,
              remedy: HTTP_TEXTS.waitRemedy(Math.ceil(asked / 1000)),
            });
          const growth = options.backoff === 'linear' ? failures : 2 ** (failures - 1);
          const mean = Math.min(options.retryDelayMs * growth, longestWaitMs);
          // Half of the wait is chance, so that many that failed together do not come back together.
          const waitMs = Math.round(asked ?? mean * (1 - random() / 2));
          const left = options.retries - failures;
          context.trace(HTTP_TEXTS.retry(shownAddress(url), error.message, waitMs, left));
          await context.sleep(waitMs);
          signal.throwIfAborted();
        }
      }
    },
  };
}
