// The worker file of Node: a run worker, or one of its lanes, by its workerData.
import { deliveries } from '../deliveries/registry.node.ts';
import { builtInPlugins } from '../engine/plugins.ts';
import { startThread } from './start.node.ts';

startThread(builtInPlugins(deliveries));
