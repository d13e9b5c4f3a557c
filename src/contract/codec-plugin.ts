// What a codec promises: bytes in, packed bytes out, or the other way round.
import type { Limits } from './config.ts';
import type { DeflateJobs } from './deflate-jobs.ts';
import type { OptionSet } from './options.ts';
import type { CardTexts } from './plugin-card.ts';

export interface PackContext<O> {
  options: O;
  jobs: DeflateJobs;
  /** The run's clock in ms since 1970 (ZIP times, UTC). */
  startedAtMs: number;
  /** The value of a secret the options name (`{secret: 'id'}`); throws `config.secret-missing`. */
  secret(id: string): string;
  /** ZIP entries of unknown size are not announced as zip64, which some programs (Excel) take for damage in their own files. */
  avoidsZip64?: boolean;
  signal: AbortSignal;
}

export interface UnpackContext {
  name: string;
  limits: Limits;
}

export interface CodecCard<O = any> extends CardTexts {
  id: string;
  /** Appended to the file name: `.gz`. */
  extension: string;
  mediaType: string;
  options: OptionSet<O>;
  /** Whether these first bytes are this codec's; never, where it has no magic number. */
  matches(head: Uint8Array): boolean;
  /** Packed data begins like anything: known by the name's extension alone. */
  hasNoMagic?: true;
  /** Whether outputs can be packed with it, and sources unpacked. */
  canEncode: boolean;
  canDecode: boolean;
  /** It keeps others from reading: chosen as an output's `encryption`, around everything else. Its bytes differ each time. */
  encrypts?: true;
  /** What of the options cannot go together; null where all is well. */
  conflict?(options: O): { detail: string; remedy: string } | null;
  load(): Promise<{
    /** Bytes → packed bytes; the result never depends on the chunk sizes. There where it can encode. */
    transform?(
      input: AsyncIterable<Uint8Array>,
      context: PackContext<O>,
    ): AsyncIterable<Uint8Array>;
    /** Packed bytes → bytes. There where it can decode. */
    decode?(input: AsyncIterable<Uint8Array>, context: UnpackContext): AsyncIterable<Uint8Array>;
  }>;
}
