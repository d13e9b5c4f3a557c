// Runs the shared suite over all registered formats.
import { formatSuite } from './format.suite.ts';
import { formats } from './registry.ts';

formatSuite(formats);
