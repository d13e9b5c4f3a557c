// The worker file of the page: a run worker, or one of its lanes, by the name it was started with.
import { deliveries } from '../deliveries/registry.browser.ts';
import { builtInPlugins } from '../engine/plugins.ts';
import { startWorker } from './start.browser.ts';

startWorker(builtInPlugins(deliveries));
