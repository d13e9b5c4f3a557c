// What answers and failures of HTTP mean to whoever asks or sends.

/** Statuses that mean: not now. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Whether the same request may succeed later. */
export const mayPass = (status: number): boolean => PASSING.has(status);

/** How long `Retry-After` (RFC 9110, 10.2.3) asks to wait, in ms; null without one. */
export function retryAfterMs(response: Response, nowMs: number): number | null {
  const text = response.headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

/** Codes of a failed `fetch` and of what lies behind it; their words may quote headers and are not used. */
export function failureCodes(thrown: unknown): string[] {
  const codes: string[] = [];
  for (let cause: unknown = thrown, depth = 0; cause instanceof Error && depth < 5; depth++) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string') codes.push(code);
    const { errors } = cause as { errors?: unknown };
    cause = Array.isArray(errors) ? (errors as unknown[])[0] : cause.cause;
  }
  return codes;
}
