// What can go wrong with sending, said without its secrets, and whether it may pass.
import { ExportError, shorten } from '../../contract/errors.ts';
import { failureCodes, mayPass, retryAfterMs } from '../../contract/http-answers.ts';
import { HTTP_TEXTS } from './texts.ts';

/** A failure that may be gone the next time. */
export class PassingFailure extends Error {
  readonly error: ExportError;
  /** The server took nothing for certain, so that even a POST can be sent again. */
  readonly isUntouched: boolean;
  /** How long the server asks to wait; null where it does not say. */
  readonly waitMs: number | null;

  constructor(error: ExportError, isUntouched: boolean, waitMs: number | null = null) {
    super(error.message);
    this.error = error;
    this.isUntouched = isUntouched;
    this.waitMs = waitMs;
  }
}

/** No answer was had, or none that could be used. */
export function unreachable(address: string, detail: string): ExportError {
  const remedy = HTTP_TEXTS.reachRemedy;
  return new ExportError('deliver.http.unreachable', { address, detail, remedy });
}

/** Passing answers that mean that nothing was done. */
const UNTOUCHED = new Set([425, 429, 503]);

/** How much of an answer is read for its words. */
const MOST_WORDS = 2000;
const SHOWN_WORDS = 200;

/** The first words of an answer, without tags and secrets. */
async function wordsOf(response: Response, secrets: readonly string[]): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader !== undefined && text.length < MOST_WORDS) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || value === undefined) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel().catch(() => {});
  for (const secret of secrets) if (secret !== '') text = text.replaceAll(secret, '…');
  return shorten(text.replace(/<[^>]*>/g, ' ').trim(), SHOWN_WORDS);
}

/** Throws for an answer that is no success. */
export async function refuseStatus(
  response: Response,
  name: string,
  address: string,
  nowMs: number,
  secrets: readonly string[],
): Promise<void> {
  const { status } = response;
  if (response.ok) return;
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    await response.body?.cancel().catch(() => {});
    throw unreachable(address, HTTP_TEXTS.redirect);
  }
  const words = await wordsOf(response, secrets);
  if (status === 412) throw new ExportError('deliver.exists', { name: shorten(name) });
  const error = new ExportError('deliver.http.status', {
    address,
    status,
    said: words === '' ? '' : HTTP_TEXTS.said(words),
    remedy:
      HTTP_TEXTS.status.get(status) ??
      (status >= 500 ? HTTP_TEXTS.laterRemedy : HTTP_TEXTS.statusRemedy),
  });
  throw mayPass(status)
    ? new PassingFailure(error, UNTOUCHED.has(status), retryAfterMs(response, nowMs))
    : error;
}

const REASONS: readonly [code: RegExp, text: string, isPassing: boolean, isUntouched: boolean][] = [
  [/^ECONNREFUSED$/, HTTP_TEXTS.refused, true, true],
  [/^ENOTFOUND$/, HTTP_TEXTS.unknownHost, false, true],
  [/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/, HTTP_TEXTS.insecure, false, true],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, HTTP_TEXTS.reset, true, false],
];

/** What a failed `fetch` means. */
export function connectionFailure(
  thrown: unknown,
  address: string,
  method: string,
  headers: Iterable<string>,
): ExportError | PassingFailure {
  if (thrown instanceof Error && thrown.name === 'CorsError')
    return new ExportError('deliver.http.cors', {
      address,
      method,
      origin: thrown.message,
      headers: [...headers].join(', '),
    });
  const codes = failureCodes(thrown);
  for (const [code, detail, isPassing, isUntouched] of REASONS) {
    if (!codes.some((each) => code.test(each))) continue;
    return isPassing
      ? new PassingFailure(unreachable(address, detail), isUntouched)
      : unreachable(address, detail);
  }
  return new PassingFailure(unreachable(address, HTTP_TEXTS.notReached), false);
}
