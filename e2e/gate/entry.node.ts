// The product's Node worker with the tests' plug-ins beside its own.
import { deliveries } from '../../src/deliveries/registry.node.ts';
import { builtInPlugins } from '../../src/engine/plugins.ts';
import { startThread } from '../../src/worker/start.node.ts';
import { withStubs } from './stub-plugins.ts';

startThread(withStubs(builtInPlugins(deliveries)));
