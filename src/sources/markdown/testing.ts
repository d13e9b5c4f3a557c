// Reads Markdown given as text or bytes to cells for tests.
import { recordReader } from '../testing.ts';
import { inspectMarkdown } from './inspect.ts';
import type { MarkdownOptions } from './options.ts';
import { readMarkdown } from './read.ts';

/** Inspects and reads. */
export const readCells = recordReader<MarkdownOptions>('test.md', {
  inspect: inspectMarkdown,
  read: readMarkdown,
});
