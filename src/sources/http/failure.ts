// What can go wrong with a request, said without its secrets, and whether it may pass.
import { ExportError } from '../../contract/errors.ts';
import { failureCodes, mayPass, retryAfterMs } from '../../contract/http-answers.ts';
import { shownAddress } from './request.ts';
import { HTTP_TEXTS } from './texts.ts';

/** A failure that may be gone the next time. */
export class PassingFailure extends Error {
  readonly error: ExportError;
  /** How long the server asks to wait; null where it does not say. */
  readonly waitMs: number | null;

  constructor(error: ExportError, waitMs: number | null = null) {
    super(error.message);
    this.error = error;
    this.waitMs = waitMs;
  }
}

/** Throws for an answer that is none. */
export function refuseStatus(response: Response, url: URL, nowMs: number): void {
  const { status } = response;
  if (response.ok) return;
  const error = new ExportError('read.http.status', {
    address: shownAddress(url),
    status,
    remedy:
      HTTP_TEXTS.status.get(status) ??
      (status >= 500 ? HTTP_TEXTS.laterRemedy : HTTP_TEXTS.statusRemedy),
  });
  throw mayPass(status) ? new PassingFailure(error, retryAfterMs(response, nowMs)) : error;
}

const REASONS: readonly [code: RegExp, text: string, isPassing: boolean][] = [
  [/^ECONNREFUSED$/, HTTP_TEXTS.refused, true],
  [/^ENOTFOUND$/, HTTP_TEXTS.unknownHost, false],
  [/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/, HTTP_TEXTS.insecure, false],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, HTTP_TEXTS.reset, true],
];

/** What a failed `fetch` means. */
export function connectionFailure(
  thrown: unknown,
  url: URL,
  headers: Iterable<string>,
): ExportError | PassingFailure {
  const address = shownAddress(url);
  if (thrown instanceof Error && thrown.name === 'CorsError') {
    const names = [...headers].filter((name) => !/^accept$/i.test(name));
    return new ExportError('read.http.cors', {
      address,
      origin: thrown.message,
      more: names.length === 0 ? '' : ` and “Access-Control-Allow-Headers: ${names.join(', ')}”`,
    });
  }
  const codes = failureCodes(thrown);
  for (const [code, detail, isPassing] of REASONS) {
    if (!codes.some((each) => code.test(each))) continue;
    const error = new ExportError('read.http.unreachable', { address, detail });
    return isPassing ? new PassingFailure(error) : error;
  }
  return new PassingFailure(
    new ExportError('read.http.unreachable', { address, detail: HTTP_TEXTS.notReached }),
  );
}
