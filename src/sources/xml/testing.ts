// Reads XML given as text or bytes to cells for tests. Attributes are told from elements, so that none meets both by chance.
import { recordReader, type RecordsQuestion as Question } from '../testing.ts';
import { inspectXml } from './inspect.ts';
import type { XmlOptions } from './options.ts';
import { readXml } from './read.ts';

export type RecordsQuestion = Question<XmlOptions>;

/** Inspects and reads. */
export const readRecords = recordReader<XmlOptions>(
  'test.xml',
  { inspect: inspectXml, read: readXml },
  { attributePrefix: '@' },
);
