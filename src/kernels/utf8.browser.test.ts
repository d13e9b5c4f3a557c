// The UTF-8 kernel in a browser, instantiated on the page's own thread.
import { testUtf8Kernel } from './utf8.suite.ts';

testUtf8Kernel();
