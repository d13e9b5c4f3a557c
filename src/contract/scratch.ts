// Room outside of memory for what a part of the run must hold.
/** Room outside of memory for what a step must hold. */
export interface Scratch {
  /** Bytes a step may hold in memory before it uses files. */
  memoryBytes: number;
  create(): Promise<ScratchFile>;
}

/** A file of the run's own, gone with it. */
export interface ScratchFile {
  readonly sizeBytes: number;
  /** Appends; the bytes may be reused once the promise is fulfilled. Throws `scratch.full`. */
  write(bytes: Uint8Array): Promise<void>;
  /** Bytes [from, to) of what was written, in a buffer of their own. */
  read(from: number, to: number): Promise<Uint8Array>;
  /** The same without waiting. */
  readNow(from: number, to: number): Uint8Array;
  /** Removes it. Safe twice. */
  close(): Promise<void>;
}
