// What a reader that we did not write says of an output: the promise that each format's judge keeps.

export type Cell = string | null;
export type Options = Record<string, unknown>;

/** What stands in an output. */
export interface Found {
  names: string[];
  rows: unknown[][];
}

export interface Judge {
  /** Reads an output of columns with these names; of a binary format its bytes. */
  read(text: string, options: Options, names: string[], bytes: Uint8Array): Found | Promise<Found>;
  /** Of a binary format: what is to be said of the file itself, in lines of text, which `shows` of its examples is looked for in. */
  describe?(bytes: Uint8Array): string;
  /** Options under which the format promises the same text back. */
  exact: Options;
  /** What the reader should find for a text or null. */
  ofCell(cell: Cell): unknown;
  /** What it should find for a typed value, given its plain text and its JSON. */
  ofValue(text: string, json: string): unknown;
  /** Names that come back; the default is those that were given. */
  ofNames?(names: readonly string[]): string[];
  /** The program it needs, where that is not to be had here: its tests are skipped, but in CI they fail. */
  missing?: string | undefined;
  /** How many random tables it reads, and how many are cut anyhow, where the usual 150 and 400 take too long. */
  runs?: number;
  cutRuns?: number;
}
