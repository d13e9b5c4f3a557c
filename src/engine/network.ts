// What an origin needs of its door to reach out.

/** A door's way to the network. */
export interface Network {
  fetch: typeof fetch;
  /** The door's clock and waiting, where those of the runtime are not meant (tests). */
  now?(): number;
  sleep?(ms: number): Promise<void>;
}
