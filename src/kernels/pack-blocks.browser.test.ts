// The kernel that packs snappy and LZ4 blocks in a browser, instantiated on the page's own thread.
import { testPackBlocksKernel } from './pack-blocks.suite.ts';

testPackBlocksKernel();
