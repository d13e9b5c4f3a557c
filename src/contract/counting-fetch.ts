// The way to the network that a door hands to origins and deliveries.
/** A `fetch` that may tell how much of a body has gone. */
export type CountingFetch = (
  url: string,
  init?: RequestInit & {
    /**
     * Told of the bytes of `body` (a Blob) that have gone, as far as the door can; it may then have to send the body a second time,
     * which must do no harm. Fewer than before: it begins again.
     */
    onSent?: (bytes: number) => void;
  },
) => Promise<Response>;
