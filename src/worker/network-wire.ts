// What crosses between a run worker and the network worker: requests, and answers in pieces.

export interface WireRequest {
  url: string;
  method: string;
  headers: [name: string, value: string][];
  body: string | Blob | null;
  redirect: RequestRedirect;
}

export interface WireResponse {
  status: number;
  type: ResponseType;
  /** After redirects; empty where that is hidden. */
  url: string;
  headers: [name: string, value: string][];
  hasBody: boolean;
}

/** Why there is no answer: the browser does not say more to anybody than whether it was asked to stop. */
export type WireFailure = 'failed' | 'aborted';

/** What the network worker offers on each of its lines. Ids are the asker's own. */
export interface NetworkLine {
  send(
    id: number,
    request: WireRequest,
    /** Told of the bytes of the body that have gone, where that can be known. */
    onSent: ((bytes: number) => void) | null,
  ): Promise<WireResponse | WireFailure>;
  /** The next piece of the body; null at its end. */
  next(id: number): Promise<Uint8Array | WireFailure | null>;
  /** Ends a request, or the reading of its answer. Safe twice. */
  close(id: number): Promise<void>;
}

/** From the page to the network worker: a line, and the first message that came on it. */
export interface NewLine {
  port: MessagePort;
  first: unknown;
}
