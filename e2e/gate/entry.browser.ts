// The product's browser worker with the tests' plug-ins beside its own.
import { deliveries } from '../../src/deliveries/registry.browser.ts';
import { builtInPlugins } from '../../src/engine/plugins.ts';
import { startWorker } from '../../src/worker/start.browser.ts';
import { withStubs } from './stub-plugins.ts';

// The harness adds this to the product's workers as it serves them; here thousands start, each from the browser's cache.
addEventListener('securitypolicyviolation', (event: Event) => {
  const { effectiveDirective, blockedURI } = event as SecurityPolicyViolationEvent;
  console.error('policy: worker', effectiveDirective, blockedURI);
});
startWorker(withStubs(builtInPlugins(deliveries)));
