// Reads HTML given as text or bytes to cells for tests.
import { recordReader } from '../testing.ts';
import { inspectHtml } from './inspect.ts';
import type { HtmlOptions } from './options.ts';
import { readHtml } from './read.ts';

/** Inspects and reads. */
export const readCells = recordReader<HtmlOptions>('test.html', {
  inspect: inspectHtml,
  read: readHtml,
});
