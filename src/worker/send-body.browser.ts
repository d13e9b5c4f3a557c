// Sends a body as a stream where that can be, as only then a browser lets anybody see how much has gone; else whole.
//
// Chromium streams bodies over HTTP/2 and HTTP/3 alone, and such a request says no length beforehand, which many stores of files
// insist on. So a stream is tried with what is worth it, and whatever stands against it, the body is sent whole, once and for all
// at that server.

/** Less is gone before anybody looks. */
const LEAST_BYTES = 256 * 1024;
/** Told of as often as this, lest messages be the greater work. */
const TOLD_EVERY_MS = 150;

/** Servers that take no streams. */
const wholeOnly = new Set<string>();

let canStream: boolean | undefined;

/** A browser that knows no streams takes one for text, and says that by its Content-Type. */
function streamsBodies(): boolean {
  if (canStream !== undefined) return canStream;
  let isAsked = false;
  const init = {
    method: 'POST',
    body: new ReadableStream(),
    get duplex() {
      isAsked = true;
      return 'half';
    },
  };
  try {
    canStream = !new Request('https://example.org', init).headers.has('Content-Type') && isAsked;
  } catch {
    canStream = false;
  }
  return canStream;
}

/** The body as a stream that is watched until `end` is called. */
function counted(
  body: Blob,
  onSent: (bytes: number) => void,
): { stream: ReadableStream<Uint8Array>; end(): void } {
  let bytes = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    onSent(bytes);
  };
  const stream = body.stream().pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        controller.enqueue(piece);
        bytes += piece.length;
        timer ??= setTimeout(tell, TOLD_EVERY_MS);
      },
    }),
  );
  return { stream, end: () => clearTimeout(timer) };
}

/** As `fetch`; the body may go twice where a stream of it was refused. */
export async function sendBody(
  url: string,
  init: RequestInit,
  body: Blob,
  onSent: (bytes: number) => void,
): Promise<Response> {
  const { origin, protocol } = new URL(url);
  const isTried =
    protocol === 'https:' && body.size >= LEAST_BYTES && !wholeOnly.has(origin) && streamsBodies();
  if (isTried) {
    const { stream, end } = counted(body, onSent);
    const streamed = { ...init, body: stream, duplex: 'half' } as RequestInit;
    const response = await fetch(url, streamed).catch(() => null);
    end();
    init.signal?.throwIfAborted();
    if (response !== null && !isAgainstStreams(response.status)) return response;
    await response?.body?.cancel();
    wholeOnly.add(origin);
    onSent(0);
  }
  return fetch(url, { ...init, body });
}

/** What a server that wants a length may answer: not only 411, as the length may be part of what was signed. */
function isAgainstStreams(status: number): boolean {
  return (status >= 400 && status < 500) || status === 501;
}
