// The product's browser worker with the tests' plug-ins beside its own.
import { deliveries } from '../../src/deliveries/registry.browser.ts';
import { builtInPlugins } from '../../src/engine/plugins.ts';
import { startWorker } from '../../src/worker/start.browser.ts';
import { withStubs } from './stub-plugins.ts';

startWorker(withStubs(builtInPlugins(deliveries)));
