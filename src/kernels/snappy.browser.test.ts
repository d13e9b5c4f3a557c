// The snappy kernel in a browser, instantiated on the page's own thread.
import { testSnappyKernel } from './snappy.suite.ts';

testSnappyKernel();
