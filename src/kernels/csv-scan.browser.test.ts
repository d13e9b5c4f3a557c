// The CSV kernel in a browser, instantiated on the page's own thread.
import { testCsvKernel } from './csv-scan.suite.ts';

testCsvKernel();
