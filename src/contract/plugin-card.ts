// What the cards of all kinds of plug-ins share: a card is data and cheap to load, its one working function is loaded when it is used.
import type { CharsetConfig } from './config.ts';

/** Where a plug-in can work: the page (its workers) or Node. */
export type Door = 'browser' | 'node';

/** Title and one-line purpose of a plug-in, from its texts. */
export interface CardTexts {
  title: string;
  purpose: string;
}

/** A named set of option values, offered before the single options. */
export interface Preset {
  id: string;
  title: string;
  help: string;
  options: Record<string, unknown>;
  /** Title of the group that it stands in, with those next to it of the same. */
  section?: string;
  /** What the preset needs beside the plug-in's own options; whoever applies it sets these in the output too. */
  output?: { charset?: Partial<CharsetConfig> };
}
