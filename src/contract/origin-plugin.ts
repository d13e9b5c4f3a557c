// What an origin promises: bytes that come over the network, one piece after the other.
import type { Limits } from './config.ts';
import type { CountingFetch } from './counting-fetch.ts';
import type { OptionSet } from './options.ts';
import type { CardTexts } from './plugin-card.ts';
import type { ByteSlices } from './source-input.ts';

/** What an origin needs from its door to reach out. */
export interface OriginContext<O> {
  options: O;
  /** The value of a secret the options name; throws `config.secret-missing`. */
  secret(id: string): Promise<string>;
  /** The door's way to the network: in a page the one worker that may, which throws a `CorsError` for what a page may not read. */
  fetch: CountingFetch;
  /** Milliseconds since 1970, for waits and limits. */
  now(): number;
  /** Waits; ends early when the run is cancelled. */
  sleep(ms: number): Promise<void>;
  /** Of the jitter of waits. */
  seed: number;
  limits: Limits;
  signal: AbortSignal;
  /** A line for the trace: a retry, a wait. */
  trace(line: string): void;
}

/** A place that bytes come from over the network, one piece (page of an answer) after the other. */
export interface OriginCard<O = any> extends CardTexts {
  id: string;
  options: OptionSet<O>;
  load(): Promise<{ open(context: OriginContext<O>): OriginPieces }>;
}

/** Pieces of one source in order, each whole in itself (a document of the source's kind). */
export interface OriginPieces {
  name: string;
  /** Whether there may be more pieces than one. A single one may be packed, a zip, or read in parts. */
  isPaged: boolean;
  /** What the user ought to know of this way of reading. */
  warnings: string[];
  /** What is to be said of the last pass over the pieces, once it is over: that it stopped before the end. */
  afterwards?(): string[];
  /** The first piece is asked for again at every call. `rowsBefore`: how many rows the piece given last has held. */
  pieces(rowsBefore: () => number): AsyncIterable<OriginPiece>;
  /** Where the whole is one thing that can be read in parts (range requests). */
  slices?(): Promise<ByteSlices | null>;
}

export interface OriginPiece {
  name: string;
  sizeBytes: number | null;
  /** As it was sent, with its parameters. */
  mediaType: string | null;
  /** Another whenever the bytes are; missing where that cannot be told. */
  stamp?: string;
  bytes: AsyncIterable<Uint8Array>;
}
