// Runs the shared suites over all registered formats.
import { describe } from 'vitest';
import { formatSuite } from './format.suite.ts';
import { optionExamplesSuite } from './option-examples.suite.ts';
import { formats } from './registry.ts';

formatSuite(formats);
describe.each(formats.map((card) => [card.id, card] as const))('options of %s', (_id, card) => {
  optionExamplesSuite(card);
});
