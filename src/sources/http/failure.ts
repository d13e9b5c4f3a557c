// What can go wrong with a request, said without its secrets, and whether it may pass.
import { ExportError } from '../../contract/errors.ts';
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

/** Answers that mean: not now. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** How long `Retry-After` (RFC 9110, 10.2.3) asks to wait; null without one. */
function retryAfterMs(response: Response, nowMs: number): number | null {
  const text = response.headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
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
  throw PASSING.has(status) ? new PassingFailure(error, retryAfterMs(response, nowMs)) : error;
}

const REASONS: readonly [code: RegExp, text: string, mayPass: boolean][] = [
  [/^ECONNREFUSED$/, HTTP_TEXTS.refused, true],
  [/^ENOTFOUND$/, HTTP_TEXTS.unknownHost, false],
  [/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/, HTTP_TEXTS.insecure, false],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, HTTP_TEXTS.reset, true],
];

/** Codes of an error and of what lies behind it; their words may quote headers and are not used. */
function codesOf(thrown: unknown): string[] {
  const codes: string[] = [];
  for (let cause: unknown = thrown, depth = 0; cause instanceof Error && depth < 5; depth++) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string') codes.push(code);
    const { errors } = cause as { errors?: unknown };
    cause = Array.isArray(errors) ? (errors as unknown[])[0] : cause.cause;
  }
  return codes;
}

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
  const codes = codesOf(thrown);
  for (const [code, detail, mayPass] of REASONS) {
    if (!codes.some((each) => code.test(each))) continue;
    const error = new ExportError('read.http.unreachable', { address, detail });
    return mayPass ? new PassingFailure(error) : error;
  }
  return new PassingFailure(
    new ExportError('read.http.unreachable', { address, detail: HTTP_TEXTS.notReached }),
  );
}
