// The network worker: the only one whose own policy lets it reach other machines. It sends what run workers ask it to.
import * as Comlink from 'comlink';
import { sendBody } from './send-body.browser.ts';
import type { NetworkLine, NewLine, WireFailure } from './network-wire.ts';

declare const self: DedicatedWorkerGlobalScope;

/** A request that was sent, until the end of its answer. */
interface Sent {
  abort: AbortController;
  reader: ReadableStreamDefaultReader<Uint8Array> | null;
}

function serveLine(): NetworkLine {
  const sent = new Map<number, Sent>();
  const failure = (id: number): WireFailure => {
    const isOwn = sent.get(id)?.abort.signal.aborted ?? true;
    sent.delete(id);
    return isOwn ? 'aborted' : 'failed';
  };
  return {
    async send(id, { url, method, headers, body, redirect }, onSent) {
      const abort = new AbortController();
      const entry: Sent = { abort, reader: null };
      sent.set(id, entry);
      try {
        const init: RequestInit = {
          method,
          headers,
          redirect,
          signal: abort.signal,
          credentials: 'omit',
          cache: 'no-store',
          referrerPolicy: 'no-referrer',
        };
        const response =
          onSent !== null && body instanceof Blob
            ? await sendBody(url, init, body, onSent)
            : await fetch(url, { ...init, ...(body !== null && { body }) });
        entry.reader = response.body?.getReader() ?? null;
        return {
          status: response.status,
          type: response.type,
          url: response.url,
          headers: [...response.headers],
          hasBody: entry.reader !== null,
        };
      } catch {
        return failure(id);
      }
    },
    async next(id) {
      try {
        const next = await sent.get(id)?.reader?.read();
        if (next === undefined || next.done) {
          sent.delete(id);
          return null;
        }
        return Comlink.transfer(next.value, [next.value.buffer as ArrayBuffer]);
      } catch {
        return failure(id);
      }
    },
    async close(id) {
      sent.get(id)?.abort.abort();
      sent.delete(id);
    },
  };
}

self.addEventListener('message', ({ data }: MessageEvent<NewLine>) => {
  const { port, first } = data;
  Comlink.expose(serveLine(), port);
  // It was the page that woke this worker by it.
  port.dispatchEvent(new MessageEvent('message', { data: first }));
});
