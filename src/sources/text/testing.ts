// Reads text by a template to cells for tests.
import { recordReader } from '../testing.ts';
import { inspectText } from './inspect.ts';
import type { TextSourceOptions } from './options.ts';
import { readText } from './read.ts';

export const read = recordReader<TextSourceOptions>('test.txt', {
  inspect: inspectText,
  read: readText,
});
