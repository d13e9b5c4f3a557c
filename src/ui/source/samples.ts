// Files to try the studio on: what is said of them, and how one is opened.
import type { Input } from '../input.ts';
import { messages } from '../messages.en.ts';

/** A file that the first screen offers. */
export interface Sample {
  /** File name, with its extension. */
  name: string;
  title: string;
  /** One line on what is in it. */
  says: string;
  rows: number;
  columns: number;
  sizeBytes: number;
  /** Where it lies, best at the page's own address. */
  url: string;
}

export const NO_SAMPLES: readonly Sample[] = [];

/** Fetches it. Throws a sentence when it is not there. */
export async function openSample({ name, title, url }: Sample): Promise<Input> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(messages.first.noSample(title, response.status));
  const file = new File([await response.blob()], name);
  return { name, sizeBytes: file.size, data: { bytes: file } };
}
