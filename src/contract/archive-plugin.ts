// What an archive promises: files in, the bytes of one file out.
import type { PackContext } from './codec-plugin.ts';
import type { OptionSet } from './options.ts';
import type { CardTexts } from './plugin-card.ts';

/** A file on its way into an archive or a delivery: entries come one after the other, each read to its end. */
export interface Entry {
  name: string;
  bytes: AsyncIterable<Uint8Array>;
}

export interface ArchiveCard<O = any> extends CardTexts {
  id: string;
  extension: string;
  mediaType: string;
  options: OptionSet<O>;
  load(): Promise<{
    pack(entries: AsyncIterable<Entry>, context: PackContext<O>): AsyncIterable<Uint8Array>;
  }>;
}
