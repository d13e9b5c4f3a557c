// The generated tables in a browser: the same bytes as in Node.
import { testGeneratedBytes } from './generated.suite.ts';

testGeneratedBytes();
