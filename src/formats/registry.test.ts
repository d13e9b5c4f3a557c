// Runs the shared suites over all registered formats.
import { describe, it } from 'vitest';
import { formatSuite } from './format.suite.ts';
import { judged, unjudged } from './judges.suite.ts';
import { optionExamplesSuite } from './option-examples.suite.ts';
import { formats } from './registry.ts';

formatSuite(formats);
describe.each(unjudged(formats))('%s needs %s to be judged', () => {
  it.skip('is not judged here', () => {});
});
describe.each(judged(formats))('options of %s', (_id, card) => {
  optionExamplesSuite(card);
});
