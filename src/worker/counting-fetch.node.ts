// A `fetch` for Node's threads that tells how much of a body has gone.
import type { CountingFetch } from '../contract/counting-fetch.ts';

/** Counts what the connection takes of the body; what it holds ready counts as gone. */
export const countingFetch: CountingFetch = (url, { onSent, ...init } = {}) => {
  const { body } = init;
  if (onSent === undefined || !(body instanceof Blob)) return globalThis.fetch(url, init);
  const watched = body.slice(0, body.size, body.type);
  // A Blob keeps its known size, and so the request its Content-Length, which a bare stream has not.
  watched.stream = () => {
    let bytes = 0;
    return body.stream().pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(piece, controller) {
          controller.enqueue(piece);
          bytes += piece.length;
          onSent(bytes);
        },
      }),
    );
  };
  return globalThis.fetch(url, { ...init, body: watched });
};
